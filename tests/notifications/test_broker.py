"""The dispatcher's way to the workers, with a real Redis that hangs and dies."""

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from portal.celery import app
from portal.notifications.broker import SHORTEST_REST, TIME_LIMIT, Broker, answers
from tests.processes import OwnRedis, own_redis, wait_until

TOKEN = uuid.uuid4()


@pytest.fixture
def server(folder: Path) -> Iterator[OwnRedis]:
    with own_redis(folder) as running:
        yield running


@pytest.fixture
def broker(server: OwnRedis) -> Iterator[Broker]:
    before = app.conf.broker_url
    app.conf.broker_url = app.conf.broker_write_url = server.url
    subject = Broker(app)
    yield subject
    subject.close()
    app.conf.broker_url = app.conf.broker_write_url = before


def _queued(server: OwnRedis) -> int:
    with redis.Redis(unix_socket_path=str(server.folder / "redis.sock")) as client:
        return int(client.llen("portal"))


def _seconds(broker: Broker) -> float:
    """How long a failed attempt takes."""
    began = time.monotonic()
    assert not broker.hand_over([1], TOKEN)
    return time.monotonic() - began


def test_work_is_handed_over(server: OwnRedis, broker: Broker) -> None:
    assert broker.hand_over([1, 2], TOKEN)
    assert broker.hand_over([3], TOKEN)
    assert _queued(server) == 2
    assert not broker.resting


def test_a_broker_that_hangs_costs_its_time_limit_once(server: OwnRedis, broker: Broker) -> None:
    assert broker.hand_over([1], TOKEN)
    assert server.running is not None
    server.running.pause()
    assert TIME_LIMIT * 0.9 < _seconds(broker) < TIME_LIMIT * 3
    assert broker.resting
    assert _seconds(broker) < 0.1
    server.running.resume()
    wait_until(lambda: not broker.resting, "the rest is over", SHORTEST_REST + 1)
    assert broker.hand_over([2], TOKEN)


def test_a_broker_that_is_gone_is_rested_longer_each_time(server: OwnRedis, broker: Broker) -> None:
    server.kill()
    assert _seconds(broker) < TIME_LIMIT
    wait_until(lambda: not broker.resting, "the rest is over", SHORTEST_REST + 1)
    assert _seconds(broker) < TIME_LIMIT
    began = time.monotonic()
    wait_until(lambda: not broker.resting, "the longer rest is over", 2 * SHORTEST_REST + 1)
    assert time.monotonic() - began > SHORTEST_REST * 1.5


def test_asking_whether_it_answers(server: OwnRedis) -> None:
    address = server.url.replace("redis+socket", "unix")
    assert answers(address)
    server.kill()
    assert not answers(address)

"""/healthz and /readyz: what an outside watcher is told."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client

from portal.home import health
from portal.notifications import heartbeats
from portal.notifications.actions import Recipient
from portal.notifications.models import Heartbeat, Notification
from tests.notifications.conftest import told
from tests.processes import OwnRedis, own_redis

PARTS = ["status", "database", "migrations", "broker", "worker", "dispatcher"]


@pytest.fixture
def broker(folder: Path, settings: Any) -> Iterator[OwnRedis]:
    with own_redis(folder) as redis:
        settings.REDIS_URL = redis.url.replace("redis+socket", "unix")
        yield redis


@pytest.fixture
def at_work(db: None) -> None:
    """A worker and a dispatcher have given a sign of life."""
    heartbeats.beat("worker:w@host")
    heartbeats.beat("dispatcher:host")


def test_alive_asks_nothing_of_anybody(client: Client, django_assert_num_queries: Any) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_all_is_well(broker: OwnRedis, at_work: None) -> None:
    found = health.look()
    assert found == health.Readiness("ok", "ok", "ok", "ok", "ok", "ok", 0)


@pytest.mark.django_db
def test_the_answer_is_json_and_kept_for_a_moment(
    client: Client, at_work: None, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(health, "_kept", health._Kept())
    answer = client.get("/readyz")
    assert answer["Content-Type"] == "application/json"
    assert list(answer.json()) == [*PARTS, "oldest_unsent_seconds", "failed_mails"]
    assert answer.status_code == 200
    with django_assert_num_queries(0):
        assert client.get("/readyz").json() == answer.json()


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["worker", "dispatcher"])
def test_a_process_that_fell_silent_is_missed(broker: OwnRedis, at_work: None, part: str) -> None:
    old = Heartbeat.objects.filter(name__startswith=part)
    old.update(at=F("at") - timedelta(seconds=heartbeats.ALIVE_WITHIN + 1))
    found = health.look()
    assert getattr(found, part) == "down"
    assert found.status == "degraded"
    heartbeats.beat(f"{part}:another")  # one of several is enough
    assert health.look().status == "ok"


@pytest.mark.django_db
def test_a_broker_that_is_gone_or_hangs_is_missed_within_its_time_limit(
    broker: OwnRedis, at_work: None
) -> None:
    assert broker.running is not None
    broker.running.pause()
    began = time.monotonic()
    found = health.look()
    assert (found.broker, found.status) == ("down", "degraded")
    assert time.monotonic() - began < 3
    broker.running.resume()
    assert health.look().broker == "ok"
    broker.kill()
    assert health.look().broker == "down"


@pytest.mark.django_db
def test_mail_that_waits_for_long_is_told_in_seconds(broker: OwnRedis, at_work: None) -> None:
    told("e", Recipient.mailbox("team@example.org", None))
    Notification.objects.update(due_at=F("due_at") - timedelta(seconds=100))
    found = health.look()
    assert found.oldest_unsent_seconds in range(100, 110)
    assert found.status == "ok"
    Notification.objects.update(due_at=F("due_at") - timedelta(seconds=300))
    assert health.look().status == "degraded"
    # Put off on purpose: not late yet.
    Notification.objects.update(due_at=F("due_at") + timedelta(days=1))
    assert health.look() == health.Readiness("ok", "ok", "ok", "ok", "ok", "ok", 0)


@pytest.mark.django_db
def test_failed_mails_are_counted_and_hide_no_other_trouble(
    broker: OwnRedis, at_work: None
) -> None:
    told("e", Recipient.mailbox("a@example.org", None), Recipient.mailbox("b@example.org", None))
    Notification.objects.update(state="failed-permanently", failure="recipient-refused")
    assert health.look() == health.Readiness("ok", "ok", "ok", "ok", "ok", "ok", 0, 2)


@pytest.mark.django_db
def test_a_missing_migration_is_503(
    client: Client, at_work: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_kept", health._Kept())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notifications'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] == "missing"
    assert answer.json()["status"] == "down"


@pytest.mark.django_db
def test_a_missing_database_is_503_and_the_process_is_alive_nevertheless(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "_kept", health._Kept())
    answers: list[Any] = []

    def ask() -> None:
        # A thread has a connection of its own; this one leads to where no database is.
        connection.settings_dict = {**connection.settings_dict, "HOST": "127.0.0.1", "PORT": 1}
        answers.extend([Client().get("/readyz"), Client().get("/healthz")])

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join(timeout=30)
    ready, alive = answers
    assert (ready.status_code, alive.status_code) == (503, 200)
    told_of = ready.json()
    assert told_of["status"] == told_of["database"] == "down"
    assert told_of["worker"] == told_of["dispatcher"] == told_of["migrations"] == "unknown"
    assert told_of["oldest_unsent_seconds"] is None

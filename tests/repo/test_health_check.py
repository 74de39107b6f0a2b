"""script/health.py: what the containers' health checks ask."""

import socket

import pytest
from django.db import connection

from portal.notifications import heartbeats
from portal.notifications.dispatcher import Dispatcher
from script import health
from tests.processes import database_url


def test_the_web_server_is_well_when_it_answers(live_server, monkeypatch, capsys):
    monkeypatch.setattr(health, "PORT", live_server.thread.port)
    monkeypatch.setenv("PORTAL_HOSTS", "localhost, portal.example.org")
    assert health.main(["web"]) == 0
    assert health.main(["web", "/nowhere"]) == 1
    monkeypatch.setenv("PORTAL_HOSTS", "stranger.example")
    assert health.main(["web", "/healthz"]) == 1
    assert "/healthz answers 400" in capsys.readouterr().err


def test_a_web_server_that_is_not_there_is_not_well(monkeypatch, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setattr(health, "PORT", taken.getsockname()[1])
        assert health.main(["web"]) == 1
    assert "does not answer" in capsys.readouterr().err


NAMES = {
    "worker": f"worker:celery@{socket.gethostname()}",
    "dispatcher": Dispatcher(broker=None, waker=None).name,
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", NAMES)
def test_worker_and_dispatcher_are_well_after_a_sign_of_life(kind, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", database_url())
    heartbeats.beat("dispatcher:another")
    heartbeats.beat("worker:celery@another")
    assert health.main([kind]) == 1
    assert "no sign of life" in capsys.readouterr().err
    heartbeats.beat(NAMES[kind])
    assert health.main([kind]) == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notifications_heartbeat SET at = at - interval '31 seconds'")
    assert health.main([kind]) == 1
    assert "was last heard of 31 seconds ago" in capsys.readouterr().err


def test_a_database_that_is_away_is_not_well(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal@127.0.0.1:1/portal")
    assert health.main(["worker"]) == 1
    assert "the database does not answer" in capsys.readouterr().err


def test_a_process_is_given_up_after_the_same_time_as_by_the_portal():
    assert health.ALIVE_WITHIN == heartbeats.ALIVE_WITHIN


def test_a_wrong_question_is_told_how_to_ask(capsys):
    assert health.main(["database"]) == 2
    assert "usage" in capsys.readouterr().err

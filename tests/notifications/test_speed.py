"""script/bench's measures of mails in their short form: with real processes, at a small size."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from portal.embedded.mailserver import greets, listen
from script.benchmarks import delivery, drain, mails
from tests.processes import portal_environment, running

pytestmark = pytest.mark.alone


@pytest.fixture
def environment(folder: Path, settings: Any) -> Iterator[dict[str, str]]:
    """Of processes that send to the demonstration's mail server."""
    settings.STATE_DIR = folder
    listener = listen()
    port = listener.getsockname()[1]
    listener.close()
    argv = [sys.executable, "-m", "portal.embedded.mailserver", "--folder", str(folder / "mail")]
    here = portal_environment(redis="", smtp=f"smtp://127.0.0.1:{port}")
    # It says nothing when it starts, and is ready once it greets.
    shell = ["sh", "-c", 'echo started; exec "$@"', "sh", *argv, "--port", str(port)]
    with running("mailserver", shell, here, folder, "started"):
        for _ in range(200):
            if greets(port):
                break
        yield here
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE notifications_notification, notifications_heartbeat CASCADE")


@pytest.mark.django_db(transaction=True)
def test_mails_at_twenty_a_second_are_accepted_within_two_seconds(
    environment: dict[str, str],
) -> None:
    found = delivery.measure(rate=20, seconds=4, tell_of=print, environment=environment)
    assert len(found.seconds) == 80
    assert min(found.seconds) > 0
    assert found.p95 < delivery.AT_MOST


@pytest.mark.django_db(transaction=True)
def test_a_backlog_is_sent_beside_no_op_tasks_and_after_an_outage(
    environment: dict[str, str],
) -> None:
    found = drain.measure(rows=120, rounds=1, tell_of=print, environment=environment)
    # So few are no measure of speed: only that it measures, and that nothing is left.
    assert found.ratio > 0
    assert found.returned < 60


def test_only_what_is_asked_for_is_measured() -> None:
    assert mails.wanted([]) == ["delivery", "drain"]
    assert mails.wanted(["drain", "inbox"]) == ["drain"]
    assert mails.wanted(["inbox"]) == []
    assert mails.covers(["drain"])
    assert not mails.covers(["drain", "inbox"])


def test_a_missed_aim_is_said() -> None:
    slow = delivery.Delivered(20, tuple([0.1] * 90 + [3.0] * 10))
    assert slow.p95 == 3.0
    assert "(missed)" in mails._soon(slow)
    assert "(missed)" not in mails._soon(delivery.Delivered(20, (0.1,) * 100))
    found = drain.Drained(5000, ((800, 200), (800, 480), (800, 500)), 20.0)
    assert found.ratio == 0.6
    assert found.after_outage == 0.3125
    assert "0.60 of Celery’s" in mails._drained(found)[0]

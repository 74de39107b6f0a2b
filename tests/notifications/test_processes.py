"""From a commit to the mail server, through real processes that hang and are killed.

The processes are shared by the tests of this file, and so is what is committed: only the outbox
is emptied between them.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from portal.home import health
from portal.notifications import heartbeats
from portal.notifications.actions import Recipient
from portal.notifications.models import Notification
from tests.mail_server import MailServer
from tests.notifications.conftest import told
from tests.processes import (
    OwnRedis,
    Running,
    dispatcher,
    own_redis,
    portal_environment,
    wait_until,
    worker,
)

# Leases run out and signs of life grow old here: both are times.
pytestmark = pytest.mark.alone
LEASE = 8.0


@dataclass
class Stage:
    """A broker, a mail server, a worker and a dispatcher, all at work."""

    folder: Path
    environment: dict[str, str]
    broker: OwnRedis
    mail: MailServer
    processes: ExitStack
    worker: Running
    dispatcher: Running

    def new_worker(self) -> None:
        """In place of one that was killed."""
        self.worker = self.processes.enter_context(worker(self.folder, self.environment))

    def revive(self) -> None:
        """A worker that went down is started again, as the supervisor and Compose do.

        Celery gives up when its broker dies in the very moment of an acknowledgement.
        """
        if self.worker.process.poll() is not None:
            self.new_worker()

    def copies(self) -> Counter[str]:
        """How often each mail was accepted, by its identity."""
        return Counter(mail.message["Message-ID"] for mail in self.mail.mails)


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cg-", dir="/tmp")))
        stack.enter_context(django_db_blocker.unblock())
        stack.callback(_forget_everything)
        mail = stack.enter_context(MailServer())
        broker = stack.enter_context(own_redis(folder))
        environment = portal_environment(redis=broker.url, smtp=mail.url)
        first = stack.enter_context(worker(folder, environment))
        wait_until(lambda: heartbeats.is_alive("worker"), "the worker is known")
        program = stack.enter_context(dispatcher(folder, environment, lease=LEASE))
        yield Stage(folder, environment, broker, mail, stack, first, program)


def _forget_everything() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE notifications_notification, notifications_heartbeat CASCADE")


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database without a transaction around the test: other processes see what is committed.

    It has this name because pytest-django makes a test database for whoever asks for `db`.
    """
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def stage(db: None, shared: Stage) -> Iterator[Stage]:
    """The shared processes with an empty outbox and an empty mail server."""
    shared.revive()
    wait_until(lambda: heartbeats.is_alive("worker"), "the worker is known")
    yield shared
    shared.mail.holding = False
    wait_until(_nothing_open, "the outbox is empty", 30)
    Notification.objects.all().delete()
    shared.mail.mails.clear()


def _tell(count: int, event: str = "e") -> None:
    """One mail to each of so many mailboxes, each a commit of its own."""
    for number in range(count):
        told(f"{event} {number}", Recipient.mailbox(f"{event}{number}@example.org", None))


def _nothing_open() -> bool:
    return not Notification.objects.filter(state__in=["queued", "claimed"]).exists()


def _all_sent() -> bool:
    return not Notification.objects.exclude(state="sent").exists()


def test_what_is_committed_reaches_the_mail_server_through_a_worker(stage: Stage) -> None:
    _through_the_broker(stage)  # another test may have killed it a moment ago
    _tell(30)
    wait_until(_all_sent, "30 mails are sent")
    assert len(stage.mail.mails) == 30
    assert set(stage.copies().values()) == {1}
    rows = Notification.objects.annotate(waited=F("sent_at") - F("created_at"))
    waits = sorted(row.waited.total_seconds() for row in rows)
    assert waits[14] < 5  # milliseconds on a quiet machine
    numbers = [row.pk for row in rows]
    assert any(stage.worker.said(f'"notification {number}"') for number in numbers)
    assert not any(stage.dispatcher.said(f'"notification {number}"') for number in numbers)


def test_nobody_waits_for_a_broker_that_was_killed(stage: Stage) -> None:
    _through_the_broker(stage)
    stage.broker.kill()
    try:
        _tell(10)
        wait_until(_all_sent, "10 mails are sent without the broker")
    finally:
        stage.broker.close()
        stage.broker.start()
    assert len(stage.mail.mails) == 10


def test_a_worker_without_its_broker_says_nothing_and_is_back_soon_after_it(stage: Stage) -> None:
    _through_the_broker(stage)
    stage.broker.kill()
    try:
        wait_until(lambda: not heartbeats.is_alive("worker"), "its sign of life is gone", 20)
    finally:
        stage.broker.start()
    back = time.monotonic()
    wait_until(lambda: stage.revive() or heartbeats.is_alive("worker"), "it is back", 30)
    # Three seconds until it asks again, five until it says so: and a machine that others use too.
    assert time.monotonic() - back < 20


def test_a_broker_that_hangs_holds_up_nobody_and_nothing_is_sent_twice(stage: Stage) -> None:
    _through_the_broker(stage)
    assert stage.broker.running is not None
    stage.broker.running.pause()
    try:
        began = time.monotonic()
        _tell(10)
        assert time.monotonic() - began < 3
        wait_until(_all_sent, "10 mails are sent while the broker hangs")
    finally:
        stage.broker.running.resume()
    # What hung in the broker may reach the worker now, under a lease that is no longer valid.
    time.sleep(0.5)
    assert len(stage.mail.mails) == 10
    assert set(stage.copies().values()) == {1}


def test_a_mail_put_off_by_the_server_comes_later_and_a_refused_one_does_not(
    stage: Stage,
) -> None:
    stage.mail.answers = {"e0@example.org": ["450 Later"], "e1@example.org": ["550 Unknown"]}
    _tell(3)
    deferred = Notification.objects.filter(failure="deferred", state="queued")
    wait_until(deferred.exists, "a mail is put off")
    assert deferred.get().next_attempt_at > deferred.get().created_at
    deferred.update(next_attempt_at=Now())
    wait_until(_nothing_open, "the others are sent")
    found = Notification.objects.values_list("address", "state", "attempts").order_by("address")
    assert list(found) == [
        ("e0@example.org", "sent", 2),
        ("e1@example.org", "failed-permanently", 1),
        ("e2@example.org", "sent", 1),
    ]
    assert set(stage.copies().values()) == {1}


def test_a_worker_process_killed_while_sending_is_made_good(stage: Stage) -> None:
    _kill_while_sending(stage, lambda: _kill(_pool(stage.worker)))


def test_a_whole_worker_killed_while_sending_is_made_good_by_another(stage: Stage) -> None:
    _kill_while_sending(stage, stage.worker.kill, stage.new_worker)


def _kill_while_sending(stage: Stage, *steps: Any) -> None:
    _through_the_broker(stage)
    stage.mail.holding = True
    before = stage.mail.waiting
    told("killed", Recipient.mailbox("team@example.org", None))
    wait_until(lambda: stage.mail.waiting > before, "a mail is on its way")
    for step in steps:
        step()
    stage.mail.holding = False
    wait_until(_all_sent, "the mail is sent", 30)
    row = Notification.objects.get(event="killed")
    assert (row.state, row.lease_token) == ("sent", None)
    assert row.attempts >= 2
    assert len(stage.copies()) == 1  # perhaps twice, but known by its identity


def _through_the_broker(stage: Stage) -> None:
    """Wait until mails take that way: after trouble the dispatcher sends for a while itself."""
    wait_until(lambda: _by_a_worker(stage), "the worker works", 40)
    Notification.objects.all().delete()
    stage.mail.mails.clear()


def _by_a_worker(stage: Stage) -> bool:
    """Whether a mail told now is sent by the worker; after a broken broker that takes a while."""
    stage.revive()
    event = f"probe {time.monotonic_ns()}"
    told(event, Recipient.mailbox("probe@example.org", None))
    wait_until(_all_sent, "a probe is sent", 30)
    return stage.worker.said(f'"notification {Notification.objects.get(event=event).pk}"')


def _pool(program: Running) -> list[psutil.Process]:
    return psutil.Process(program.process.pid).children(recursive=True)


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        process.kill()


def test_two_dispatchers_send_each_mail_once(stage: Stage) -> None:
    with dispatcher(stage.folder, stage.environment, lease=30):
        told(
            "many", *(Recipient.mailbox(f"box{number}@example.org", None) for number in range(150))
        )
        _tell(10)
        wait_until(_all_sent, "160 mails are sent", 30)
    assert len(stage.mail.mails) == 160
    assert set(stage.copies().values()) == {1}


def test_lost_database_connections_are_made_anew(stage: Stage) -> None:
    _tell(3)
    wait_until(_all_sent, "3 mails are sent")
    before = stage.worker.log.stat().st_size
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 2
    _tell(3, event="f")
    wait_until(_all_sent, "3 more mails are sent")
    assert stage.dispatcher.process.poll() is None
    assert len(stage.mail.mails) == 6
    # A worker looks whether its connection is still there before it begins.
    assert b'Error"]' not in stage.worker.log.read_bytes()[before:]


def test_the_processes_show_on_readyz(stage: Stage, settings: Any) -> None:
    settings.REDIS_URL = stage.broker.url.replace("redis+socket", "unix")
    wait_until(lambda: health.look().status == "ok", f"/readyz says ok, not {health.look()}")

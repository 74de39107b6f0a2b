"""Work that comes round once a day: started by whoever finds it due, one at a time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from threading import Barrier, Event

import pytest
import time_machine
from django.db import connections

from contacts.models import CheckReminder, Service
from portal.celery import app
from portal.core import periodic
from portal.core.clock import now, today
from portal.core.models import PeriodicWork
from portal.notifications import heartbeats
from portal.notifications.actions import Recipient
from portal.notifications.broker import Broker
from portal.notifications.dispatcher import Dispatcher
from portal.notifications.models import Notification
from portal.notifications.waking import Waker
from tests.cast import make_cast
from tests.mail_server import MailServer
from tests.notifications.conftest import told
from tests.processes import dispatcher, own_redis, portal_environment, wait_until, worker

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """One work of ours in place of those of the rooms; what it has done."""
    seen: list[str] = []
    monkeypatch.setattr(periodic, "_registered", {})
    periodic.register("tea", lambda: seen.append("tea"), at=time(7))
    return seen


def test_the_next_round_is_by_londons_clocks() -> None:
    summer = datetime(2026, 7, 1, 5, 30, tzinfo=UTC)  # 06:30 in London
    assert periodic.next_round(time(7), summer) == datetime(2026, 7, 1, 6, tzinfo=UTC)
    assert periodic.next_round(time(7), NOON) == datetime(2026, 11, 24, 7, tzinfo=UTC)
    # The clocks go forward on 29 March 2027.
    before = datetime(2027, 3, 27, 7, tzinfo=UTC)
    assert periodic.next_round(time(7), before) == datetime(2027, 3, 28, 6, tzinfo=UTC)


@pytest.mark.django_db
def test_it_is_due_from_the_next_morning_and_once_a_day(done: list[str]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert periodic.claim_due() == []  # heard of for the first time
        clock.move_to(NOON + timedelta(hours=19))
        assert periodic.claim_due() == ["tea"]
        assert periodic.claim_due() == []  # somebody is at it
        assert periodic.run("tea")
        clock.move_to(NOON + timedelta(hours=40))
        assert periodic.claim_due() == []
        clock.move_to(NOON + timedelta(days=5))
        assert periodic.claim_due() == ["tea"]
    assert done == ["tea"]


@pytest.mark.django_db
def test_what_comes_round_often_is_due_at_once_and_so_long_after_it_was_done(
    done: list[str],
) -> None:
    periodic.register_often("sip", lambda: done.append("sip"), every=timedelta(minutes=1))
    with time_machine.travel(NOON, tick=False) as clock:
        assert periodic.claim_due() == []  # heard of for the first time
        assert periodic.claim_due() == ["sip"]
        clock.shift(timedelta(seconds=40))  # it takes so long
        assert periodic.claim_due() == []
        assert periodic.run("sip")
        clock.shift(timedelta(seconds=59))
        assert periodic.claim_due() == []
        clock.shift(timedelta(seconds=1))
        assert periodic.claim_due() == ["sip"]
        assert periodic.run("sip")
        clock.shift(timedelta(days=3))  # nothing ran: it is not made up for, once is enough
        assert sorted(periodic.claim_due()) == ["sip", "tea"]
    assert done == ["sip", "sip"]


@pytest.mark.django_db
def test_what_was_never_finished_is_taken_again(done: list[str]) -> None:
    PeriodicWork.objects.create(name="tea", due_at=NOON)
    with time_machine.travel(NOON, tick=False) as clock:
        assert periodic.claim_due() == ["tea"]
        clock.shift(periodic.LEASE - timedelta(seconds=1))
        assert periodic.claim_due() == []
        clock.shift(timedelta(seconds=1))
        assert periodic.claim_due() == ["tea"]


@pytest.mark.django_db
def test_a_failure_is_logged_and_tried_again(
    done: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def spill() -> None:
        raise ValueError("spilt")

    periodic.register("tea", spill, at=time(7))
    PeriodicWork.objects.create(name="tea", due_at=NOON)
    with time_machine.travel(NOON, tick=False) as clock:
        assert periodic.claim_due() == ["tea"]
        assert not periodic.run("tea")
        clock.shift(periodic.LEASE)
        assert periodic.claim_due() == ["tea"]
    assert "has failed" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_takes_it(done: list[str]) -> None:
    PeriodicWork.objects.create(name="tea", due_at=now() - timedelta(minutes=1))
    barrier = Barrier(8)

    def take() -> list[str]:
        try:
            barrier.wait(10)
            return periodic.claim_due()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        taken = [future.result(30) for future in [pool.submit(take) for _ in range(8)]]
    assert sorted(taken) == [[]] * 7 + [["tea"]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_worker", [True, False], ids=["a worker", "no worker"])
def test_the_dispatcher_has_the_reminders_sent(folder: Path, with_worker: bool) -> None:
    cast, since = make_cast(), today() - timedelta(days=400)
    Service.objects.update(last_checked_on=since)
    # Of the front door Dora was told three weeks ago: now it is Olga's turn.
    CheckReminder.objects.create(
        service=cast.services["front_door"],
        since=since,
        stage="owner",
        told_at=now() - timedelta(days=21),
    )
    PeriodicWork.objects.create(name="directory-checks", due_at=now())
    with MailServer() as mail, own_redis(folder) as broker:
        environment = portal_environment(redis=broker.url, smtp=mail.url)
        if with_worker:
            with worker(folder, environment), dispatcher(folder, environment):
                _reminded(mail)
        else:
            with dispatcher(folder, environment):
                _reminded(mail)
    assert CheckReminder.objects.count() == 4
    assert not heartbeats.is_alive("dispatcher")


@pytest.mark.django_db(transaction=True)
def test_mails_and_signs_of_life_do_not_wait_for_long_work(done: list[str]) -> None:
    begun, end = Event(), Event()

    def brew() -> None:
        begun.set()
        done.append("in time" if end.wait(20) else "late")

    periodic.register("tea", brew, at=time(7))
    PeriodicWork.objects.create(name="tea", due_at=now())
    waker = Waker()
    subject = Dispatcher(Broker(app), waker)
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(_closing(subject.run))
        try:
            assert begun.wait(10)
            told("e", Recipient.mailbox("a@example.org", None))
            wait_until(lambda: Notification.objects.get().state == "sent", "the mail goes out")
            assert heartbeats.is_alive("dispatcher")
        finally:
            end.set()
            subject.stop()
        ended.result(20)
    waker.close()
    assert PeriodicWork.objects.get().lease_until is None
    assert done == ["in time"]


def _closing(act: Callable[[], None]) -> Callable[[], None]:
    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    return run


def _reminded(mail: MailServer) -> None:
    """Dora, and Olga after her, have a mail each; the next round is tomorrow."""
    wait_until(lambda: len(mail.mails) == 2, "both are told")
    wait_until(
        lambda: PeriodicWork.objects.filter(
            name="directory-checks", due_at__gt=now(), lease_until=None
        ).exists(),
        "the next round is known",
    )
    # Each is of one entry, whose reference stands behind it.
    subjects = {one.message["Subject"].partition(",")[0] for one in mail.mails}
    assert subjects == {"The directory is due to be checked", "Nobody has checked the directory"}

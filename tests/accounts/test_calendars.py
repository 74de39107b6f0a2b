"""Somebody's other calendars: added, read about hourly, in trouble, well again, removed."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.accounts.actions import calendar_reading, calendars
from portal.accounts.actions.calendar_reading import COUNTS_FOR, read_due
from portal.accounts.actions.leaving import leave
from portal.accounts.desks import desk_of_user
from portal.core import periodic
from portal.core.clock import LONDON, now, today
from portal.core.sealing import unseal
from portal.notifications.models import Notification
from portal.worktime.calendars.limits import Horizon
from portal.worktime.calendars.reading import Read, read_address
from portal.worktime.free import times_of
from portal.worktime.models import OutsideCalendar
from portal.worktime.packing import CODES, minute_of, unpack_pairs
from portal.worktime.states import CalendarTrouble, Use
from tests.cast import Cast
from tests.worktime.calendar_server import CalendarServer, calendar_server, sends
from tests.worktime.calendar_texts import calendar, event, google

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 27, 12, tzinfo=LONDON)
SECRET = "https://calendar.example.org/private-abcdef/basic.ics"
As = Callable[[str], Client]


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(FRIDAY, tick=False) as travelling:
        yield travelling


def reads(*answers: Read) -> Callable[..., Read]:
    """What comes back, one after the other."""
    left = list(answers)
    return lambda address, etag, horizon: left.pop(0)


def added(cast: Cast, key: str = "first-key", name: str = "Mine") -> OutsideCalendar:
    return calendars.add_by_address(by=cast.reader("alice"), address=SECRET, name=name, key=key)


BUSY = Read(busy=b"\x00\xbc\xc9\x01\x3c\xbc\xc9\x01", etag='"1"')
GONE = Read(trouble=CalendarTrouble.NOT_FOUND)
AWAY = Read(trouble=CalendarTrouble.NO_ANSWER)


def told() -> int:
    """Mails about calendars; each, should it fail, at the desk of its recipient's organisation."""
    rows = Notification.objects.filter(kind="calendar.trouble", channel="email")
    assert all(row.desk == desk_of_user(row.recipient_id or 0) for row in rows)
    return rows.count()


def test_from_the_page_to_packed_time(as_: As, cast: Cast, tmp_path: Path) -> None:
    with calendar_server(tmp_path) as server, time_machine.travel(FRIDAY, tick=True):
        server.answers["/mine.ics"] = sends(google(), ETag='"one"')
        _goes_well(as_("alice"), cast, server)


def _goes_well(alice: Client, cast: Cast, server: CalendarServer) -> None:
    typed = {"once": "one-time-key", "address": SECRET, "name": "Work"}
    assert alice.post("/account/calendars/address/", typed).status_code == 302
    row = OutsideCalendar.objects.get()
    card = f"/account/calendars/{row.pk}/"
    page = alice.get("/account/calendars/").content.decode()
    assert "It is being read" in page
    assert f'hx-get="{card}"' in page
    assert alice.get(card).status_code == 204
    assert SECRET not in row.sealed_address
    assert unseal(row.sealed_address, purpose=calendars.SEALED_FOR) == SECRET

    def read(address: str, etag: str, *rest: Any) -> Read:
        assert address == SECRET
        return read_address(server.address("/mine.ics"), etag, *rest, own=server.own)

    read_due(read=read)
    row.refresh_from_db()
    assert len(unpack_pairs(row.busy)) == 5
    shown = alice.get(card).content.decode()
    assert "Read just now: busy times up to 27 May 2027." in shown
    assert "hx-get" not in shown
    page = alice.get("/account/calendars/").content.decode()
    assert "Read just now: busy times up to 27 May 2027." in page
    assert SECRET not in page
    # Whatever is not at work anyway (08:00 to 08:30, the evenings of the course) stays AWAY.
    moment = datetime(2026, 12, 1, 14, 30, tzinfo=LONDON)
    spans = times_of([cast.alice.pk], moment, moment)[cast.alice.pk].spans.tolist()
    assert [span[:2] for span in spans if span[2] == CODES[Use.BUSY]] == [
        [_minute(1, 14, 30), _minute(1, 15)],
        [_minute(14, 9), _minute(14, 17)],
    ]


def _minute(day: int, *clock: int) -> int:
    return minute_of(datetime(2026, 12, day, *clock, tzinfo=LONDON))


def test_it_comes_round_by_itself() -> None:
    assert periodic._registered["accounts.calendars"].do is read_due
    assert periodic._registered["accounts.calendars"].every == timedelta(minutes=1)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "calendar",
        "http://example.org/a.ics",
        "https://10.0.0.1/a.ics",
        "https://[::1]/a.ics",
        "webcal://localhost/a.ics",
        "x" * 3000,
    ],
)
def test_a_bad_address_is_kept_as_typed(as_: As, address: str) -> None:
    typed = {"once": "one-time-key", "address": address, "name": "My words"}
    answer = as_("alice").post("/account/calendars/address/", typed)
    page = answer.content.decode()
    assert "There is a problem" in page
    assert address in page
    assert "My words" in page
    assert not OutsideCalendar.objects.exists()


def upload(browser: Client, data: bytes, where: str = "/account/calendars/file/") -> Any:
    file = SimpleUploadedFile("mine.ics", data, "text/calendar")
    return browser.post(where, {"once": "one-time-key", "file": file, "title": "From a file"})


def test_an_upload_is_read_at_once_and_again(as_: As, cast: Cast) -> None:
    alice = as_("alice")
    with time_machine.travel(FRIDAY, tick=True):
        assert upload(alice, google()).status_code == 302
        assert upload(alice, google()).status_code == 302  # pressed twice
        row = OutsideCalendar.objects.get()
        assert len(unpack_pairs(row.busy)) == 5
        assert "Uploaded just now" in alice.get("/account/calendars/").content.decode()
        again = f"/account/calendars/{row.pk}/file/"
        less = calendar(event("DTSTART:20261201T090000Z", "DURATION:PT1H"))
        assert upload(alice, less, again).status_code == 302
        assert upload(as_("sam"), less, again).status_code == 404
    row.refresh_from_db()
    assert len(unpack_pairs(row.busy)) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a calendar"),
        (b"<html>", "not a calendar"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (b"x" * (9 * 1024 * 1024), "larger than 5 MB"),
    ],
)
def test_an_upload_that_cannot_be_read(as_: As, data: bytes, words: str) -> None:
    answer = upload(as_("alice"), data)
    page = answer.content.decode()
    assert words in page
    assert "From a file" in page
    assert not OutsideCalendar.objects.exists()


def test_a_calendar_that_breaks_says_so_once_and_counts_for_a_while(
    as_: As, cast: Cast, clock: Any
) -> None:
    row = added(cast)
    read_due(read=reads(BUSY))
    clock.shift(timedelta(hours=1, minutes=1))
    read_due(read=reads(GONE))
    assert told() == 1
    page = as_("alice").get("/account/calendars/").content.decode()
    assert "Cannot be read since today 13:01: there is no calendar at its address" in page
    clock.shift(timedelta(hours=7))
    read_due(read=reads(AWAY))
    assert told() == 1
    row.refresh_from_db()
    assert bytes(row.busy) == BUSY.busy
    clock.shift(COUNTS_FOR)
    read_due(read=reads(GONE))
    row.refresh_from_db()
    assert bytes(row.busy) == b""
    assert "does not count any more" in as_("alice").get("/account/calendars/").content.decode()
    clock.shift(timedelta(hours=7))
    read_due(read=reads(BUSY))
    row.refresh_from_db()
    assert (row.state, row.trouble, row.trouble_since) == ("read", "", None)
    clock.shift(timedelta(hours=2))
    read_due(read=reads(GONE))
    assert told() == 2  # another trouble


def test_a_server_that_is_away_for_an_hour_is_no_news(cast: Cast, clock: Any) -> None:
    row = added(cast)
    read_due(read=reads(AWAY))
    waits = []
    for _ in range(8):
        row.refresh_from_db()
        waits.append(row.next_read_at - now())
        clock.move_to(row.next_read_at)
        read_due(read=reads(AWAY))
    assert waits[0] == timedelta(minutes=15)
    assert waits == sorted(waits)
    assert max(waits) == timedelta(hours=6)
    assert told() == 1


def test_an_unchanged_calendar_is_asked_for_by_its_etag_and_read_anew_daily(
    cast: Cast, clock: Any
) -> None:
    row = added(cast)
    etags: list[str] = []

    def read(address: str, etag: str, horizon: object) -> Read:
        etags.append(etag)
        return Read(etag=etag, unchanged=True) if etag else BUSY

    read_due(read=read)
    clock.shift(timedelta(hours=2))
    read_due(read=read)
    clock.shift(timedelta(hours=24))
    read_due(read=read)
    assert etags == ["", '"1"', ""]
    row.refresh_from_db()
    assert bytes(row.busy) == BUSY.busy


def test_nothing_is_read_before_its_time_or_after_it_is_removed(cast: Cast, clock: Any) -> None:
    row = added(cast)
    read_due(read=reads(BUSY))
    read_due(read=reads())
    calendars.try_again(by=cast.reader("alice"), pk=row.pk)
    read_due(read=reads(BUSY))
    calendars.remove(by=cast.reader("alice"), pk=row.pk)
    clock.shift(timedelta(days=1))
    read_due(read=reads())
    row.refresh_from_db()
    assert (row.sealed_address, bytes(row.busy)) == ("", b"")


def test_what_was_removed_while_it_was_read_stays_removed(cast: Cast, clock: Any) -> None:
    row = added(cast)
    horizon = Horizon.on(today())
    (taken,) = calendar_reading._claim(horizon)
    assert calendar_reading._claim(horizon) == []  # one at a time
    calendars.remove(by=cast.reader("alice"), pk=row.pk)
    calendar_reading._keep(taken, BUSY, horizon)
    row.refresh_from_db()
    assert bytes(row.busy) == b""


def test_a_leaver_leaves_no_calendar(cast: Cast) -> None:
    row = added(cast)
    leave(by=None, user=cast.alice)
    row.refresh_from_db()
    assert row.removed_at
    assert row.sealed_address == ""


def test_nobody_else_touches_it(as_: As, cast: Cast) -> None:
    row = added(cast)
    assert as_("ada").get(f"/account/calendars/{row.pk}/").status_code == 404
    for what in ("remove", "try-again"):
        assert as_("ada").post(f"/account/calendars/{row.pk}/{what}/").status_code == 404
    assert "Mine" not in as_("ada").get("/account/calendars/").content.decode()


def test_a_key_that_was_changed_says_so(cast: Cast, clock: Any) -> None:
    row = added(cast)
    OutsideCalendar.objects.update(sealed_address="sealed with another key")
    read_due(read=reads())
    row.refresh_from_db()
    assert row.trouble == CalendarTrouble.LOST


def test_no_log_tells_the_address(cast: Cast, clock: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    added(cast)
    read_due(read=reads(GONE))
    assert "private-abcdef" not in caplog.text
    facts = str(list(Notification.objects.values_list("facts", "path")))
    assert "example.org" not in facts

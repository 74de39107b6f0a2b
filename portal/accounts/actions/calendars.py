"""Somebody's other calendars: added, tried again, removed (calendar_reading.py reads them)."""

import hashlib
from datetime import datetime

from django.db import transaction

from portal.accounts.access import Reader
from portal.accounts.models import User
from portal.core import once, sealing
from portal.core.clock import now, today
from portal.core.rates import hit
from portal.core.refused import InvalidInput, NotYours, Refused
from portal.core.retrying import retry_deadlocks
from portal.worktime.calendars.guard import BadAddressError, is_inside, place_of
from portal.worktime.calendars.limits import LARGEST, UPLOAD_SECONDS, Horizon
from portal.worktime.calendars.reading import read_upload
from portal.worktime.calendars.words import FILE_IS_NONE, WHY
from portal.worktime.changed import time_changed
from portal.worktime.locking import lock_people
from portal.worktime.models import OutsideCalendar
from portal.worktime.states import CalendarState, CalendarTrouble

MOST = 10  # calendars of one person
# Reading an upload holds a process of the web server, for seconds where it is a hostile one.
UPLOADS_AN_HOUR = 12
UPLOADS_AT_ONCE = 3  # in the time that one can take
SEALED_FOR = "calendar"
_UPLOADED = "Uploaded calendar"


@retry_deadlocks
@transaction.atomic
def add_by_address(*, by: Reader, address: str, name: str, key: str) -> OutsideCalendar:
    """A calendar at an address: the workers read it within a minute or two.

    Raises InvalidInput for what is no address of a calendar, Refused for too many.
    """
    try:
        host = place_of(address).host
    except BadAddressError as error:
        raise InvalidInput(str(error), field="address") from error
    if is_inside(host):
        because, do = WHY[CalendarTrouble.INSIDE]
        raise InvalidInput(f"{because[0].upper()}{because[1:]}. {do}", field="address")
    return _add(
        by,
        key,
        {"address": _digest(address.strip().encode()), "name": name},
        name=name.strip() or f"Calendar at {host}"[:80],
        sealed_address=sealing.seal(address.strip(), purpose=SEALED_FOR),
        next_read_at=now(),
    )


def add_by_upload(*, by: Reader, data: bytes, name: str, key: str) -> OutsideCalendar:
    """A calendar from a file, read at once within strict limits, outside of any transaction.

    Raises InvalidInput, with the reason, for one that cannot be read; TooMany; Refused.
    """
    body = {"file": _digest(data), "name": name}
    before = once.made_before(key=key, by=by.user, purpose=_PURPOSE, body=body)
    if before is not None:
        return _own(by, int(before))
    moment, horizon = now(), Horizon.on(today())
    busy = _read(by, data, horizon)
    return _uploaded(by, key, body, name.strip() or _UPLOADED, busy, horizon, moment)


def upload_again(*, by: Reader, pk: int, data: bytes) -> OutsideCalendar:
    """The same calendar as it is now. Raises NotYours, InvalidInput, TooMany."""
    _own(by, pk)
    moment, horizon = now(), Horizon.on(today())
    busy = _read(by, data, horizon)
    return _replaced(by, pk, busy, horizon, moment)


@retry_deadlocks
@transaction.atomic
def try_again(*, by: Reader, pk: int) -> None:
    """Have it read soon, whatever was to be waited for. Raises NotYours."""
    calendar = _own(by, pk, lock=True)
    if calendar.sealed_address:
        calendar.next_read_at = now()
        calendar.save(update_fields=["next_read_at"])


@retry_deadlocks
@transaction.atomic
def remove(*, by: Reader, pk: int) -> None:
    """It counts no more, and its address is forgotten. Raises NotYours."""
    _forget(_own(by, pk, lock=True))
    time_changed([by.user.pk])


@transaction.atomic
def forget_all(*, user: User) -> None:
    """Somebody leaves: none of their calendars is read or known any more."""
    mine = OutsideCalendar.objects.filter(user=user, removed_at__isnull=True)
    for calendar in mine.select_for_update().order_by("pk"):
        _forget(calendar)


_PURPOSE = "add-calendar"


def _own(by: Reader, pk: int, *, lock: bool = False) -> OutsideCalendar:
    rows = OutsideCalendar.objects.filter(user=by.user, removed_at__isnull=True, pk=pk)
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotYours("calendar", str(pk))
    return found


def _add(by: Reader, key: str, body: dict[str, str], **columns: object) -> OutsideCalendar:
    row, first = once.take(key=key, by=by.user, purpose=_PURPOSE, body=body)
    if not first:
        return _own(by, int(row.result))
    lock_people("calendars", [by.user.pk])
    mine = OutsideCalendar.objects.filter(user=by.user, removed_at__isnull=True)
    if mine.count() >= MOST:
        raise Refused(f"You have {MOST} calendars already. Remove one first.")
    calendar = OutsideCalendar.objects.create(user=by.user, **columns)
    once.keep_result(row, str(calendar.pk))
    return calendar


@retry_deadlocks
@transaction.atomic
def _uploaded(
    by: Reader,
    key: str,
    body: dict[str, str],
    name: str,
    busy: bytes,
    horizon: Horizon,
    moment: datetime,
) -> OutsideCalendar:
    calendar = _add(
        by,
        key,
        body,
        name=name,
        busy=busy,
        busy_until=horizon.last,
        state=CalendarState.READ.value,
        read_at=moment,
    )
    time_changed([by.user.pk])
    return calendar


@retry_deadlocks
@transaction.atomic
def _replaced(
    by: Reader, pk: int, busy: bytes, horizon: Horizon, moment: datetime
) -> OutsideCalendar:
    calendar = _own(by, pk, lock=True)
    if calendar.sealed_address:
        raise Refused("This calendar is read from its address: there is nothing to upload.")
    calendar.busy, calendar.busy_until, calendar.read_at = busy, horizon.last, moment
    calendar.save(update_fields=["busy", "busy_until", "read_at"])
    time_changed([by.user.pk])
    return calendar


def _read(by: Reader, data: bytes, horizon: Horizon) -> bytes:
    if len(data) > LARGEST:
        raise _unreadable(CalendarTrouble.TOO_LARGE)
    with transaction.atomic():
        hit("calendars-at-once", str(by.user.pk), limit=UPLOADS_AT_ONCE, seconds=UPLOAD_SECONDS)
        hit("calendar-upload", str(by.user.pk), limit=UPLOADS_AN_HOUR, seconds=3600)
    found = read_upload(data, horizon)
    if found.trouble:
        raise _unreadable(found.trouble)
    return found.busy


def _unreadable(why: CalendarTrouble) -> InvalidInput:
    words = FILE_IS_NONE if why is CalendarTrouble.NOT_A_CALENDAR else WHY[why]
    return InvalidInput(f"The file cannot be read: {words.because}. {words.do}", field="file")


def _forget(calendar: OutsideCalendar) -> None:
    calendar.removed_at, calendar.next_read_at = now(), None
    calendar.sealed_address, calendar.busy, calendar.etag = "", b"", ""
    calendar.save()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

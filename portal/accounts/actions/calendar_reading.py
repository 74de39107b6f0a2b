"""Calendars are read again and again by the workers; whoever owns one that breaks is told."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from portal.accounts.actions.calendars import SEALED_FOR
from portal.accounts.desks import desk_of_user
from portal.core import sealing
from portal.core.clock import now, today
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import Recipient, tell
from portal.worktime.calendars.limits import Horizon
from portal.worktime.calendars.reading import Read, read_address
from portal.worktime.calendars.words import WHY
from portal.worktime.changed import time_changed
from portal.worktime.models import OutsideCalendar
from portal.worktime.states import CalendarState, CalendarTrouble

Reads = Callable[[str, str, Horizon], Read]

EVERY = timedelta(hours=1)
# How long what was read last counts, when nothing can be read any more.
COUNTS_FOR = timedelta(days=14)
# A server that does not answer for a while is no news.
_PATIENCE = timedelta(hours=3)
_SOONEST, _LATEST = timedelta(minutes=15), timedelta(hours=6)
# Longer than reading takes: whoever was killed at it loses its turn.
LEASE = timedelta(minutes=5)
_AT_ONCE = 4
# With the last ones' WALL_SECONDS on top it is within a worker's time limit (portal/celery.py).
_BUDGET = 18.0
_PATH = "/account/calendars/"


class _Claimed(NamedTuple):
    pk: int
    address: str | None
    etag: str
    lease: datetime


def read_due(*, read: Reads = read_address) -> None:
    """Read what is due, a few at a time, for as long as a worker has; the rest comes next time.

    Safe to do twice at once: each calendar is taken by one, and what was read counts only while
    it still has its turn.
    """
    until = time.monotonic() + _BUDGET
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="calendar") as pool:
        while time.monotonic() < until and (taken := _claim(Horizon.on(today()))):
            horizon = Horizon.on(today())
            found = pool.map(lambda one, days=horizon: _read(one, days, read), taken)
            for one, what in zip(taken, found, strict=True):
                _keep(one, what, horizon)


def _read(one: _Claimed, horizon: Horizon, read: Reads) -> Read:
    if one.address is None:
        return Read(trouble=CalendarTrouble.LOST)
    return read(one.address, one.etag, horizon)


@transaction.atomic
def _claim(horizon: Horizon) -> list[_Claimed]:
    moment = now()
    due = OutsideCalendar.objects.filter(removed_at__isnull=True, next_read_at__lte=moment)
    rows = due.select_for_update(skip_locked=True).order_by("next_read_at", "pk")
    taken = list(rows[:_AT_ONCE])
    lease = moment + LEASE
    OutsideCalendar.objects.filter(pk__in=[row.pk for row in taken]).update(next_read_at=lease)
    return [_Claimed(row.pk, _address(row), _etag(row, horizon), lease) for row in taken]


def _address(row: OutsideCalendar) -> str | None:
    try:
        return sealing.unseal(row.sealed_address, purpose=SEALED_FOR)
    except sealing.UnreadableError:
        return None


def _etag(row: OutsideCalendar, horizon: Horizon) -> str:
    """Its ETag where what was read then reaches as far as it would now. Daily it is read anew."""
    same = row.state == CalendarState.READ and row.busy_until == horizon.last
    return row.etag if same else ""


@retry_deadlocks
@transaction.atomic
def _keep(one: _Claimed, found: Read, horizon: Horizon) -> None:
    rows = OutsideCalendar.objects.filter(
        pk=one.pk, removed_at__isnull=True, next_read_at=one.lease
    )
    calendar = rows.select_for_update().first()
    if calendar is None:
        return
    before = bytes(calendar.busy)
    if found.trouble:
        _in_trouble(calendar, found.trouble)
    else:
        _well(calendar, found, horizon)
    calendar.save()
    if bytes(calendar.busy) != before:
        time_changed([calendar.user_id])


def _well(calendar: OutsideCalendar, found: Read, horizon: Horizon) -> None:
    calendar.state, calendar.trouble, calendar.trouble_since = CalendarState.READ.value, "", None
    calendar.read_at = now()
    calendar.next_read_at = calendar.read_at + EVERY
    if not found.unchanged:
        calendar.busy, calendar.etag = found.busy, found.etag
        calendar.busy_until = horizon.last


def _in_trouble(calendar: OutsideCalendar, why: CalendarTrouble) -> None:
    """What was read last counts until it is old. Trouble that lasts is tried less often."""
    moment = now()
    since = calendar.trouble_since or moment
    calendar.state, calendar.trouble = CalendarState.TROUBLE.value, why.value
    calendar.trouble_since = since
    calendar.next_read_at = moment + min(max(moment - since, _SOONEST), _LATEST)
    if calendar.read_at and moment - calendar.read_at > COUNTS_FOR:
        calendar.busy = b""
    if why is not CalendarTrouble.NO_ANSWER or moment - since >= _PATIENCE:
        words = WHY[why]
        tell(
            event=f"calendar {calendar.pk} trouble {since.isoformat()}",
            kind="calendar.trouble",
            recipients=[Recipient.person(calendar.user_id, desk_of_user(calendar.user_id))],
            facts={"why": f"{words.because}. {words.do}"},
            path=_PATH,
        )

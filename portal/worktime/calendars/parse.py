"""What a calendar says of when its owner is busy, as minutes."""

import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import recurring_ical_events

from portal.core.clock import LONDON
from portal.worktime.calendars.limits import MOST_OCCURRENCES, Horizon
from portal.worktime.calendars.thinning import thin
from portal.worktime.calendars.trouble import TroubleError
from portal.worktime.states import CalendarTrouble

_MINUTE = 60
_LEEWAY = timedelta(hours=14)
# What a parser trips over in a text from outside.
_STUMBLES = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
# Outlook's word for it outranks TRANSP, which it writes as well and not always alike. Who works
# elsewhere can be reached.
_NOT_BUSY = frozenset({"FREE", "WORKINGELSEWHERE"})
Stretch = tuple[int, int]


def busy_minutes(data: bytes, horizon: Horizon) -> list[Stretch]:
    """The busy stretches within the horizon, as minutes since 1970 UTC: ordered, apart.

    A stretch is half-open. An event that cannot be understood is passed over; raises TroubleError
    for what is no calendar at all, and for more than can be read. Takes its time and memory as
    the calendar wants it: call it within limits (reading.py).
    """
    start, end = (_moment(day) for day in horizon)
    # A little more on both sides: what has no time zone is compared as if it had.
    within = start - _LEEWAY, end + _LEEWAY
    text = thin(data, horizon)
    try:
        calendar = icalendar.Calendar.from_ical(text)
    except _STUMBLES as error:
        raise TroubleError(CalendarTrouble.NOT_A_CALENDAR) from error
    found = _occurrences(calendar, *within)
    if len(found) > MOST_OCCURRENCES:
        raise TroubleError(CalendarTrouble.TOO_MANY)
    spans = [*_events(found), *_free_busy(calendar)]
    return _merged(spans, int(start.timestamp()) // _MINUTE, int(end.timestamp()) // _MINUTE)


def _occurrences(calendar: Any, start: datetime, end: datetime) -> list[Any]:
    """Everything that happens in between; event by event where one of them cannot be read."""
    try:
        return list(recurring_ical_events.of(calendar, skip_bad_series=True).between(start, end))
    except _STUMBLES:
        pass
    series: dict[str, Any] = {}
    for event in calendar.walk("VEVENT"):
        alone = series.setdefault(str(event.get("UID", "")), icalendar.Calendar())
        alone.add_component(event)
    found: list[Any] = []
    for alone in series.values():
        with suppress(*_STUMBLES):
            found += recurring_ical_events.of(alone, skip_bad_series=True).between(start, end)
    return found


def packed(stretches: Iterable[Stretch]) -> bytes:
    """As models.OutsideCalendar.busy keeps them: pairs of int32, little-endian."""
    flat = [minute for stretch in stretches for minute in stretch]
    return struct.pack(f"<{len(flat)}i", *flat)


def _events(found: Iterable[Any]) -> Iterator[tuple[datetime, datetime]]:
    for event in found:
        if not _is_busy(event):
            continue
        yield _moment(event.start), _moment(event.end)


def _is_busy(event: Any) -> bool:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return False
    outlook = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    if outlook:
        return outlook not in _NOT_BUSY
    return str(event.get("TRANSP", "")).upper() != "TRANSPARENT"


def _free_busy(calendar: Any) -> Iterator[tuple[datetime, datetime]]:
    """What stands in free-busy lists, which some programs publish in place of events."""
    for component in calendar.walk("VFREEBUSY"):
        lists = component.get("FREEBUSY", [])
        for period in lists if isinstance(lists, list) else [lists]:
            if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                yield _moment(period.start), _moment(period.end)


def _moment(when: date) -> datetime:
    """In UTC. A day begins at London's midnight, and a time without a zone is London's."""
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, tzinfo=LONDON)
    elif when.tzinfo is None:
        when = when.replace(tzinfo=LONDON)
    return when.astimezone(UTC)


def _merged(spans: Iterable[tuple[datetime, datetime]], first: int, last: int) -> list[Stretch]:
    """Whole minutes that cover the spans, cut to the horizon; what touches is one."""
    minutes = sorted(
        (max(int(start.timestamp()) // _MINUTE, first), min(_up(end), last))
        for start, end in spans
        if start < end
    )
    kept: list[Stretch] = []
    for start, end in minutes:
        if start >= end:
            continue
        if kept and start <= kept[-1][1]:
            kept[-1] = kept[-1][0], max(kept[-1][1], end)
        else:
            kept.append((start, end))
    return kept


def _up(moment: datetime) -> int:
    return -(-int(moment.timestamp()) // _MINUTE)

"""Somebody in two places at once: two working weeks that claim the same hours. No database."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from portal.worktime.given import PatternGiven
from portal.worktime.states import SessionKind
from portal.worktime.words import WEEKDAYS

_FORTNIGHT = 14


def same_hours(one: PatternGiven, other: PatternGiven, today: date) -> str:
    """The first hours that both have, from `today` on: `Monday 08:30 to 11:30`; "" where none.

    Nobody means to be in two places: most often they have moved, and the first week still stands.
    """
    first = max(one.starts_on, other.starts_on, today)
    for day in (first + timedelta(days=number) for number in range(_FORTNIGHT)):
        if not (one.holds_on(day) and other.holds_on(day)):
            continue
        for starts, ends in _hours(one, day):
            for begins, stops in _hours(other, day):
                both = max(starts, begins), min(ends, stops)
                if both[0] < both[1]:
                    return f"{WEEKDAYS[day.weekday()]} {both[0]:%H:%M} to {both[1]:%H:%M}"
    return ""


def _hours(pattern: PatternGiven, day: date) -> Iterator[tuple[time, time]]:
    """When they work there that day, up to midnight."""
    for session in pattern.sessions:
        if session.kind == SessionKind.NOT_WORKING or session.weekday != day.weekday():
            continue
        if session.week == pattern.week_of(day):
            night = session.ends <= session.starts
            yield session.starts, time.max if night else session.ends

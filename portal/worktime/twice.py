"""Somebody in two places at once: two working weeks that claim the same hours. No database."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from portal.worktime.given import PatternGiven
from portal.worktime.states import SessionKind
from portal.worktime.words import WEEKDAYS

# Both weeks of a fortnight, twice: a bank holiday hides no hours that both have.
_DAYS = 28


def same_hours(one: PatternGiven, other: PatternGiven, today: date) -> str:
    """The first hours that both have, from `today` on: `Monday 08:30 to 11:30`; "" where none.

    Nobody means to be in two places: most often they have moved, and the first week still stands.
    """
    first = max(one.starts_on, other.starts_on, today)
    for day in (first + timedelta(days=number) for number in range(_DAYS)):
        for starts, ends in _hours(one, day):
            for begins, stops in _hours(other, day):
                both = max(starts, begins), min(ends, stops)
                if both[0] < both[1]:
                    until = "midnight" if both[1] == time.max else f"{both[1]:%H:%M}"
                    return f"{WEEKDAYS[day.weekday()]} {both[0]:%H:%M} to {until}"
    return ""


def _hours(pattern: PatternGiven, day: date) -> Iterator[tuple[time, time]]:
    """When they work there that day: a night from the day before goes on until its end."""
    for began in (day - timedelta(days=1), day):
        for session in pattern.sessions_on(began):
            if session.kind == SessionKind.NOT_WORKING:
                continue
            night = session.ends <= session.starts
            if began == day:
                yield session.starts, time.max if night else session.ends
            elif night:
                yield time.min, session.ends

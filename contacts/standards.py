"""How soon an answer comes, between minutes of a service's opening hours and words. Pure.

A working day is as long as the service is open on the days it opens, on average; of a service
that never closes it is a day, and its hours are plain hours.
"""

import re
from datetime import timedelta

from portal.core.refused import InvalidInput
from portal.ui.words import plural
from portal.worktime.hours import Opening, WeeklyHours

_HOUR, _DAY = 60, 24 * 60
# Where nobody has said when a service is open.
_ASSUMED_DAY = 8 * _HOUR
_LONGEST = 400 * _DAY
_TYPED = re.compile(
    r"(?P<number>[0-9]{1,4}(\.5)?)\s*(working\s+)?(?P<unit>minute|min|hour|hr|h|day|d|week|w)s?",
    re.IGNORECASE,
)


def usual_day(hours: WeeklyHours) -> float:
    """Minutes that a service is open on the days it opens, on average."""
    if hours.never_closes:
        return _DAY
    if hours.never_opens:
        return _ASSUMED_DAY
    total = sum((_length(opening) for opening in hours.openings), timedelta())
    days = len({opening.weekday for opening in hours.openings})
    return total.total_seconds() / 60 / days


def minutes_typed(text: str, hours: WeeklyHours) -> int:
    """The minutes meant by `2 working days`, `4 hours`, `90 minutes`; InvalidInput for others."""
    found = _TYPED.fullmatch(text.strip())
    if not found:
        raise InvalidInput(f"“{text.strip()[:40]}” is not clear: write it like 2 working days.")
    unit = found["unit"][0].lower()
    days_a_week = len({o.weekday for o in hours.openings}) or 5
    one = {"m": 1, "h": _HOUR, "d": usual_day(hours), "w": usual_day(hours) * days_a_week}[unit]
    minutes = round(float(found["number"]) * one)
    if not 0 < minutes <= _LONGEST:
        raise InvalidInput("Write a time between a minute and a year.")
    return minutes


def exact_words(minutes: int, hours: WeeklyHours) -> str:
    """The same minutes in the largest words that say them exactly: for a form."""
    working = "" if hours.never_closes else "working "
    days = round(minutes / usual_day(hours))
    if days and round(days * usual_day(hours)) == minutes:
        return plural(days, f"{working}day")
    if minutes % _HOUR == 0:
        return plural(minutes // _HOUR, f"{working}hour")
    return plural(minutes, f"{working}minute")


def rounded_words(minutes: int, hours: WeeklyHours) -> str:
    """About how long that is: `2 working days`, `3 hours`: for a reader."""
    if hours.never_closes:
        return plural(max(1, round(minutes / _HOUR)), "hour")
    days = minutes / usual_day(hours)
    if days >= 1:
        return plural(round(days), "working day")
    return plural(max(1, round(minutes / _HOUR)), "working hour")


def kept_in_days(minutes: int, before: WeeklyHours, after: WeeklyHours) -> int:
    """A promise in whole days stays one of so many days when the hours of the day change."""
    days = round(minutes / usual_day(before))
    if days and round(days * usual_day(before)) == minutes:
        return round(days * usual_day(after))
    return minutes


def _length(opening: Opening) -> timedelta:
    begins = timedelta(hours=opening.opens.hour, minutes=opening.opens.minute)
    ends = timedelta(hours=opening.closes.hour, minutes=opening.closes.minute)
    return (ends or timedelta(days=1)) - begins

"""Opening hours and response times in finished words, for presenters.

Every function takes `at`, the reader's moment, so that a list of rows is worded as one; moments
are aware, the words are London's.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from portal.ui.words import clock_time, duration_words, london, near_when, plural, short_day
from portal.worktime.hours import State, WeeklyHours, in_utc, whole_days, working_time_between

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOUR = timedelta(hours=1)
# From here on a reader thinks in days: about what a team works in one.
_WORKING_DAY = timedelta(hours=8)


class Due(NamedTuple):
    """The two lines that say when an answer is due, and whether that has passed.

    `first` is what to look at ("in 50 min", "2 h over", "Tue 12:00"), `second` the other half
    ("today 17:00", "Fri 15:00", "in 2 working days").
    """

    first: str
    second: str
    over: bool


def opening_words(state: State, at: datetime) -> str:
    """`Open now until 17:00`, `Open all day and night`, `Closed. Opens Monday 08:30`."""
    if state.open_now:
        if state.until is None:
            return "Open all day and night"
        return f"Open now until {_until_words(state.until, at)}"
    if state.opens_next is None:
        return "Closed"
    return f"Closed. Opens {moment_words(state.opens_next, at)}"


def moment_words(moment: datetime, at: datetime) -> str:
    """`today 13:00`, `tomorrow 08:30`, `Monday 08:30` in the coming six days, `Tue 29 Dec 08:30`.

    For a moment to come, within a sentence: "will be read Monday 08:30".
    """
    return f"{_day_words(moment, at)} {clock_time(moment)}"


def due_words(due: datetime, at: datetime, hours: WeeklyHours) -> str:
    """The first line of due_lines: `in 50 min` where due today, `2 h over`, else `Tue 12:00`."""
    due, at = in_utc(due), in_utc(at)
    return left_words(due, at, hours) if _is_near(due, at) else near_when(due, at)


def due_lines(due: datetime, at: datetime, hours: WeeklyHours) -> Due:
    """When an answer is due, in the two lines of a list; time left or over is the team's own."""
    due, at = in_utc(due), in_utc(at)
    left, when = left_words(due, at, hours), near_when(due, at)
    if _is_near(due, at):
        return Due(left, when, due <= at)
    return Due(when, left, False)


def _is_near(due: datetime, at: datetime) -> bool:
    """Whether the time that is left says more than the day: due today, or over."""
    return due <= at or _days_ahead(due, at) == 0


def left_words(due: datetime, at: datetime, hours: WeeklyHours) -> str:
    """The working time until then: `in 50 min` today, `in 5 working hours`, `in 2 working days`.

    After it: `2 h over`, `2 working days over`. A team that never closes counts plain time.
    """
    due, at = in_utc(due), in_utc(at)
    if due <= at:
        return _over_words(due, at, hours)
    if hours.never_closes or _days_ahead(due, at) == 0:
        return f"in {duration_words(due - at)}"
    left = working_time_between(hours, at, due)
    if left < _HOUR:
        return f"in {plural(left // timedelta(minutes=1), 'working minute')}"
    days = _open_days(hours, at, due) if left >= _WORKING_DAY else 0
    return f"in {plural(days, 'working day') if days else plural(left // _HOUR, 'working hour')}"


def _over_words(due: datetime, at: datetime, hours: WeeklyHours) -> str:
    over = working_time_between(hours, due, at)
    if over < timedelta(minutes=1):
        return "just over"
    if hours.never_closes or over < _HOUR:
        return f"{duration_words(over)} over"
    days = _open_days(hours, due, at) if over >= _WORKING_DAY else 0
    return f"{plural(days, 'working day') if days else f'{over // _HOUR} h'} over"


def _open_days(hours: WeeklyHours, start: datetime, end: datetime) -> int:
    """Days on which the team opens, after the day of `start` up to the day of `end`."""
    first, last = (london(moment).date().toordinal() for moment in (start, end))
    return whole_days(hours, first + 1, last).open_days


def _until_words(until: datetime, at: datetime) -> str:
    if clock_time(until) != "00:00":
        return clock_time(until) if _days_ahead(until, at) == 0 else moment_words(until, at)
    # Midnight belongs to the day that it ends.
    evening = until - _HOUR
    return "midnight" if _days_ahead(evening, at) == 0 else f"midnight, {_day_words(evening, at)}"


def _day_words(moment: datetime, at: datetime) -> str:
    days = _days_ahead(moment, at)
    if days in (0, 1):
        return "tomorrow" if days else "today"
    return WEEKDAYS[london(moment).weekday()] if 1 < days <= 6 else short_day(moment, at)


def _days_ahead(moment: datetime, at: datetime) -> int:
    return (london(moment).date() - london(at).date()).days

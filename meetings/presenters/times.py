"""When a meeting is, in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from meetings.models import Meeting
from meetings.states import HOW_WORDS, How
from portal.ui.words import DAYS, MONTHS, clock_time, join_words, london, plural, short_day

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_when(start: datetime, end: datetime) -> str:
    """`Tuesday 8 December, 13:05 to 13:35`."""
    here = london(start)
    day = f"{_WEEKDAYS[here.weekday()]} {here.day} {MONTHS[here.month - 1]}"
    return f"{day}, {clock_time(start)} to {clock_time(end)}"


def dated(start: datetime, end: datetime) -> str:
    """`Tuesday 8 December 2026, 13:05 to 13:35`: for what is kept."""
    here = london(start)
    day, _, clocks = long_when(start, end).partition(",")
    return f"{day} {here.year},{clocks}"


def dated_moment(moment: datetime) -> str:
    """`Tue 8 Dec 2026 13:05`, always with the day and the year."""
    here = london(moment)
    day = f"{DAYS[here.weekday()]} {here.day} {MONTHS[here.month - 1][:3]} {here.year}"
    return f"{day} {clock_time(moment)}"


def short_span(start: datetime, end: datetime, at: datetime | None = None) -> str:
    """`Tue 8 Dec 13:05 to 13:35`."""
    return f"{short_day(start, at)} {clock_time(start)} to {clock_time(end)}"


def short_spans(stretches: Sequence[tuple[datetime, datetime]]) -> str:
    """`Tue 8 Dec 13:05 to 13:15 and 13:25 to 13:35`: all of one day."""
    return f"{short_day(stretches[0][0])} {clock_spans(stretches)}" if stretches else ""


def clock_spans(stretches: Iterable[tuple[datetime, datetime]]) -> str:
    """`13:05 to 13:15 and 13:25 to 13:35`."""
    return join_words(f"{clock_time(start)} to {clock_time(end)}" for start, end in stretches)


def weeks_words(meeting: Meeting) -> str:
    """`Mon 30 Nov to Fri 11 Dec`: the days in which a time is looked for."""
    last = meeting.until_day.fromordinal(meeting.until_day.toordinal() - 1)
    days = [meeting.from_day, last]
    words = [f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1][:3]}" for day in days]
    return words[0] if days[0] == days[1] else " to ".join(words)


def place_words(how: How, where: str) -> str:
    """`by video, https://...`."""
    return ", ".join(part for part in (HOW_WORDS[how], where) if part)


def asked_words(meeting: Meeting, minutes: int = 0) -> str:
    """`30 minutes, by video`."""
    return f"{plural(minutes or meeting.minutes, 'minute')}, {HOW_WORDS[How(meeting.how)]}"

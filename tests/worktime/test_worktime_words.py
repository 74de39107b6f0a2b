"""Hours and response times as they are read."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.worktime.hours import Opening, WeeklyHours, state_at
from portal.worktime.words import (
    Due,
    due_lines,
    due_words,
    left_words,
    moment_words,
    opening_words,
)

LONDON = ZoneInfo("Europe/London")
OFFICE = WeeklyHours(
    tuple(Opening(weekday, time(8, 30), time(17)) for weekday in range(5)), "England"
)
ALWAYS = WeeklyHours.always("England")


def london(day: int, *clock: int, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, *clock, tzinfo=LONDON)


FRIDAY = london(4, 15, 10)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (FRIDAY, "Open now until 17:00"),
        (london(4, 7), "Closed. Opens today 08:30"),
        (london(3, 17), "Closed. Opens tomorrow 08:30"),
        (london(4, 17), "Closed. Opens Monday 08:30"),
        (london(24, 18), "Closed. Opens Tuesday 08:30"),
    ],
)
def test_opening_words(at: datetime, words: str) -> None:
    assert opening_words(state_at(OFFICE, at), at) == words


def test_opening_words_beyond_a_week_name_the_date() -> None:
    first_mondays = WeeklyHours((Opening(1, time(8, 30), time(12)),), "England")
    at = london(22, 12)
    assert opening_words(state_at(first_mondays, at), at) == "Closed. Opens Tue 29 Dec 08:30"
    at = london(29, 12)
    assert opening_words(state_at(first_mondays, at), at) == "Closed. Opens Tue 5 Jan 2027 08:30"


def test_opening_words_of_a_team_that_never_closes_or_never_opens() -> None:
    assert opening_words(state_at(ALWAYS, FRIDAY), FRIDAY) == "Open all day and night"
    never = WeeklyHours((), "England")
    assert opening_words(state_at(never, FRIDAY), FRIDAY) == "Closed"


def test_midnight_belongs_to_the_day_it_ends() -> None:
    evening = WeeklyHours((Opening(4, time(17), time(0)),), "England")
    at = london(4, 18)
    assert opening_words(state_at(evening, at), at) == "Open now until midnight"
    not_at_christmas = WeeklyHours(ALWAYS.openings, "England")
    assert opening_words(state_at(not_at_christmas, FRIDAY), FRIDAY) == (
        "Open now until midnight, Thu 24 Dec"
    )
    at = london(22, 12)
    assert opening_words(state_at(not_at_christmas, at), at) == "Open now until midnight, Thursday"


def test_a_night_ends_tomorrow() -> None:
    night = WeeklyHours((Opening(4, time(17), time(0)), Opening(5, time(0), time(8))), "England")
    at = london(4, 18)
    assert opening_words(state_at(night, at), at) == "Open now until tomorrow 08:00"


def test_moments_within_a_sentence() -> None:
    assert moment_words(london(4, 16), FRIDAY) == "today 16:00"
    assert moment_words(london(10, 8, 30), FRIDAY) == "Thursday 08:30"
    assert moment_words(london(11, 8, 30), FRIDAY) == "Fri 11 Dec 08:30"


@pytest.mark.parametrize(
    ("due", "lines"),
    [
        (london(4, 16), Due("in 50 min", "today 16:00", over=False)),
        (london(4, 16, 30), Due("in 1 h 20 min", "today 16:30", over=False)),
        (london(7, 8, 50), Due("Mon 08:50", "in 2 working hours", over=False)),
        (london(7, 12), Due("Mon 12:00", "in 5 working hours", over=False)),
        (london(8, 12), Due("Tue 12:00", "in 2 working days", over=False)),
        (london(30, 12), Due("Wed 30 Dec 12:00", "in 16 working days", over=False)),
        (london(4, 13, 10), Due("2 h over", "today 13:10", over=True)),
        (london(4, 14, 50), Due("20 min over", "today 14:50", over=True)),
        (FRIDAY, Due("just over", "today 15:10", over=True)),
        (london(2, 15, 10), Due("2 working days over", "Wed 15:10", over=True)),
        (london(25, 15, 10, month=11), Due("7 working days over", "Wed 25 Nov 15:10", over=True)),
    ],
)
def test_due_lines(due: datetime, lines: Due) -> None:
    assert due_lines(due, FRIDAY, OFFICE) == lines
    assert due_words(due, FRIDAY, OFFICE) == lines.first


def test_a_night_over_is_not_counted() -> None:
    """Due Thursday 16:00, read Friday 09:30: an hour on Thursday and an hour on Friday."""
    assert left_words(london(3, 16), london(4, 9, 30), OFFICE) == "2 h over"


def test_little_working_time_behind_a_weekend() -> None:
    assert left_words(london(7, 8, 45), london(5, 12), OFFICE) == "in 15 working minutes"
    assert left_words(london(7, 8, 31), london(5, 12), OFFICE) == "in 1 working minute"


def test_a_team_that_never_closes_counts_plain_time() -> None:
    assert due_lines(london(5, 18, 10), FRIDAY, ALWAYS) == Due(
        "tomorrow 18:10", "in 1 day 3 hours", over=False
    )
    assert left_words(london(3, 9, 10), FRIDAY, ALWAYS) == "1 day 6 hours over"


def test_the_hour_that_comes_twice_is_counted_twice() -> None:
    at = datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)
    assert left_words(datetime(2026, 10, 25, 2, 30, tzinfo=LONDON), at, ALWAYS) == "in 3 h"


def test_words_are_quick_enough_for_a_list() -> None:
    """25 rows are worded in a few milliseconds at most, on a busy machine too."""
    began = datetime.now(LONDON)
    for row in range(25):
        due_lines(FRIDAY + timedelta(hours=7 * row), FRIDAY, OFFICE)
    assert datetime.now(LONDON) - began < timedelta(milliseconds=250)

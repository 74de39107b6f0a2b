"""Two working weeks that claim the same hours are noticed, and those beside each other are not."""

from datetime import date, time, timedelta

import pytest

from portal.worktime.given import PatternGiven, SessionGiven
from portal.worktime.states import SessionKind
from portal.worktime.twice import same_hours

MONDAY = date(2026, 11, 30)


def week(
    starts: int,
    ends: int,
    *,
    weekday: int = 0,
    week: int = 0,
    kind: str = "clinic",
    **given: object,
) -> PatternGiven:
    session = SessionGiven(week, weekday, time(starts), time(ends % 24), SessionKind(kind))
    return PatternGiven("England", given.pop("starts_on", MONDAY), (session,), **given)  # type: ignore[arg-type]


MORNING = week(8, 12)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (week(11, 13), "Monday 11:00 to 12:00"),
        (week(12, 13), ""),  # one after the other
        (week(11, 13, weekday=1), ""),
        (week(9, 10, kind="not-working"), ""),
        (week(22, 2), ""),
        (week(11, 13, ends_on=MONDAY), ""),  # it has ended before
        (week(11, 13, starts_on=MONDAY + timedelta(days=70)), "Monday 11:00 to 12:00"),
        (week(11, 13, week=1, weeks=2), "Monday 11:00 to 12:00"),
    ],
)
def test_hours_in_two_places(other: PatternGiven, said: str) -> None:
    assert same_hours(MORNING, other, MONDAY) == said
    assert same_hours(other, MORNING, MONDAY) == said


def test_weeks_that_take_turns_do_not_meet() -> None:
    odd, even = week(8, 12, weeks=2), week(8, 12, week=1, weeks=2)
    assert same_hours(odd, even, MONDAY) == ""
    assert same_hours(odd, week(8, 12, weeks=2), MONDAY) == "Monday 08:00 to 12:00"


def test_a_night_meets_what_goes_on_late() -> None:
    night = week(22, 6)
    assert same_hours(night, week(20, 23), MONDAY) == "Monday 22:00 to 23:00"
    assert same_hours(night, week(21, 5), MONDAY) == "Monday 22:00 to midnight"
    assert same_hours(night, week(5, 8, weekday=1), MONDAY) == "Tuesday 05:00 to 06:00"

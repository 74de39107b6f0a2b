"""On which days a series meets: against a calendar that is walked day by day."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.rhythm import LAST, Rhythm, begins, nth_weekday, occurrences
from portal.worktime.bank_holidays import NATIONS, is_bank_holiday

AT = time(13, 5)
TUESDAY, FRIDAY, MONDAY = 1, 4, 0
days = st.dates(min_value=date(2025, 1, 1), max_value=date(2035, 12, 31))


def monthly(weekday: int, nth: int, starts_on: date = date(2026, 1, 1)) -> Rhythm:
    return Rhythm(weekday=weekday, at=AT, starts_on=starts_on, nth=nth)


def weekly(weekday: int, every: int, starts_on: date) -> Rhythm:
    return Rhythm(weekday=weekday, at=AT, starts_on=starts_on, every_weeks=every)


def walked(rhythm: Rhythm, first: date, last: date) -> list[date]:
    """The days that the rhythm means, found by looking at every day there is."""
    found, day, begun = [], rhythm.starts_on, None
    while day <= last:
        if day.weekday() == rhythm.weekday:
            begun = begun or day
            if rhythm.every_weeks:
                meant = (day - begun).days % (7 * rhythm.every_weeks) == 0
            elif rhythm.nth == LAST:
                meant = day.day > monthrange(day.year, day.month)[1] - 7
            else:
                meant = (day.day - 1) // 7 + 1 == rhythm.nth
            if meant and day >= first:
                found.append(day)
        day += timedelta(days=1)
    return found


@given(
    weekday=st.integers(5, 6),  # no weekend day is a bank holiday: the bare rhythm
    every=st.sampled_from([None, 1, 2, 3, 4, 6]),
    nth=st.integers(1, 5),
    starts_on=days,
    offset=st.integers(-60, 400),
    length=st.integers(0, 200),
)
def test_the_bare_rhythm_is_what_a_walk_through_the_calendar_finds(
    weekday: int, every: int | None, nth: int, starts_on: date, offset: int, length: int
) -> None:
    rhythm = Rhythm(weekday, AT, starts_on, every, None if every else nth)
    first = starts_on + timedelta(days=offset)
    last = first + timedelta(days=length)
    found = occurrences(rhythm, "England", first, last)
    assert [one.day for one in found] == walked(rhythm, first, last)
    assert not any(one.note for one in found)


@given(
    weekday=st.integers(0, 4),
    every=st.sampled_from([None, 1, 2, 4]),
    nth=st.integers(1, 5),
    starts_on=days,
    nation=st.sampled_from(NATIONS),
)
def test_nobody_meets_on_a_bank_holiday_and_no_day_comes_twice(
    weekday: int, every: int | None, nth: int, starts_on: date, nation: str
) -> None:
    rhythm = Rhythm(weekday, AT, starts_on, every, None if every else nth)
    found = occurrences(rhythm, nation, starts_on, starts_on + timedelta(days=400))
    assert len({one.day for one in found}) == len(found)
    for one in found:
        assert not is_bank_holiday(one.day, nation)
        assert (one.day - one.meant_for).days % 7 == 0
        assert bool(one.note) == (one.day != one.meant_for)


@given(starts_on=days, cut=st.integers(1, 300), nation=st.sampled_from(NATIONS))
def test_two_stretches_side_by_side_are_one_stretch(starts_on: date, cut: int, nation: str) -> None:
    rhythm = monthly(MONDAY, 1, starts_on)
    end = starts_on + timedelta(days=400)
    middle = starts_on + timedelta(days=cut)
    whole = occurrences(rhythm, nation, starts_on, end)
    left = occurrences(rhythm, nation, starts_on, middle)
    right = occurrences(rhythm, nation, middle + timedelta(days=1), end)
    assert left + right == whole


def test_a_bank_holiday_puts_it_off_by_a_week_and_says_so() -> None:
    may = occurrences(monthly(MONDAY, 1), "England", date(2026, 5, 1), date(2026, 5, 31))
    assert [one.day for one in may] == [date(2026, 5, 11)]
    assert may[0].note == ("Put off from 4 May 2026, which is a bank holiday (May Day).")


def test_two_bank_holidays_in_a_row_put_it_off_by_two_weeks() -> None:
    # Friday 25 December 2026 and Friday 1 January 2027.
    found = occurrences(monthly(FRIDAY, 4), "England", date(2026, 12, 1), date(2027, 1, 15))
    assert [one.day for one in found] == [date(2027, 1, 8)]


def test_the_nations_differ() -> None:
    # 17 March 2026 is a Tuesday, and St Patrick's Day in Northern Ireland only.
    march = (date(2026, 3, 1), date(2026, 3, 31))
    third = monthly(TUESDAY, 3)
    assert [one.day for one in occurrences(third, "England", *march)] == [date(2026, 3, 17)]
    assert [one.day for one in occurrences(third, "Northern Ireland", *march)] == [
        date(2026, 3, 24)
    ]


def test_put_off_to_a_day_of_its_own_it_meets_once() -> None:
    found = occurrences(
        weekly(MONDAY, 1, date(2026, 4, 20)), "England", date(2026, 5, 1), date(2026, 5, 17)
    )
    assert [(one.day, one.note) for one in found] == [(date(2026, 5, 11), "")]


@pytest.mark.parametrize(
    ("year", "month", "weekday", "nth", "day"),
    [
        (2028, 2, TUESDAY, LAST, 29),
        (2026, 12, 3, LAST, 31),
        (2026, 2, 6, 4, 22),
        (2026, 2, 6, LAST, 22),
        (2026, 9, TUESDAY, 1, 1),
    ],
)
def test_the_nth_and_the_last(year: int, month: int, weekday: int, nth: int, day: int) -> None:
    assert nth_weekday(year, month, weekday, nth) == date(year, month, day)


def test_it_is_the_same_time_on_the_wall_before_and_after_the_clocks_change() -> None:
    assert begins(date(2026, 10, 20), AT) == datetime(2026, 10, 20, 12, 5, tzinfo=UTC)
    assert begins(date(2026, 10, 27), AT) == datetime(2026, 10, 27, 13, 5, tzinfo=UTC)
    # 01:30 does not come on 29 March 2026, and comes twice on 25 October.
    assert begins(date(2026, 3, 29), time(1, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert begins(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

"""Opening hours, by the examples that a team would give."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.worktime.bank_holidays import NATIONS
from portal.worktime.hours import (
    Opening,
    State,
    WeeklyHours,
    add_working_time,
    state_at,
    working_time_between,
)

LONDON = ZoneInfo("Europe/London")
OFFICE = tuple(Opening(weekday, time(8, 30), time(17)) for weekday in range(5))
ENGLAND = WeeklyHours(OFFICE, "England")
SCOTLAND = WeeklyHours(OFFICE, "Scotland")
NEVER = WeeklyHours((), "England")
HOUR = timedelta(hours=1)


def london(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=LONDON, fold=fold)


def test_open_at_the_opening_and_closed_at_the_closing() -> None:
    opens, closes = london(2026, 12, 8, 8, 30), london(2026, 12, 8, 17)
    assert state_at(ENGLAND, opens) == State(open_now=True, until=closes)
    assert not state_at(ENGLAND, opens - timedelta(microseconds=1)).open_now
    assert state_at(ENGLAND, closes - timedelta(microseconds=1)).open_now
    assert state_at(ENGLAND, closes) == State(open_now=False, opens_next=london(2026, 12, 9, 8, 30))


def test_answers_are_in_utc() -> None:
    assert state_at(ENGLAND, london(2026, 7, 7, 12)).until.isoformat() == (
        "2026-07-07T16:00:00+00:00"
    )


def test_friday_evening_waits_for_monday() -> None:
    assert state_at(ENGLAND, london(2026, 12, 4, 17, 30)).opens_next == london(2026, 12, 7, 8, 30)


def test_christmas_is_long_and_the_new_year_longer_in_scotland() -> None:
    christmas_eve = london(2026, 12, 24, 17)
    assert state_at(ENGLAND, christmas_eve).opens_next == london(2026, 12, 29, 8, 30)
    new_years_eve = london(2026, 12, 31, 17)
    assert state_at(ENGLAND, new_years_eve).opens_next == london(2027, 1, 4, 8, 30)
    assert state_at(SCOTLAND, new_years_eve).opens_next == london(2027, 1, 5, 8, 30)


def test_a_team_may_work_on_bank_holidays() -> None:
    hours = WeeklyHours(OFFICE, "England", closed_on_bank_holidays=False)
    assert state_at(hours, london(2026, 12, 25, 12)).open_now
    assert not state_at(ENGLAND, london(2026, 12, 25, 12)).open_now


@pytest.mark.parametrize("nation", NATIONS)
def test_always_is_always(nation: str) -> None:
    hours = WeeklyHours.always(nation)
    at = london(2026, 12, 25, 3)
    assert hours.never_closes
    assert state_at(hours, at) == State(open_now=True, until=None, opens_next=None)
    assert add_working_time(hours, at, 100 * HOUR) == at + 100 * HOUR
    assert working_time_between(hours, at, at + 100 * HOUR) == 100 * HOUR


def test_always_may_be_written_in_halves() -> None:
    noon, midnight = time(12), time(0)
    halves = tuple(
        Opening(weekday, *half)
        for weekday in range(7)
        for half in ((noon, midnight), (midnight, noon))
    )
    assert WeeklyHours(halves, "Wales", closed_on_bank_holidays=False).never_closes


def test_day_and_night_but_not_on_bank_holidays() -> None:
    hours = WeeklyHours(WeeklyHours.always("England").openings, "England")
    assert not hours.never_closes
    assert state_at(hours, london(2026, 12, 20, 3)).until == london(2026, 12, 25)
    assert state_at(hours, london(2026, 12, 25, 3)).opens_next == london(2026, 12, 26)


def test_no_openings_is_closed_for_good() -> None:
    at = london(2026, 12, 8, 12)
    assert state_at(NEVER, at) == State(open_now=False)
    assert working_time_between(NEVER, at, at + 999 * HOUR) == timedelta(0)
    with pytest.raises(ValueError, match="no opening"):
        add_working_time(NEVER, at, HOUR)


def test_a_night_is_two_openings_and_one_closing_time() -> None:
    hours = WeeklyHours((Opening(4, time(17), time(0)), Opening(5, time(0), time(8))), "England")
    assert state_at(hours, london(2026, 12, 4, 23)).until == london(2026, 12, 5, 8)
    assert state_at(hours, london(2026, 12, 5, 1)).until == london(2026, 12, 5, 8)
    assert add_working_time(hours, london(2026, 12, 4, 16), 10 * HOUR) == london(2026, 12, 5, 3)


def test_openings_may_overlap_and_stand_in_any_order() -> None:
    day = (Opening(1, time(12), time(17)), Opening(1, time(9), time(13)))
    at = london(2026, 12, 8, 10)
    assert state_at(WeeklyHours(day, "England"), at).until == london(2026, 12, 8, 17)
    assert working_time_between(WeeklyHours(day, "England"), at, at + 24 * HOUR) == 7 * HOUR
    nested = WeeklyHours((Opening(1, time(9), time(0)), Opening(1, time(10), time(11))), "Wales")
    assert state_at(nested, at).until == london(2026, 12, 9)


def test_what_ends_with_the_day_is_due_at_closing() -> None:
    assert add_working_time(ENGLAND, london(2026, 12, 8, 9), 8 * HOUR) == london(2026, 12, 8, 17)
    just_more = add_working_time(ENGLAND, london(2026, 12, 8, 9), 8 * HOUR + timedelta(seconds=1))
    assert just_more == london(2026, 12, 9, 8, 30, 1)


def test_counting_begins_at_the_next_opening() -> None:
    friday_evening = london(2026, 12, 4, 18)
    assert add_working_time(ENGLAND, friday_evening, 4 * HOUR) == london(2026, 12, 7, 12, 30)
    assert add_working_time(ENGLAND, friday_evening, timedelta(0)) == london(2026, 12, 7, 8, 30)
    closing = london(2026, 12, 4, 17)
    assert add_working_time(ENGLAND, closing, timedelta(0)) == london(2026, 12, 7, 8, 30)
    noon = london(2026, 12, 4, 12)
    assert add_working_time(ENGLAND, noon, timedelta(0)) == noon


@pytest.mark.parametrize(("day", "length"), [(date(2027, 3, 28), 23), (date(2027, 10, 31), 25)])
def test_a_whole_day_is_as_long_as_its_clocks_say(day: date, length: int) -> None:
    hours = WeeklyHours((Opening(6, time(0), time(0)),), "England")
    midnight = datetime.combine(day, time(0), LONDON)
    next_midnight = datetime.combine(day + timedelta(days=1), time(0), LONDON)
    assert working_time_between(hours, midnight, next_midnight) == length * HOUR
    assert add_working_time(hours, midnight, length * HOUR) == next_midnight


def test_the_hour_that_is_skipped() -> None:
    """On 28 March 2027 the clock goes from 00:59 to 02:00."""
    hours = WeeklyHours((Opening(6, time(1, 30), time(3)),), "England")
    assert state_at(hours, london(2027, 3, 28, 0, 59)).opens_next == london(2027, 3, 28, 2)
    inside = WeeklyHours((Opening(6, time(1, 15), time(1, 45)),), "England")
    assert state_at(inside, london(2027, 3, 28, 0)).opens_next == london(2027, 4, 4, 1, 15)


def test_the_hour_that_comes_twice() -> None:
    """On 31 October 2027 the clock shows 01:00 to 01:59 twice; the first time counts."""
    hours = WeeklyHours((Opening(6, time(1, 15), time(1, 45)),), "England")
    first, second = london(2027, 10, 31, 1, 20), london(2027, 10, 31, 1, 20, fold=1)
    assert state_at(hours, first).open_now
    assert not state_at(hours, second).open_now
    overnight = WeeklyHours((Opening(6, time(0), time(8)),), "England")
    assert working_time_between(overnight, first, second) == HOUR


def test_29_february() -> None:
    assert state_at(ENGLAND, london(2028, 2, 29, 12)).open_now  # a Tuesday
    due = add_working_time(ENGLAND, london(2028, 2, 28, 16), 10 * HOUR)
    assert due == london(2028, 3, 1, 9)


def test_any_zone_may_ask() -> None:
    paris = datetime(2026, 12, 8, 18, tzinfo=ZoneInfo("Europe/Paris"))
    assert state_at(ENGLAND, paris) == state_at(ENGLAND, paris.astimezone(UTC))
    assert not state_at(ENGLAND, paris).open_now


def test_time_does_not_run_backwards() -> None:
    at = london(2026, 12, 8, 12)
    assert working_time_between(ENGLAND, at, at - HOUR) == timedelta(0)
    with pytest.raises(ValueError, match="never taken away"):
        add_working_time(ENGLAND, at, -HOUR)


def test_a_promise_beyond_ten_years_is_refused() -> None:
    with pytest.raises(ValueError, match="days ahead"):
        add_working_time(ENGLAND, london(2026, 12, 8, 12), timedelta(days=4000))


@pytest.mark.parametrize(
    "ask",
    [
        lambda at: state_at(ENGLAND, at),
        lambda at: add_working_time(ENGLAND, at, HOUR),
        lambda at: working_time_between(ENGLAND, at, at),
        lambda at: state_at(WeeklyHours.always("Wales"), at),
    ],
)
def test_a_naive_moment_is_refused(ask) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        ask(datetime(2026, 12, 8, 12))  # noqa: DTZ001 the point of it


@pytest.mark.parametrize("nation", ["", "england", "Jersey", "Cymru"])
def test_an_unknown_nation_is_refused(nation: str) -> None:
    with pytest.raises(ValueError, match="is not one of England, Wales, Scotland"):
        WeeklyHours(OFFICE, nation)


@pytest.mark.parametrize(
    ("opening", "says"),
    [
        (Opening(7, time(9), time(17)), "Sunday is 6"),
        (Opening(0, time(22), time(6)), "crosses midnight is two"),
        (Opening(0, time(9), time(9)), "ends before it began"),
        (Opening(0, time(9, tzinfo=UTC), time(17)), "London clock times"),
    ],
)
def test_an_impossible_opening_is_refused(opening: Opening, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        WeeklyHours((opening,), "England")

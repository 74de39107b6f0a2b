"""A working week becomes stretches of time, by the examples that people would give."""

from datetime import date, datetime, time, timedelta

import pytest

from portal.worktime.expanding import expand
from portal.worktime.given import OneOffGiven, PatternGiven, SessionGiven, WorkGiven
from portal.worktime.packing import moment_of
from portal.worktime.states import SessionKind, Use
from tests.worktime.brute import LONDON

DAY = timedelta(days=1)
CLINIC, VISITS, NOT_WORKING = SessionKind.CLINIC, SessionKind.VISITS, SessionKind.NOT_WORKING


def clock(text: str) -> time:
    return time.fromisoformat(text)


def session(weekday: int, text: str, kind: SessionKind = CLINIC, week: int = 0) -> SessionGiven:
    starts, ends = text.split("-")
    return SessionGiven(week, weekday, clock(starts), clock(ends), kind)


def two_surgeries(**changes: object) -> PatternGiven:
    """A GP's: 08:30 to 11:30 and 14:30 to 17:30, Monday to Friday."""
    sessions = [session(d, text) for d in range(5) for text in ("08:30-11:30", "14:30-17:30")]
    given = {"nation": "England", "starts_on": date(2020, 1, 6), "sessions": tuple(sessions)}
    return PatternGiven(**{**given, **changes})


def day_of(work: WorkGiven | PatternGiven, day: date) -> list[str]:
    """What London's clocks show: "CLINIC 08:25-11:35"; free time is left out."""
    if isinstance(work, PatternGiven):
        work = WorkGiven((work,))
    return [f"{use.name} {shown(a)}-{shown(b)}" for a, b, use in expand(work, day, day + DAY).spans]


def shown(minute: int) -> str:
    return f"{moment_of(minute).astimezone(LONDON):%H:%M}"


def clinics_of(work: WorkGiven, day: date) -> list[str]:
    return [f"{shown(a)}-{shown(b)}" for a, b in expand(work, day, day + DAY).clinics]


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


TUESDAY = date(2026, 12, 8)
A_DAY = ["AWAY 00:00-08:25", "CLINIC 08:25-11:35", "CLINIC 14:25-17:35", "AWAY 17:35-00:00"]
AWAY_ALL_DAY = ["AWAY 00:00-00:00"]


def test_clinics_are_widened_and_the_time_between_them_is_free() -> None:
    assert day_of(two_surgeries(), TUESDAY) == A_DAY
    assert clinics_of(WorkGiven((two_surgeries(),)), TUESDAY) == ["08:30-11:30", "14:30-17:30"]
    assert day_of(two_surgeries(), date(2026, 12, 12)) == AWAY_ALL_DAY


@pytest.mark.parametrize("day", [date(2026, 3, 30), date(2026, 10, 26), date(2026, 7, 7)])
def test_clock_times_stay_when_the_clocks_change(day: date) -> None:
    assert day_of(two_surgeries(), day) == A_DAY


def test_a_night_in_which_the_clocks_change_is_an_hour_shorter_or_longer() -> None:
    nights = two_surgeries(sessions=(session(5, "22:00-08:00", SessionKind.WARD_ROUND),))
    for saturday, hours in ((date(2026, 3, 28), 9), (date(2026, 10, 24), 11)):
        ((start, end),) = expand(WorkGiven((nights,)), saturday, saturday + 2 * DAY).clinics
        assert (end - start) / 60 == hours
        assert (shown(start), shown(end)) == ("22:00", "08:00")


def test_a_session_in_the_hour_that_is_skipped_is_not_there() -> None:
    early = two_surgeries(sessions=(session(6, "01:15-01:45"), session(6, "03:00-04:00")))
    assert clinics_of(WorkGiven((early,)), date(2026, 3, 29)) == ["03:00-04:00"]


def test_29_february_is_a_day_like_any_other() -> None:
    assert day_of(two_surgeries(), date(2028, 2, 29)) == A_DAY
    (only,) = expand(
        WorkGiven((two_surgeries(sessions=(session(1, "09:00-10:00"),)),)),
        date(2028, 2, 28),
        date(2028, 3, 2),
    ).clinics
    assert moment_of(only[0]).date() == date(2028, 2, 29)


def test_each_nation_keeps_its_own_bank_holidays() -> None:
    st_andrews, boyne = date(2026, 11, 30), date(2027, 7, 12)
    works = {n: two_surgeries(nation=n) for n in ("England", "Scotland", "Northern Ireland")}
    assert [n for n, p in works.items() if day_of(p, st_andrews) == AWAY_ALL_DAY] == ["Scotland"]
    assert [n for n, p in works.items() if day_of(p, boyne) == AWAY_ALL_DAY] == ["Northern Ireland"]
    assert day_of(two_surgeries(works_on_bank_holidays=True), date(2026, 12, 25)) == A_DAY


def test_a_pattern_holds_until_the_day_before_it_ends() -> None:
    ending = two_surgeries(starts_on=TUESDAY, ends_on=TUESDAY + 2 * DAY)
    assert day_of(ending, TUESDAY - DAY) == AWAY_ALL_DAY
    assert day_of(ending, TUESDAY + DAY) == A_DAY
    assert day_of(ending, TUESDAY + 2 * DAY) == AWAY_ALL_DAY


def test_a_fortnight_goes_on_over_the_turn_of_a_year() -> None:
    fortnight = two_surgeries(
        weeks=2,
        starts_on=date(2026, 12, 16),  # a Wednesday: its whole week is the first
        sessions=(session(1, "09:00-10:00"), session(1, "14:00-15:00", week=1)),
    )
    tuesdays = [date(2026, 12, 22) + 7 * n * DAY for n in range(5)]
    found = [clinics_of(WorkGiven((fortnight,)), tuesday) for tuesday in tuesdays]
    assert found == [
        ["14:00-15:00"],
        ["09:00-10:00"],
        ["14:00-15:00"],
        ["09:00-10:00"],
        ["14:00-15:00"],
    ]


def test_what_crosses_midnight_belongs_to_both_days_and_lasts_past_the_patterns_end() -> None:
    night = two_surgeries(sessions=(session(1, "21:00-07:00"),), ends_on=TUESDAY + DAY)
    assert day_of(night, TUESDAY) == ["AWAY 00:00-20:55", "CLINIC 20:55-00:00"]
    assert day_of(night, TUESDAY + DAY) == ["CLINIC 00:00-07:05", "AWAY 07:05-00:00"]


def test_the_buffer_of_a_clinic_reaches_over_midnight() -> None:
    late = two_surgeries(sessions=(session(1, "22:00-00:00"),))
    assert day_of(late, TUESDAY + DAY) == ["CLINIC 00:00-00:05", "AWAY 00:05-00:00"]


def test_two_organisations_side_by_side() -> None:
    mornings = two_surgeries(
        sessions=(session(1, "08:00-10:00"), session(1, "11:00-12:00", VISITS))
    )
    council = two_surgeries(
        sessions=(session(1, "14:00-15:00", SessionKind.MEETING), session(1, "16:00-17:00"))
    )
    assert day_of(WorkGiven((mornings, council)), TUESDAY) == [
        "AWAY 00:00-07:55",
        "CLINIC 07:55-10:05",
        "MOVABLE 11:00-12:00",
        "AWAY 12:00-14:00",  # between the two places
        "MEETING 14:00-15:00",
        "CLINIC 15:55-17:05",
        "AWAY 17:05-00:00",
    ]


def test_not_working_at_one_place_says_nothing_of_the_other() -> None:
    off = two_surgeries(
        sessions=(session(1, "09:00-10:00", VISITS), session(1, "10:00-18:00", NOT_WORKING))
    )
    other = two_surgeries(sessions=(session(1, "12:00-13:00", SessionKind.DESK),))
    assert day_of(WorkGiven((off, other)), TUESDAY) == [
        "AWAY 00:00-09:00",
        "MOVABLE 09:00-10:00",
        "AWAY 10:00-12:00",
        "AWAY 13:00-00:00",
    ]


def test_a_pause_within_the_day_is_away() -> None:
    lunch = two_surgeries(
        sessions=(
            session(1, "09:00-17:00", SessionKind.DESK),
            session(1, "12:00-13:00", NOT_WORKING),
        )
    )
    assert day_of(lunch, TUESDAY) == ["AWAY 00:00-09:00", "AWAY 12:00-13:00", "AWAY 17:00-00:00"]


def test_a_single_session_lengthens_the_day_and_instead_replaces_it() -> None:
    evening = OneOffGiven(TUESDAY, clock("18:30"), clock("20:00"), CLINIC)
    assert day_of(WorkGiven((two_surgeries(),), (evening,)), TUESDAY) == [
        *A_DAY[:3],
        "CLINIC 18:25-20:05",
        "AWAY 20:05-00:00",
    ]
    replaced = WorkGiven((two_surgeries(),), (evening._replace(instead=True),))
    assert day_of(replaced, TUESDAY) == [
        "AWAY 00:00-18:25",
        "CLINIC 18:25-20:05",
        "AWAY 20:05-00:00",
    ]
    assert day_of(replaced, TUESDAY + DAY) == A_DAY


def test_a_day_on_which_somebody_does_not_work_after_all_has_no_clinic() -> None:
    off = OneOffGiven(TUESDAY, clock("13:00"), clock("18:00"), NOT_WORKING)
    work = WorkGiven((two_surgeries(),), (off,))
    assert day_of(work, TUESDAY) == [*A_DAY[:2], "AWAY 13:00-00:00"]
    assert clinics_of(work, TUESDAY) == ["08:30-11:30"]


def test_leave_goes_before_everything_and_ends_a_clinic_with_it() -> None:
    leave = (london(2026, 12, 8, 10), london(2026, 12, 9))
    work = WorkGiven((two_surgeries(),), leave=(leave,))
    assert day_of(work, TUESDAY) == ["AWAY 00:00-08:25", "CLINIC 08:25-10:00", "LEAVE 10:00-00:00"]
    assert clinics_of(work, TUESDAY) == ["08:30-10:00"]


def test_clinics_that_touch_are_one() -> None:
    chained = two_surgeries(
        sessions=(session(1, "09:00-10:00"), session(1, "10:00-11:00", SessionKind.WARD_ROUND))
    )
    assert clinics_of(WorkGiven((chained,)), TUESDAY) == ["09:00-11:00"]


def test_office_hours_are_assumed_of_who_has_no_pattern() -> None:
    work = WorkGiven(leave=((london(2026, 12, 8, 12), london(2026, 12, 8, 13)),)).or_assumed()
    assert day_of(work, TUESDAY) == ["AWAY 00:00-09:00", "LEAVE 12:00-13:00", "AWAY 17:00-00:00"]
    assert day_of(work, date(2026, 12, 25)) == AWAY_ALL_DAY
    assert {use for *_, use in expand(work, TUESDAY, TUESDAY + 7 * DAY).spans} == {
        Use.AWAY,
        Use.LEAVE,
    }

"""When somebody can be visited: against every mark, minute by minute."""

from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from meetings.finder.shapes import MARK
from meetings.visiting import TIMES_AT_MOST, visit_times
from portal.worktime.given import OneOffGiven, PatternGiven, SessionGiven, WorkGiven
from portal.worktime.packing import minute_of, pack, unpack
from portal.worktime.sessions import sessions_between
from portal.worktime.states import HARD, SessionKind, Use

uses = st.sampled_from(list(Use))
spans = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 90), uses), max_size=4)
sessions = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 200)), max_size=3)


def packed(given: list[tuple[int, int, Use]]):
    return unpack(pack((start, start + long, use) for start, long, use in given))


def held(given: list[tuple[int, int, Use]], minute: int) -> set[Use]:
    return {use for start, long, use in given if start <= minute < start + long}


@given(
    sessions=sessions,
    host=spans,
    visitor=spans,
    minutes=st.sampled_from([30, 60, 120]),
    after=st.integers(0, 100),
)
def test_the_first_time_in_each_session_is_what_trying_every_mark_finds(
    sessions: list[tuple[int, int]],
    host: list[tuple[int, int, Use]],
    visitor: list[tuple[int, int, Use]],
    minutes: int,
    after: int,
) -> None:
    laid = sorted((begin, begin + long) for begin, long in sessions)
    expected = []
    for begins, ends in laid:
        first = next(
            m for m in range(max(begins, after), max(begins, after) + MARK) if m % MARK == 0
        )
        # What is shorter than was asked for is seen whole.
        length = minutes if ends - begins >= minutes else (ends - first) // MARK * MARK
        for start in range(first, ends - length + 1, MARK) if length >= MARK else ():
            span = range(start, start + length)
            if not any(
                held(visitor, m) & HARD or held(host, m) & (HARD - {Use.CLINIC}) for m in span
            ):
                expected.append((start, start + length))
                break
    found = visit_times(laid, packed(host), packed(visitor), minutes=minutes, after=after)
    assert found == expected[:TIMES_AT_MOST]


MONDAY = 0
DAY = date(2027, 3, 22)  # a Monday; Good Friday and the clocks' change follow
CLINIC = SessionGiven(0, MONDAY, time(8, 30), time(11, 30), SessionKind.CLINIC)
NIGHT = SessionGiven(1, MONDAY, time(22), time(2), SessionKind.DUTY)


def pattern(*sessions: SessionGiven, **changes: object) -> PatternGiven:
    given = {"nation": "England", "starts_on": DAY, "weeks": 2, **changes}
    return PatternGiven(sessions=sessions, **given)  # type: ignore[arg-type]


def minute(day: date, hour: int, minutes: int = 0) -> int:
    return minute_of(datetime(day.year, day.month, day.day, hour, minutes, tzinfo=UTC))


def test_sessions_of_a_fortnight_of_the_kinds_asked_for() -> None:
    work = WorkGiven(patterns=(pattern(CLINIC, NIGHT),))
    clinics = sessions_between(work, {SessionKind.CLINIC}, DAY, date(2027, 4, 12))
    assert clinics == [
        (minute(DAY, 8, 30), minute(DAY, 11, 30)),
        # Two weeks later the clocks are an hour ahead of UTC.
        (minute(date(2027, 4, 5), 7, 30), minute(date(2027, 4, 5), 10, 30)),
    ]


def test_closed_on_bank_holidays_unless_they_are_worked() -> None:
    easter = date(2027, 3, 29)
    kept = WorkGiven(patterns=(pattern(NIGHT),))
    assert sessions_between(kept, {SessionKind.DUTY}, easter, date(2027, 3, 31)) == []
    worked = WorkGiven(patterns=(pattern(NIGHT, works_on_bank_holidays=True),))
    assert sessions_between(worked, {SessionKind.DUTY}, easter, date(2027, 3, 31)) == [
        (minute(easter, 21), minute(date(2027, 3, 30), 1))
    ]


def test_a_single_day_adds_to_the_pattern_or_takes_its_place() -> None:
    extra = OneOffGiven(DAY, time(14), time(15), SessionKind.CLINIC)
    both = WorkGiven((pattern(CLINIC),), (extra,))
    assert len(sessions_between(both, {SessionKind.CLINIC}, DAY, date(2027, 3, 23))) == 2
    instead = WorkGiven((pattern(CLINIC),), (extra._replace(instead=True),))
    assert sessions_between(instead, {SessionKind.CLINIC}, DAY, date(2027, 3, 23)) == [
        (minute(DAY, 14), minute(DAY, 15))
    ]

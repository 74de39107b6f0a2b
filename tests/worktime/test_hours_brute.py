"""Opening hours against a minute-by-minute count, in the weeks where arithmetic goes wrong."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.worktime.bank_holidays import NATIONS
from portal.worktime.hours import (
    Opening,
    WeeklyHours,
    add_working_time,
    state_at,
    working_time_between,
)
from tests.worktime.brute import LONDON, MINUTE, WINDOWS, minutes_of, open_minutes

# Round times meet each other, midnight and the hour that is skipped or comes twice.
CLOCK = st.sampled_from(
    [0, 1, 30, 59, 60, 61, 75, 90, 105, 119, 120, 121, 180, 510, 720, 780, 1020, 1110, 1439]
) | st.integers(0, 1439)


@st.composite
def openings(draw: st.DrawFn) -> Opening:
    opens, closes = sorted((draw(CLOCK), draw(CLOCK)))
    if opens == closes or draw(st.integers(0, 5)) == 0:
        closes = 0
    return Opening(draw(st.integers(0, 6)), time(*divmod(opens, 60)), time(*divmod(closes, 60)))


HOURS = st.one_of(
    st.builds(
        WeeklyHours,
        st.lists(openings(), min_size=1, max_size=12).map(tuple),
        st.sampled_from(NATIONS),
        st.booleans(),
    ),
    st.sampled_from(NATIONS).map(WeeklyHours.always),
    # Whole days, so that intervals run across midnight.
    st.builds(
        lambda days, nation: WeeklyHours(
            tuple(Opening(day, time(0), time(0)) for day in days), nation
        ),
        st.sets(st.integers(0, 6), min_size=1),
        st.sampled_from(NATIONS),
    ),
)
WINDOW = st.sampled_from(sorted(WINDOWS.values()))
FRACTION = st.floats(0, 1, exclude_max=True)


def moment(first: date, place: int) -> datetime:
    return minutes_of(first)[0] + place * MINUTE


def next_where(flags: list[bool], wanted: bool, start: int) -> int | None:
    """The place of the next such minute, None where the window ends before."""
    try:
        return flags.index(wanted, start)
    except ValueError:
        return None


@settings(max_examples=250, deadline=None)
@given(HOURS, WINDOW, FRACTION)
def test_open_or_closed_and_until_when(hours: WeeklyHours, first: date, where: float) -> None:
    flags = open_minutes(hours, first)
    at = int(where * len(flags))
    state = state_at(hours, moment(first, at))

    assert state.open_now is flags[at]
    if state.open_now:
        closes = next_where(flags, False, at)
        assert state.opens_next is None
        if closes is not None:
            assert state.until == moment(first, closes)
        elif hours.never_closes:
            assert state.until is None
        else:
            assert state.until is not None
            assert state.until >= moment(first, len(flags))
    else:
        opens = next_where(flags, True, at)
        assert state.until is None
        if opens is not None:
            assert state.opens_next == moment(first, opens)
        elif state.opens_next is not None:
            assert state.opens_next >= moment(first, len(flags))


@settings(max_examples=250, deadline=None)
@given(HOURS, WINDOW, FRACTION, FRACTION)
def test_adding_working_time(hours: WeeklyHours, first: date, where: float, much: float) -> None:
    flags = open_minutes(hours, first)
    at = int(where * len(flags))
    open_places = [place for place in range(at, len(flags)) if flags[place]]
    assume(open_places)
    amount = int(much * (len(open_places) + 1))

    due = add_working_time(hours, moment(first, at), amount * MINUTE)

    # Nothing added is the next open moment; the n-th open minute ends where the amount is used up.
    expected = open_places[amount - 1] + 1 if amount else open_places[0]
    assert due == moment(first, expected)
    assert due.tzinfo is UTC
    assert working_time_between(hours, moment(first, at), due) == amount * MINUTE


@settings(max_examples=250, deadline=None)
@given(HOURS, WINDOW, FRACTION, FRACTION)
def test_working_time_between(hours: WeeklyHours, first: date, one: float, other: float) -> None:
    flags = open_minutes(hours, first)
    start, end = sorted((int(one * len(flags)), int(other * len(flags))))

    counted = working_time_between(hours, moment(first, start), moment(first, end))

    assert counted == sum(flags[start:end]) * MINUTE
    # London moments mean the same, also in the hour that comes twice.
    assert counted == working_time_between(
        hours, moment(first, start).astimezone(LONDON), moment(first, end).astimezone(LONDON)
    )


@settings(max_examples=200, deadline=None)
@given(
    HOURS,
    st.integers(0, 10 * 365 * 86_400).map(
        lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    ),
    st.timedeltas(timedelta(0), timedelta(hours=90)),
)
def test_what_was_added_comes_out_again(
    hours: WeeklyHours, start: datetime, amount: timedelta
) -> None:
    # With a few minutes a week the end would lie beyond what is promised.
    assume(_longest_opening(hours) > 60)
    due = add_working_time(hours, start, amount)
    assert due >= start
    assert working_time_between(hours, start, due) == amount


@settings(max_examples=100, deadline=None)
@given(HOURS, WINDOW, st.lists(FRACTION, min_size=3, max_size=3))
def test_time_adds_up(hours: WeeklyHours, first: date, places: list[float]) -> None:
    start, middle, end = sorted(
        minutes_of(first)[0] + timedelta(days=10 * place) for place in places
    )
    parts = [working_time_between(hours, a, b) for a, b in pairwise((start, middle, end))]
    assert sum(parts, timedelta(0)) == working_time_between(hours, start, end)


def _longest_opening(hours: WeeklyHours) -> int:
    return max(
        (opening.closes.hour * 60 + opening.closes.minute or 24 * 60)
        - (opening.opens.hour * 60 + opening.opens.minute)
        for opening in hours.openings
    )

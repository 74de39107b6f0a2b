"""Patterns, single days and leave against a minute-by-minute account of them."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.worktime.bank_holidays import NATIONS
from portal.worktime.expanding import expand
from portal.worktime.given import OneOffGiven, PatternGiven, SessionGiven, WorkGiven
from portal.worktime.packing import CODES, pack, unpack
from portal.worktime.states import SessionKind
from tests.worktime.brute import DAYS, LONDON, MINUTE, WINDOWS, minutes_of
from tests.worktime.brute_week import uses

DAY = timedelta(days=1)
# The account begins two days before what is compared, so that nights run into it, and ends one
# day after it.
SKIP, REST = 2, 1
CLOCK = st.sampled_from(
    [0, 5, 59, 60, 61, 75, 90, 119, 120, 121, 180, 510, 690, 720, 870, 1050, 1320, 1439]
).map(lambda minutes: time(*divmod(minutes, 60)))
KIND = st.sampled_from(SessionKind)
WINDOW = st.sampled_from(sorted(WINDOWS.values()))


@st.composite
def patterns(draw: st.DrawFn, first: date) -> PatternGiven:
    weeks = draw(st.sampled_from([1, 2]))
    session = st.builds(
        SessionGiven, st.integers(0, weeks - 1), st.integers(0, 6), CLOCK, CLOCK, KIND
    )
    starts_on = first + draw(st.integers(-400, 6)) * DAY
    ends = draw(st.none() | st.integers(1, DAYS).map(lambda n: first + n * DAY))
    return PatternGiven(
        nation=draw(st.sampled_from(NATIONS)),
        starts_on=starts_on,
        sessions=tuple(draw(st.lists(session, max_size=14))),
        weeks=weeks,
        ends_on=None if ends is None or ends <= starts_on else ends,
        works_on_bank_holidays=draw(st.booleans()),
        buffer_minutes=draw(st.sampled_from([0, 5, 7, 60])),
    )


@st.composite
def works(draw: st.DrawFn) -> tuple[date, WorkGiven]:
    first = draw(WINDOW)
    start, rows = minutes_of(first)
    zero = int(start.timestamp()) // 60
    place = st.integers(0, len(rows))
    stretch = st.tuples(place, st.integers(1, 4000)).map(lambda s: (s[0], s[0] + s[1]))
    one_off = st.builds(
        OneOffGiven,
        st.integers(0, DAYS - 1).map(lambda n: first + n * DAY),
        CLOCK,
        CLOCK,
        KIND,
        st.booleans(),
    )
    return first, WorkGiven(
        patterns=tuple(draw(st.lists(patterns(first), max_size=3))),
        one_offs=tuple(draw(st.lists(one_off, max_size=6))),
        leave=tuple(
            (start + a * MINUTE, start + b * MINUTE) for a, b in draw(st.lists(stretch, max_size=2))
        ),
        busy=tuple((zero + a, zero + b) for a, b in draw(st.lists(stretch, max_size=3))),
    )


@settings(max_examples=60)
@given(works())
def test_every_minute_is_what_the_account_says(given: tuple[date, WorkGiven]) -> None:
    window, work = given
    first, last = window + SKIP * DAY, window + (DAYS - REST) * DAY
    found = expand(work, first, last)
    zero = int(minutes_of(window)[0].timestamp()) // 60
    said, in_clinic = uses(work, window)
    begin, end = (
        int(datetime.combine(day, time(0)).replace(tzinfo=LONDON).timestamp()) // 60
        for day in (first, last)
    )
    by_minute = {m: use for start, after, use in found.spans for m in range(start, after)}
    assert sum(after - start for start, after, _ in found.spans) == len(by_minute)
    assert [by_minute.get(m) for m in range(begin, end)] == said[begin - zero : end - zero]
    clinics = {m for start, after in found.clinics for m in range(start, after)}
    assert [m in clinics for m in range(begin, end)] == in_clinic[begin - zero : end - zero]
    edges = [edge for start, after, _ in found.spans for edge in (start, after)]
    assert edges == sorted(edges)
    assert not edges or (edges[0] >= begin and edges[-1] <= end)
    assert [tuple(row) for row in unpack(pack(found.spans)).tolist()] == [
        (start, after, CODES[use]) for start, after, use in found.spans
    ]

"""What the finder reads: one query, then arrays; right also outside of what was packed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.models import User
from portal.core.clock import LONDON, now, today
from portal.worktime.actions.bookings import book, release
from portal.worktime.actions.patterns import add_day_off
from portal.worktime.calendars.parse import packed
from portal.worktime.changed import time_changed
from portal.worktime.expanding import expanded_between
from portal.worktime.free import Times, cells, mask, times_of
from portal.worktime.models import OutsideCalendar, PackedTime, Pattern, QuietTime
from portal.worktime.packing import (
    CODES,
    Spans,
    minute_after,
    minute_of,
    moment_of,
    pack,
    unpack,
)
from portal.worktime.quiet import clinic_minutes
from portal.worktime.reading import works_of
from portal.worktime.rebuilding import extend_daily
from portal.worktime.states import HARD, Use

Weekly = Callable[..., Pattern]
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
# A Tuesday that no nation keeps, 2 to 8 weeks ahead.
TUESDAY = next(
    day
    for day in (today() + n * DAY for n in range(14, 60))
    if day.weekday() == 1 and (day.month, day.day) not in {(12, 25), (12, 26), (1, 1), (1, 2)}
)


def clock(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


def uses_at(times: Times, moment: datetime) -> list[Use]:
    minute = minute_of(moment)
    return [
        u
        for a, b, code in times.spans.tolist()
        for u in Use
        if a <= minute < b and CODES[u] == code
    ]


def test_one_query_for_patterns_bookings_and_those_who_have_said_nothing(
    people: list[User], weekly: Weekly, django_assert_num_queries: Any
) -> None:
    ann, ben, col = people
    weekly(ann)
    book(subject="meeting M-1", bookings=[(ann.pk, clock(12), clock(12, 30))])
    book(subject="meeting M-2", bookings=[(ben.pk, clock(12), clock(12, 30))])
    release(subject="meeting M-2")
    with django_assert_num_queries(1):
        found = times_of([ann.pk, ben.pk, col.pk], clock(8), clock(18))
    assert list(found) == [ann.pk, ben.pk, col.pk]
    assert [found[u.pk].known for u in people] == [True, False, False]
    assert uses_at(found[ann.pk], clock(11, 34)) == [Use.CLINIC]
    assert uses_at(found[ann.pk], clock(12, 29)) == [Use.BOOKED]
    assert uses_at(found[ann.pk], clock(12, 30)) == []
    assert uses_at(found[ben.pk], clock(12, 29)) == []
    assert uses_at(found[col.pk], clock(8, 59)) == uses_at(found[col.pk], clock(17)) == [Use.AWAY]


def test_beyond_what_was_packed_it_is_worked_out_in_place(
    people: list[User], weekly: Weekly
) -> None:
    ann = people[0]
    weekly(ann)
    far = TUESDAY + 52 * 7 * DAY
    book(subject="meeting M-1", bookings=[(ann.pk, clock(12, 0, far), clock(13, 0, far))])
    found = times_of([ann.pk], clock(8, 0, far), clock(18, 0, far))[ann.pk]
    assert uses_at(found, clock(11, 34, far)) == [Use.CLINIC]
    assert uses_at(found, clock(12, 0, far)) == [Use.BOOKED]
    assert found.known
    until = PackedTime.objects.get(user=ann).covers_until
    for start, end in (
        (clock(8, 0, until - DAY), clock(18, 0, until)),
        (clock(8, 0, today() - 30 * DAY), clock(18)),
    ):
        spans = times_of([ann.pk], start, end)[ann.pk].spans.tolist()
        wanted = expanded_between(works_of([ann.pk])[ann.pk], minute_of(start), minute_of(end))
        assert spans == [[a, b, CODES[use]] for a, b, use in wanted.spans]


def test_other_calendars_make_busy_and_removed_ones_do_not(
    people: list[User], weekly: Weekly
) -> None:
    ann = people[0]
    weekly(ann)
    busy = packed([(minute_of(clock(12)), minute_of(clock(13)))])
    calendar = OutsideCalendar.objects.create(user=ann, name="Hospital", busy=busy)
    time_changed([ann.pk])
    found = times_of([ann.pk], clock(8), clock(18))[ann.pk]
    assert uses_at(found, clock(12)) == [Use.BUSY]
    calendar.removed_at = now()
    calendar.save()
    time_changed([ann.pk])
    assert uses_at(times_of([ann.pk], clock(8), clock(18))[ann.pk], clock(12)) == []


def test_every_day_brings_a_day_more(people: list[User], weekly: Weekly) -> None:
    ann, ben, _ = people
    weekly(ann)
    add_day_off(by=ben, user_id=ben.pk, starts_at=clock(0), ends_at=clock(0) + DAY)
    wanted = PackedTime.objects.get(user=ann).spans
    old = now() - 500 * DAY
    QuietTime.objects.create(user=ann, starts_at=old, ends_at=old + MINUTE)
    PackedTime.objects.update(covers_until=today(), spans=b"")
    extend_daily()
    assert bytes(PackedTime.objects.get(user=ann).spans) == bytes(wanted)
    assert not QuietTime.objects.filter(starts_at=old).exists()
    made = set(PackedTime.objects.values_list("made_at", flat=True))
    extend_daily()
    assert set(PackedTime.objects.values_list("made_at", flat=True)) == made


def test_minutes_inside_clinics_without_buffers_and_not_in_leave(
    people: list[User], weekly: Weekly, django_assert_num_queries: Any
) -> None:
    ann, ben, _ = people
    weekly(ann)
    add_day_off(by=ann, user_id=ann.pk, starts_at=clock(15), ends_at=clock(16))
    past = today() - 100 * DAY
    QuietTime.objects.create(user=ann, starts_at=clock(9, 0, past), ends_at=clock(10, 0, past))
    far = TUESDAY + 52 * 7 * DAY
    near = [
        (ann.pk, clock(11), clock(12)),
        (ann.pk, clock(11, 30), clock(12)),
        (ann.pk, clock(8), clock(18)),
        (ben.pk, clock(8), clock(18)),
        (ann.pk, clock(9, 50, past), clock(10, 20, past)),
    ]
    with django_assert_num_queries(1):
        assert clinic_minutes(near) == [30, 0, 300, 0, 10]
    assert clinic_minutes([(ann.pk, clock(11, 0, far), clock(12, 0, far)), near[0]]) == [30, 30]
    assert clinic_minutes([]) == []


def test_past_clinics_stay_as_they_were(people: list[User], weekly: Weekly) -> None:
    ann = people[0]
    past = clock(9, 0, today() - 100 * DAY)
    QuietTime.objects.create(user=ann, starts_at=past, ends_at=past + 60 * MINUTE)
    weekly(ann)
    weekly(ann)
    quiet = QuietTime.objects.filter(user=ann).order_by("starts_at")
    assert quiet[0].starts_at == past
    rows = list(quiet.values_list("starts_at", "ends_at"))
    assert len(rows) == len(set(rows))


def test_minutes_and_moments() -> None:
    half = datetime(2026, 12, 8, 13, 5, 30, tzinfo=UTC)
    assert moment_of(minute_of(half)) == half.replace(second=0)
    assert moment_of(minute_after(half)) == half.replace(minute=6, second=0)
    assert minute_after(moment_of(29_000_000)) == minute_of(moment_of(29_000_000)) == 29_000_000
    assert unpack(pack([])).tolist() == []
    with pytest.raises(ValueError, match="time zone"):
        minute_of(half.replace(tzinfo=None))


SPAN = st.tuples(st.integers(-30, 160), st.integers(1, 90), st.sampled_from(Use)).map(
    lambda s: (s[0], s[0] + s[1], CODES[s[2]])
)


@given(
    st.lists(st.lists(SPAN, max_size=6), max_size=4),
    st.integers(-7, 40),
    st.integers(-10, 130),
    st.sets(st.sampled_from(Use)),
    st.booleans(),
)
def test_masks_against_every_minute(
    given: list[list[tuple[int, int, int]]], start: int, length: int, uses: set[Use], whole: bool
) -> None:
    people: list[Spans] = [np.array(rows, np.int32).reshape(-1, 3) for rows in given]
    found = mask(people, start, start + length, uses, whole=whole)
    begins = range(start, start + length, 5)
    codes = {CODES[use] for use in uses}

    def counts(rows: list[tuple[int, int, int]], begin: int) -> bool:
        minutes = range(begin, begin + 5)
        if whole:
            return any(c in codes and all(a <= m < b for m in minutes) for a, b, c in rows)
        return any(c in codes and a <= m < b for a, b, c in rows for m in minutes)

    assert found.shape == (len(people), len(begins))
    assert found.tolist() == [[counts(rows, begin) for begin in begins] for rows in given]


def test_cells_are_the_three_masks() -> None:
    spans = np.array(
        [(0, 7, CODES[Use.BOOKED]), (10, 17, CODES[Use.MOVABLE]), (18, 30, CODES[Use.MEETING])],
        np.int32,
    )
    found = cells([spans, unpack(b"")], 0, 30)
    assert found.hard.tolist() == [[True, True, False, False, False, False], [False] * 6]
    assert found.movable[0].tolist() == [False, False, True, True, False, False]
    assert found.meeting[0].tolist() == [False, False, False, False, True, True]
    assert set(HARD) == set(Use) - {Use.MOVABLE, Use.MEETING}

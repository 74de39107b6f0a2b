"""A working week is set, changed and ended; what is worked out follows in the same transaction."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.http import Http404

from portal.accounts.models import User
from portal.core.clock import today
from portal.core.refused import InvalidInput, PreconditionMissing, Stale
from portal.worktime import changed
from portal.worktime.actions.patterns import (
    add_day_off,
    add_one_off,
    end_pattern,
    remove_day_off,
    remove_one_off,
)
from portal.worktime.given import SessionGiven
from portal.worktime.models import DayOff, OneOff, PackedTime, Pattern, QuietTime
from portal.worktime.packing import unpack
from portal.worktime.reading import given_of
from portal.worktime.states import SessionKind
from tests.worktime.conftest import SURGERIES

Weekly = Callable[..., Pattern]
MORNINGS = [s for s in SURGERIES if s.starts < time(12)]
DAY = timedelta(days=1)
FIRST = SURGERIES[0]
# From Sunday into Monday's surgery: the week goes round.
NIGHT = FIRST._replace(weekday=6, starts=time(22), ends=time(9))


def spans_of(user: User) -> list[list[int]]:
    return unpack(PackedTime.objects.get(user=user).spans).tolist()


def stands(user: User) -> list[tuple[date, date | None, int]]:
    rows = Pattern.objects.filter(user=user).order_by("starts_on", "pk")
    return [(row.starts_on, row.ends_on, row.sessions.count()) for row in rows]


def test_it_is_packed_and_quiet_times_come_with_it(people: list[User], weekly: Weekly) -> None:
    ann = people[0]
    weekly(ann)
    packed = PackedTime.objects.get(user=ann)
    assert packed.has_pattern
    assert (packed.covers_from, packed.covers_until) == (today() - 7 * DAY, today() + 182 * DAY)
    assert spans_of(ann)
    assert 200 < QuietTime.objects.filter(user=ann).count() <= 27 * 10


def test_set_again_it_changes_nothing(people: list[User], weekly: Weekly) -> None:
    first = weekly(people[0])
    again = weekly(people[0])
    assert (again.pk, again.version) == (first.pk, 2)
    assert stands(people[0]) == [(date(2026, 1, 5), None, 10)]


def test_a_new_one_at_the_same_place_takes_over_from_its_day_on(
    people: list[User], weekly: Weekly
) -> None:
    weekly(people[0])
    weekly(people[0], starts_on=date(2027, 2, 1), sessions=MORNINGS)
    assert stands(people[0]) == [
        (date(2026, 1, 5), date(2027, 2, 1), 10),
        (date(2027, 2, 1), None, 5),
    ]
    weekly(people[0], place="Elsewhere", sessions=MORNINGS)
    assert len(stands(people[0])) == 3


def test_what_is_interrupted_comes_back_in_the_same_week_of_its_fortnight(
    people: list[User], weekly: Weekly
) -> None:
    odd = [SessionGiven(1, 1, time(9), time(10), SessionKind.CLINIC)]
    usual = weekly(people[0], weeks=2, starts_on=date(2026, 12, 7), sessions=odd)
    before = given_of(usual)
    # Three weeks that begin in the middle of one, so the fortnight is cut unevenly.
    weekly(people[0], starts_on=date(2027, 1, 4), ends_on=date(2027, 1, 27), sessions=MORNINGS)
    assert [row[:2] for row in stands(people[0])] == [
        (date(2026, 12, 7), date(2027, 1, 4)),
        (date(2027, 1, 4), date(2027, 1, 27)),
        (date(2027, 1, 27), None),
    ]
    after = given_of(Pattern.objects.get(starts_on=date(2027, 1, 27)))
    for n in range(60):
        day = date(2027, 1, 27) + n * DAY
        weeks = [
            [(s.weekday, s.starts) for s in p.sessions if s.week == p.week_of(day)]
            for p in (before, after)
        ]
        assert weeks[0] == weeks[1], day


def test_it_is_changed_from_the_version_that_was_seen(people: list[User], weekly: Weekly) -> None:
    ann, ben, _ = people
    pattern = weekly(ann)
    changed = weekly(ann, place="New name", replaces=pattern.pk, version=1, sessions=MORNINGS)
    assert (changed.pk, changed.version) == (pattern.pk, 2)
    assert stands(ann) == [(date(2026, 1, 5), None, 5)]
    with pytest.raises(Stale):
        weekly(ann, replaces=pattern.pk, version=1)
    with pytest.raises(PreconditionMissing):
        weekly(ann, replaces=pattern.pk)
    with pytest.raises(Http404):
        weekly(ben, replaces=pattern.pk, version=2)


def test_it_is_ended_and_one_that_had_not_begun_is_gone(people: list[User], weekly: Weekly) -> None:
    ann = people[0]
    pattern = weekly(ann)
    end_pattern(by=ann, user_id=ann.pk, pattern_id=pattern.pk, ends_on=today(), version=1)
    assert stands(ann) == [(date(2026, 1, 5), today(), 10)]
    assert not QuietTime.objects.filter(user=ann, starts_at__date__gt=today()).exists()
    later = weekly(ann, starts_on=today() + 30 * DAY)
    end_pattern(by=ann, user_id=ann.pk, pattern_id=later.pk, ends_on=today(), version=1)
    assert len(stands(ann)) == 1
    with pytest.raises(Http404):
        end_pattern(by=ann, user_id=people[1].pk, pattern_id=pattern.pk, ends_on=today(), version=2)


def test_single_days_and_leave_change_what_is_packed_and_back(
    people: list[User], weekly: Weekly
) -> None:
    ann, ben, _ = people
    weekly(ann)
    usual = spans_of(ann)
    day = today() + 10 * DAY
    evening: dict[str, Any] = {"day": day, "starts": time(19), "ends": time(20)}
    one_off = add_one_off(by=ann, user_id=ann.pk, kind=SessionKind.CLINIC, **evening)
    assert add_one_off(by=ann, user_id=ann.pk, kind=SessionKind.CLINIC, **evening) == one_off
    assert spans_of(ann) != usual
    assert not remove_one_off(by=ben, user_id=ben.pk, one_off_id=one_off.pk)
    assert remove_one_off(by=ann, user_id=ann.pk, one_off_id=one_off.pk)
    assert spans_of(ann) == usual
    begins = datetime.combine(day, time(0), UTC)
    leave: dict[str, Any] = {"user_id": ann.pk, "starts_at": begins, "ends_at": begins + 7 * DAY}
    off = add_day_off(by=ann, **leave)
    assert add_day_off(by=ann, **leave) == off
    assert spans_of(ann) != usual
    assert not remove_day_off(by=ben, user_id=ben.pk, day_off_id=off.pk)
    assert remove_day_off(by=ann, user_id=ann.pk, day_off_id=off.pk)
    assert spans_of(ann) == usual
    assert not OneOff.objects.exists()
    assert not DayOff.objects.exists()


def test_rooms_above_hear_of_it_when_it_is_packed(
    people: list[User], weekly: Weekly, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[list[int], bool]] = []
    monkeypatch.setattr(changed, "_hear", [])
    changed.on_change(lambda users: heard.append((users, PackedTime.objects.exists())))
    weekly(people[0])
    assert heard == [([people[0].pk], True)]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"place": "  "}, "place"),
        ({"nation": "France"}, "nation"),
        ({"weeks": 3}, "weeks"),
        ({"ends_on": date(2026, 1, 5)}, "ends_on"),
        ({"starts_on": date(1066, 10, 14)}, "starts_on"),
        ({"buffer_minutes": 61}, "buffer_minutes"),
        ({"sessions": []}, "sessions"),
        ({"sessions": [FIRST._replace(week=1)]}, "sessions"),
        ({"sessions": [FIRST._replace(weekday=7)]}, "sessions"),
        ({"sessions": [FIRST._replace(ends=time(8, 30))]}, "sessions"),
        ({"sessions": [FIRST._replace(ends=time(8, 30, 1))]}, "sessions"),
        ({"sessions": [FIRST._replace(kind="golf")]}, "sessions"),
        ({"sessions": [*SURGERIES, FIRST._replace(starts=time(11), ends=time(12))]}, "sessions"),
        ({"sessions": [*SURGERIES, NIGHT]}, "sessions"),
    ],
)
def test_what_cannot_be_a_working_week(
    people: list[User], weekly: Weekly, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        weekly(people[0], **given)
    assert refused.value.field == field
    assert not Pattern.objects.exists()


def test_overlaps_are_named(people: list[User], weekly: Weekly) -> None:
    late = FIRST._replace(starts=time(11), ends=time(12))
    with pytest.raises(InvalidInput, match=r"Monday 08:30 to 11:30 and Monday 11:00 to 12:00"):
        weekly(people[0], sessions=[*SURGERIES, late])

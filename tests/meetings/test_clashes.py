"""A clinic, leave or something else comes to lie on a meeting: told once, and until it has gone."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from meetings.clashes import clash_of
from meetings.models import Meeting, Participant
from meetings.states import Clash, Status
from portal.core.clock import standing_at
from portal.notifications.models import Notification
from portal.worktime.actions.patterns import add_day_off, add_one_off, end_pattern, remove_day_off
from portal.worktime.models import Pattern
from portal.worktime.packing import pack, unpack
from portal.worktime.states import SessionKind, Use
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.clinics import at, booked_for, works
from tests.meetings.conftest import arranged

MONDAY = 0
DAY = date(2027, 2, 1)
BEFORE = at(date(2027, 1, 25), "09:00")


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Monday from 13:00 to 13:30, arranged by Alice, for a person; in nobody's clinic."""
    with standing_at(BEFORE):
        works(cast, "alice", [(MONDAY, "08:30", "11:30")], starts_on=date(2027, 1, 4))
        works(cast, "sam", [], starts_on=date(2027, 1, 4))
        about = send(cast).reference
        made = arranged(
            cast, by="sam", about=about, from_day=DAY, until_day=DAY + timedelta(days=5)
        )
        return booked_for(made, at(DAY, "13:00"))


def part_of(meeting: Meeting, name: str) -> Participant:
    return Participant.objects.get(meeting=meeting, user__email=f"{name}@test.example")


def told(meeting: Meeting) -> list[tuple[str, str]]:
    """(to whom, by which way) of all that was told of a clash."""
    rows = Notification.objects.filter(kind="meeting.clash", path__contains=meeting.reference)
    return sorted(rows.values_list("recipient__email", "channel"))


BOTH = [
    ("alice@test.example", "app"),
    ("alice@test.example", "email"),
    ("sam@test.example", "app"),
    ("sam@test.example", "email"),
]


def move_her_clinic(cast: Cast, begins: str = "12:30", ends: str = "15:30") -> None:
    works(cast, "alice", [(MONDAY, begins, ends)], starts_on=date(2027, 1, 4))


def test_nothing_lies_on_it_at_first(meeting: Meeting) -> None:
    assert part_of(meeting, "alice").clash == ""
    assert told(meeting) == []


def test_a_clinic_that_moves_on_top_is_counted_and_told_to_both_once(
    cast: Cast, meeting: Meeting
) -> None:
    with standing_at(BEFORE):
        move_her_clinic(cast)
        assert (part_of(meeting, "alice").clash, part_of(meeting, "alice").clinic_minutes) == (
            "clinic",
            30,
        )
        assert told(meeting) == BOTH
        move_her_clinic(cast, "13:10", "15:30")
        assert part_of(meeting, "alice").clinic_minutes == 20
        assert told(meeting) == BOTH
    assert part_of(meeting, "sam").clash == ""


def test_it_names_no_person(cast: Cast, meeting: Meeting) -> None:
    with standing_at(BEFORE):
        move_her_clinic(cast)
    for row in Notification.objects.filter(kind="meeting.clash"):
        said = f"{row.facts} {row.path}"
        assert "Margaret" not in said
        assert "Alice" not in said
        assert meeting.reference in row.facts["reference"]


def test_once_it_has_gone_it_is_forgotten_and_told_anew_when_it_comes_again(
    cast: Cast, meeting: Meeting
) -> None:
    with standing_at(BEFORE):
        move_her_clinic(cast)
        move_her_clinic(cast, "08:30", "11:30")
        part = part_of(meeting, "alice")
        assert (part.clash, part.clinic_minutes, part.clash_told_at) == ("", 0, None)
    with standing_at(BEFORE + timedelta(hours=1)):
        move_her_clinic(cast)
    assert len(told(meeting)) == 2 * len(BOTH)


def test_leave_and_a_day_off_and_the_end_of_a_job(cast: Cast, meeting: Meeting) -> None:
    with standing_at(BEFORE):
        off = add_day_off(
            by=cast.sam, user_id=cast.sam.pk, starts_at=at(DAY, "00:00"), ends_at=at(DAY, "23:55")
        )
        assert part_of(meeting, "sam").clash == "leave"
        # He organises it himself: one person, told once.
        assert told(meeting) == [("sam@test.example", "app"), ("sam@test.example", "email")]
        remove_day_off(by=cast.sam, user_id=cast.sam.pk, day_off_id=off.pk)
        assert part_of(meeting, "sam").clash == ""
        pattern = Pattern.objects.get(user=cast.sam)
        end_pattern(
            by=cast.sam,
            user_id=cast.sam.pk,
            pattern_id=pattern.pk,
            ends_on=DAY,
            version=pattern.version,
        )
        assert part_of(meeting, "sam").clash == "away"


def test_one_day_that_differs(cast: Cast, meeting: Meeting) -> None:
    with standing_at(BEFORE):
        add_one_off(
            by=cast.alice,
            user_id=cast.alice.pk,
            day=DAY,
            starts=at(DAY, "13:25").time(),
            ends=at(DAY, "14:00").time(),
            kind=SessionKind.CLINIC,
        )
    part = part_of(meeting, "alice")
    assert (part.clash, part.clinic_minutes) == ("clinic", 5)


def test_a_clinic_that_only_comes_close_is_none(cast: Cast, meeting: Meeting) -> None:
    with standing_at(BEFORE):
        move_her_clinic(cast, "13:30", "15:30")
    assert part_of(meeting, "alice").clash == ""
    assert told(meeting) == []


def test_it_is_told_in_the_same_transaction(cast: Cast, meeting: Meeting) -> None:
    with standing_at(BEFORE), transaction.atomic():
        move_her_clinic(cast)
        assert told(meeting) == BOTH
        transaction.set_rollback(True)
    assert told(meeting) == []
    assert part_of(meeting, "alice").clash == ""


def test_resolved_by_moving_it_or_taking_part_in_another_way(cast: Cast, meeting: Meeting) -> None:
    with standing_at(BEFORE):
        move_her_clinic(cast)
        booked_for(meeting, at(DAY, "16:00"))
        assert part_of(meeting, "alice").clash == ""
        booked_for(meeting, at(DAY, "14:00"))
        assert part_of(meeting, "alice").clash == "clinic"
        booked_for(meeting, at(DAY, "14:00"), writes="Dr Alice Abbot")
        part = part_of(meeting, "alice")
    assert (part.clash, part.clinic_minutes, part.clash_told_at) == ("", 0, None)


def test_what_is_over_or_cancelled_is_left_alone(cast: Cast, meeting: Meeting) -> None:
    with standing_at(at(DAY, "14:00")):
        move_her_clinic(cast)
    assert part_of(meeting, "alice").clash == ""
    with standing_at(BEFORE):
        Meeting.objects.filter(pk=meeting.pk).update(status=Status.CANCELLED.value)
        move_her_clinic(cast, "12:00", "15:30")
        assert part_of(meeting, "alice").clash == ""
        assert told(meeting) == []


def test_what_the_visitor_comes_for_is_no_clash_to_the_host(cast: Cast, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(kind="visit")
    with standing_at(BEFORE):
        move_her_clinic(cast)
        works(cast, "sam", [(MONDAY, "12:00", "14:00")], starts_on=date(2027, 1, 4))
    host, visitor = part_of(meeting, "alice"), part_of(meeting, "sam")
    assert (host.clash, host.clinic_minutes) == ("", 0)
    assert (visitor.clash, visitor.clinic_minutes) == ("clinic", 30)


uses = st.sampled_from(list(Use))
spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), uses), max_size=6)


@given(spans=spans, start=st.integers(0, 60), length=st.integers(5, 30), minutes=st.integers(0, 30))
def test_what_lies_on_it_is_what_a_walk_minute_by_minute_finds(
    spans: list[tuple[int, int, Use]], start: int, length: int, minutes: int
) -> None:
    packed = unpack(pack((begin, begin + long, use) for begin, long, use in spans))
    found = {
        use
        for minute in range(start, start + length)
        for begin, long, use in spans
        if begin <= minute < begin + long
    }
    known = [
        c
        for u, c in ((Use.LEAVE, Clash.LEAVE), (Use.BUSY, Clash.BUSY), (Use.AWAY, Clash.AWAY))
        if u in found
    ]
    expected = Clash.CLINIC if minutes else next(iter(known), Clash.NONE)
    assert clash_of(packed, start, start + length, clinic_minutes=minutes) == expected

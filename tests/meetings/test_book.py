"""Booking everyone at once or no one; moving; cancelling."""

from datetime import timedelta

import pytest
from django.db import transaction

from meetings.actions.book import SlotTaken, book, cancel, move
from meetings.asking import Change
from meetings.finder.shapes import Fit
from meetings.finding import found_for, mark_of
from meetings.models import AnswerLink, Contribution, Item, Meeting, MeetingChange, Participant
from meetings.states import Answer, Attendance, Status
from portal.core.refused import NotAllowed, Refused, Stale
from portal.notifications.models import Notification
from portal.worktime.actions import bookings
from portal.worktime.models import Booking
from portal.worktime.packing import moment_of
from portal.worktime.states import SessionKind
from referrals.models import MeetingEntry
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.conftest import (
    arranged,
    best,
    booked,
    new_key,
    next_monday,
    on_clock,
    topic,
    works,
)

# Twenty minutes between two surgeries, of which five on either side are kept free.
SPLIT = [("08:30", "12:00", SessionKind.CLINIC), ("12:20", "18:00", SessionKind.CLINIC)]


def parts(meeting: Meeting) -> dict[str, Participant]:
    """By the first name of whom it is."""
    rows = Participant.objects.filter(meeting=meeting).select_related("user")
    return {row.user.email.partition("@")[0]: row for row in rows}


def taken(meeting: Meeting) -> dict[str, tuple[str, str]]:
    """What bookings hold for it."""
    rows = Booking.objects.filter(
        subject=f"meeting {meeting.reference}", released_at__isnull=True
    ).select_related("user")
    return {row.user.name: (row.during.lower, row.during.upper) for row in rows}


def test_everyone_is_booked_and_told_between_two_surgeries(cast: Cast) -> None:
    works(cast, "alice")
    reference = send(cast).reference
    meeting = booked(cast, arranged(cast, about=reference))
    assert (meeting.status, meeting.sequence, meeting.version) == (Status.BOOKED, 0, 2)
    local = meeting.starts_at.astimezone(on_clock(next_monday(), "12:00").tzinfo)
    assert "12:35" <= f"{local:%H:%M}" <= "13:55"
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=30)
    everybody = parts(meeting)
    assert {p.attendance for p in everybody.values()} == {Attendance.WHOLE}
    assert (everybody["alice"].answer, everybody["sam"].answer) == (Answer.YES, Answer.NONE)
    span = (meeting.starts_at, meeting.ends_at)
    assert taken(meeting) == {"Dr Alice Abbot": span, "Sam Sharp": span}
    assert Item.objects.get(meeting=meeting).starts_at == meeting.starts_at
    assert MeetingChange.objects.get(meeting=meeting).event == "book"
    entry = MeetingEntry.objects.get(referral__reference=reference)
    assert (entry.verb, entry.meeting, entry.meets_at) == ("arranged", meeting.reference, span[0])
    told = Notification.objects.filter(kind="meeting.invited").values_list(
        "recipient__name", "channel"
    )
    # Whoever books needs no news of it; their calendar does.
    assert set(told) == {
        ("Dr Alice Abbot", "email"),
        ("Sam Sharp", "app"),
        ("Sam Sharp", "email"),
    }


def test_a_gp_who_cannot_stay_joins_for_their_own_point(cast: Cast) -> None:
    works(cast, "alice", SPLIT)
    items = [topic(cast, "One", 20), topic(cast, "Two", 10, needs=["alice"])]
    meeting = arranged(cast, by="sam", must=["sam", "hugo", "alice"], items=items)
    slot = best(cast, meeting, "sam")
    assert slot.fit is Fit.PART
    meeting = booked(cast, meeting, "sam")
    alice = parts(meeting)["alice"]
    assert alice.attendance == Attendance.PART
    assert alice.ends_at - alice.starts_at == timedelta(minutes=10)
    assert taken(meeting)["Dr Alice Abbot"] == (alice.starts_at, alice.ends_at)
    two = Item.objects.get(meeting=meeting, title="Two")
    assert two.starts_at == alice.starts_at


def test_who_cannot_come_is_asked_in_writing_and_not_booked(cast: Cast) -> None:
    works(cast, "alice", [("08:00", "18:00", SessionKind.CLINIC)])
    items = [topic(cast, "One", 20), topic(cast, "Two", 10, needs=["alice"])]
    meeting = arranged(cast, by="sam", must=["sam", "hugo", "tess", "alice"], items=items)
    meeting = booked(cast, meeting, "sam")
    assert parts(meeting)["alice"].attendance == Attendance.WRITING
    assert "Dr Alice Abbot" not in taken(meeting)
    asked = Contribution.objects.filter(participant=parts(meeting)["alice"])
    assert [each.item.title for each in asked] == ["Two"]
    told = Notification.objects.filter(recipient=cast.alice, channel="email").get()
    assert (told.kind, "calendar" in told.facts) == ("meeting.asked-in-writing", False)


def test_nobody_is_asked_to_write_about_somebody_they_have_no_part_in(cast: Cast) -> None:
    works(cast, "gina", [("08:00", "18:00", SessionKind.CLINIC)])
    reference = send(cast).reference
    items = [topic(cast, "Theirs", 20, referral=reference), topic(cast, "All", 10)]
    meeting = arranged(cast, must=["alice", "sam", "tess", "gina"], items=items)
    meeting = booked(cast, meeting)
    asked = Contribution.objects.filter(participant=parts(meeting)["gina"])
    assert [each.item.title for each in asked] == ["All"]


def test_pressing_twice_books_once(cast: Cast) -> None:
    meeting = arranged(cast)
    slot, key = best(cast, meeting), new_key()
    for _ in range(2):
        book(
            by=cast.reader("alice"),
            reference=meeting.reference,
            start=moment_of(slot.start),
            version=1,
            key=key,
            shown=mark_of(slot),
        )
    assert MeetingChange.objects.filter(meeting=meeting).count() == 1
    assert Notification.objects.filter(kind="meeting.invited").count() == 3


def test_a_slot_that_has_gone_keeps_nothing(cast: Cast) -> None:
    meeting, other = arranged(cast), arranged(cast, by="sam", must=["sam", "hugo"])
    slot = best(cast, meeting)
    other = book(
        by=cast.reader("sam"),
        reference=other.reference,
        start=moment_of(slot.start),
        version=1,
        key=new_key(),
    )
    with pytest.raises(SlotTaken), transaction.atomic():
        booked_at(cast, meeting, slot)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.version, taken(meeting)) == (Status.ARRANGING, 1, {})
    assert not Notification.objects.filter(facts__reference=meeting.reference).exists()
    assert best(cast, meeting).start != slot.start


def booked_at(cast: Cast, meeting: Meeting, slot: object, **given: object) -> Meeting:
    """Alice takes the slot as it was shown."""
    return book(
        by=cast.reader("alice"),
        reference=meeting.reference,
        start=moment_of(slot.start),  # type: ignore[attr-defined]
        version=1,
        key=new_key(),
        shown=mark_of(slot),  # type: ignore[arg-type]
        **given,  # type: ignore[arg-type]
    )


def test_a_booking_from_elsewhere_keeps_nothing_either(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finder may be late; the database is not."""
    meeting = arranged(cast)
    slot = best(cast, meeting)
    span = (cast.sam.pk, moment_of(slot.start), moment_of(slot.end))
    with transaction.atomic():
        bookings.book(subject="something else", bookings=[span])
    monkeypatch.setattr("meetings.actions.book.slot_at", lambda made, start: slot)
    with pytest.raises(SlotTaken, match="1 person has been booked"), transaction.atomic():
        booked_at(cast, meeting, slot)
    assert taken(meeting) == {}
    assert not MeetingChange.objects.filter(meeting=meeting).exists()


def test_what_is_no_longer_as_shown_is_not_booked(cast: Cast) -> None:
    meeting = arranged(cast, must=["alice", "sam", "hugo"])
    slot = best(cast, meeting)
    with transaction.atomic():
        bookings.book(
            subject="x", bookings=[(cast.hugo.pk, moment_of(slot.start), moment_of(slot.end))]
        )
    with pytest.raises(SlotTaken), transaction.atomic():
        booked_at(cast, meeting, slot)
    # Taken as it comes, Hugo is asked in writing.
    meeting = book(
        by=cast.reader("alice"),
        reference=meeting.reference,
        start=moment_of(slot.start),
        version=1,
        key=new_key(),
    )
    assert parts(meeting)["hugo"].attendance == Attendance.WRITING


def test_an_old_version_a_past_time_and_another_team_are_refused(cast: Cast) -> None:
    meeting = arranged(cast)
    slot = best(cast, meeting)
    given = {"reference": meeting.reference, "start": moment_of(slot.start), "key": None}
    with pytest.raises(Stale), transaction.atomic():
        book(by=cast.reader("alice"), version=7, **given)
    with pytest.raises(NotAllowed), transaction.atomic():
        book(by=cast.reader("sam"), version=1, **given)
    past = {**given, "start": on_clock(next_monday() - timedelta(days=14), "10:00")}
    with pytest.raises(Refused, match="passed"), transaction.atomic():
        book(by=cast.reader("alice"), version=1, **past)


def test_the_change_that_opened_a_time_is_kept(cast: Cast) -> None:
    works(cast, "hugo", [("08:00", "18:00", SessionKind.CLINIC)])
    items = [topic(cast, "One", 20), topic(cast, "Two", 10)]
    meeting = arranged(cast, must=["alice", "sam", "hugo"], items=items)
    _, found = found_for(meeting, reader_id=cast.alice.pk)
    assert found.whole + found.part == 0
    change = Change(without=3, less=5, item=1)
    _, found = found_for(meeting, reader_id=cast.alice.pk, change=change)
    meeting = booked_at(cast, meeting, found.slots[0], change=change)
    assert (meeting.minutes, meeting.ends_at - meeting.starts_at) == (25, timedelta(minutes=25))
    hugo = parts(meeting)["hugo"]
    assert (hugo.need, hugo.attendance) == ("may", Attendance.MISSING)
    assert Item.objects.get(meeting=meeting, title="One").minutes == 15


def test_moved_everybody_is_asked_again_with_a_higher_sequence(cast: Cast) -> None:
    reference = send(cast).reference
    meeting = booked(cast, arranged(cast, about=reference))
    first = AnswerLink.objects.get(participant__user=cast.sam)
    Participant.objects.filter(user=cast.sam).update(answer="yes", answered_at=meeting.changed_at)
    later = meeting.starts_at + timedelta(minutes=15)  # within its own time: that is its own
    meeting = move(
        by=cast.reader("alice"),
        reference=meeting.reference,
        start=later,
        version=meeting.version,
        key=new_key(),
    )
    assert (meeting.starts_at, meeting.sequence, meeting.status) == (later, 1, Status.BOOKED)
    assert set(taken(meeting).values()) == {(meeting.starts_at, meeting.ends_at)}
    assert parts(meeting)["sam"].answer == Answer.NONE
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert AnswerLink.objects.filter(participant__user=cast.sam, revoked_at=None).count() == 1
    moved = Notification.objects.get(kind="meeting.moved", recipient=cast.sam, channel="email")
    assert "SEQUENCE:1" in moved.facts["calendar"]
    assert MeetingEntry.objects.filter(verb="moved").count() == 1


def test_cancelled_time_is_given_back_and_all_are_told_why(cast: Cast) -> None:
    reference = send(cast).reference
    meeting = booked(cast, arranged(cast, about=reference))
    given = {"by": cast.reader("alice"), "reference": meeting.reference, "version": 2}
    with pytest.raises(Refused, match="Say why"), transaction.atomic():
        cancel(words=" ", **given)
    cancel(words="Done by telephone", **given)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.sequence, taken(meeting)) == (Status.CANCELLED, 1, {})
    told = Notification.objects.get(kind="meeting.cancelled", recipient=cast.sam, channel="email")
    assert "METHOD:CANCEL" in told.facts["calendar"]
    assert not AnswerLink.objects.filter(revoked_at=None).exists()
    assert MeetingEntry.objects.get(verb="cancelled").text == "Done by telephone"
    with pytest.raises(Refused, match="cancelled"), transaction.atomic():
        move(
            by=cast.reader("alice"),
            reference=meeting.reference,
            start=meeting.starts_at,
            version=3,
            key=new_key(),
        )

"""People added to a meeting of a series from their referrals, and invited to their own item."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.test import Client

from meetings.actions import adding, guests
from meetings.actions.answer import answer
from meetings.actions.people import remove
from meetings.actions.series_meetings import make_ahead
from meetings.models import Guest, Item, Participant
from meetings.references import subject_of
from meetings.rhythm import Rhythm
from meetings.states import Answer, Attendance
from meetings.states import Guest as GuestKind
from portal.core.clock import today
from portal.core.refused import NotYours, Refused
from portal.notifications.models import Notification
from portal.worktime.actions import bookings
from portal.worktime.models import Booking
from portal.worktime.states import SessionKind
from referrals.models import MeetingEntry
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.conftest import invited, new_key, works
from tests.meetings.held import series_of
from tests.meetings.test_series import add, made
from tests.referrals.test_budget import queries

As = Callable[[str], Client]
BOTH = ("alice", "sam")


def test_somebody_is_added_from_their_referral(cast: Cast, as_: As) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    referral, meeting = send(cast), made(series)[0]
    page = as_("alice").get(f"/referrals/{referral.reference}/").content.decode()
    assert "Add to the neighbourhood meeting on" in page
    address = f"/meetings/add/{referral.reference}/"
    form = as_("alice").get(f"{address}?meeting={meeting.reference}").content.decode()
    assert "Can she stay at home safely?" in form
    sent = {
        "key": "k" * 12,
        "meeting": meeting.reference,
        "title": "After a fall",
        "minutes": "10",
        "points": "Who visits?",
        "needs": [f"{cast.tess.pk}-{cast.teams['front_door'].pk}"],
    }
    assert as_("alice").post(address, sent).status_code == 302
    assert as_("alice").post(address, sent).status_code == 302
    item = Item.objects.get()
    assert (item.starts_at, item.owner, item.points) == (
        meeting.starts_at,
        cast.alice,
        "Who visits?",
    )
    entry = MeetingEntry.objects.get()
    assert (entry.verb, entry.meets_at) == ("arranged", meeting.starts_at)
    tess = Participant.objects.get(user=cast.tess)
    assert (tess.attendance, tess.starts_at) == (Attendance.PART, meeting.starts_at)


def test_items_follow_each_other_until_the_meeting_is_full(cast: Cast) -> None:
    series = series_of(cast, members=BOTH, minutes=30)
    make_ahead()
    meeting, alice = made(series)[0], cast.reader("alice")
    first, second = (add(cast, meeting, send(cast)) for _ in range(2))
    assert second.starts_at - first.starts_at == timedelta(minutes=10)
    with pytest.raises(Refused, match="10 minutes are left at this meeting"):
        add(cast, meeting, send(cast), minutes=15)
    adding.take_off(by=alice, meeting=meeting.reference, item=first.pk, why="It is settled")
    second.refresh_from_db()
    assert second.starts_at == meeting.starts_at
    assert MeetingEntry.objects.get(verb="taken-off").text == "It is settled"
    add(cast, meeting, send(cast), minutes=15)


def test_the_same_person_is_not_added_twice_and_no_title_names_one(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    meeting, referral = made(series)[0], send(cast)
    with pytest.raises(Refused, match="names no person"):
        add(cast, meeting, referral, title="Margaret's fall")
    add(cast, meeting, referral)
    with pytest.raises(Refused, match="on the agenda of that meeting already"):
        add(cast, meeting, referral)


def test_nobody_adds_a_person_in_whose_care_they_have_no_part(cast: Cast, as_: As) -> None:
    series = series_of(cast, members=("alice", "gina"))
    make_ahead()
    meeting, referral = made(series)[0], send(cast)
    with pytest.raises(NotYours):
        add(cast, meeting, referral, by=cast.reader("gina"))
    assert as_("oscar").get(f"/meetings/add/{referral.reference}/").status_code == 404


def test_whoever_has_something_else_is_asked_to_write(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    meeting = made(series)[0]
    bookings.book(
        subject="something else", bookings=[(cast.tess.pk, meeting.starts_at, meeting.ends_at)]
    )
    add(cast, meeting, send(cast), needs=[invited(cast, "tess")])
    assert Participant.objects.get(user=cast.tess).attendance == Attendance.WRITING


def test_whoever_is_in_clinic_then_is_asked_to_write_too(cast: Cast) -> None:
    works(cast, "tess", [("12:30", "14:30", SessionKind.CLINIC)])
    series = series_of(cast, members=BOTH)
    make_ahead()
    add(cast, made(series)[0], send(cast), needs=[invited(cast, "tess")])
    tess = Participant.objects.get(user=cast.tess)
    assert (tess.attendance, tess.clinic_minutes) == (Attendance.WRITING, 0)
    assert not Booking.objects.filter(user=cast.tess).exists()


def test_what_somebody_answered_before_they_were_let_go_is_asked_anew(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    meeting, tess = made(series)[0], cast.reader("tess")
    add(cast, meeting, send(cast), needs=[invited(cast, "tess")])
    answer(by=tess, reference=meeting.reference, answer=Answer.NO)
    gone, meeting = Participant.objects.get(user=cast.tess).pk, made(series)[0]
    remove(
        by=cast.reader("alice"),
        reference=meeting.reference,
        participant=gone,
        version=meeting.version,
    )
    add(cast, meeting, send(cast), needs=[invited(cast, "tess")])
    part = Participant.objects.get(user=cast.tess)
    assert (part.answer, part.attendance) == (Answer.NONE, Attendance.PART)
    answer(by=tess, reference=meeting.reference, answer=Answer.NO)
    assert not Booking.objects.filter(user=cast.tess, released_at__isnull=True).exists()


def test_who_was_booked_to_stay_between_two_items_is_not_asked_anew(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    meeting, tess = made(series)[0], cast.reader("tess")
    first = add(cast, meeting, send(cast), needs=[invited(cast, "tess")])
    add(cast, meeting, send(cast), needs=[invited(cast, "hugo")])
    last = add(cast, meeting, send(cast), needs=[invited(cast, "tess")])
    whole = first.starts_at, last.starts_at + timedelta(minutes=last.minutes)
    bookings.release(subject=subject_of(meeting.reference), user_id=cast.tess.pk)
    bookings.book(subject=subject_of(meeting.reference), bookings=[(cast.tess.pk, *whole)])
    answer(by=tess, reference=meeting.reference, answer=Answer.YES)
    Notification.objects.all().delete()
    add(cast, meeting, send(cast), needs=[invited(cast, "ada")])
    assert Participant.objects.get(user=cast.tess).answer == Answer.YES
    told = Notification.objects.filter(recipient=cast.tess, kind__startswith="meeting.")
    assert not told.exists()


def test_the_page_of_a_referral_costs_one_query_more_however_many_meetings_there_are(
    cast: Cast, as_: As
) -> None:
    referral, alice = send(cast), as_("alice")
    path = f"/referrals/{referral.reference}/"
    alice.get(path)
    before = queries(alice, path)
    for n in range(3):
        rhythm = Rhythm(n, time(9 + n), today(), every_weeks=2)
        series_of(cast, members=BOTH, title=f"Series {n}", rhythm=rhythm)
    make_ahead()
    assert queries(alice, path) == before
    assert before <= 12


def test_who_brings_an_item_can_be_chosen(cast: Cast, as_: As) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    referral, meeting = send(cast), made(series)[0]
    sent = {
        "key": "o" * 12,
        "meeting": meeting.reference,
        "title": "After a fall",
        "minutes": "10",
        "points": "Who visits?",
    }
    address = f"/meetings/add/{referral.reference}/"
    refused = as_("alice").post(address, {**sent, "owner": str(cast.tess.pk)})
    assert (refused.status_code, Item.objects.count()) == (409, 0)
    assert as_("alice").post(address, {**sent, "owner": str(cast.sam.pk)}).status_code == 302
    assert Item.objects.get().owner == cast.sam


def test_who_comes_for_one_item_is_there_when_it_is_due_also_after_the_agenda_changed(
    cast: Cast,
) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    meeting, alice = made(series)[0], cast.reader("alice")
    first = add(cast, meeting, send(cast), needs=[invited(cast, "ada")])
    second = add(cast, meeting, send(cast), needs=[invited(cast, "tess")])
    third = add(cast, meeting, send(cast), needs=[invited(cast, "tess")])
    tess = Participant.objects.get(user=cast.tess)
    assert (tess.starts_at, tess.ends_at) == (
        second.starts_at,
        third.starts_at + timedelta(minutes=10),
    )
    adding.take_off(by=alice, meeting=meeting.reference, item=first.pk, why="It is settled")
    tess.refresh_from_db()
    assert tess.starts_at == meeting.starts_at
    told = Notification.objects.filter(kind="meeting.moved", recipient=cast.tess)
    assert told.exists()
    ada = Participant.objects.get(user=cast.ada)
    assert ada.removed_at
    taken = Booking.objects.filter(released_at__isnull=True)
    assert not taken.filter(user=cast.ada).exists()
    assert taken.get(user=cast.tess).during.lower == meeting.starts_at


def test_who_is_needed_for_two_items_apart_is_free_between_them(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    meeting = made(series)[0]
    first = add(cast, meeting, send(cast), needs=[invited(cast, "tess")])
    second = add(cast, meeting, send(cast), needs=[invited(cast, "ada")])
    third = add(cast, meeting, send(cast), needs=[invited(cast, "tess")])

    def stays() -> list[tuple[datetime, datetime]]:
        rows = Booking.objects.filter(user=cast.tess, released_at__isnull=True)
        return [(row.during.lower, row.during.upper) for row in rows.order_by("during")]

    ten = timedelta(minutes=10)
    assert stays() == [
        (first.starts_at, first.starts_at + ten),
        (third.starts_at, third.starts_at + ten),
    ]
    adding.take_off(
        by=cast.reader("alice"), meeting=meeting.reference, item=second.pk, why="It is settled"
    )
    assert stays() == [(first.starts_at, first.starts_at + 2 * ten)]


# --- the person and their carer ------------------------------------------------------------------
def test_the_person_is_invited_to_their_own_item_and_stands_first(cast: Cast, as_: As) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    meeting = made(series)[0]
    item = add(cast, meeting, send(cast))
    address = f"/meetings/{meeting.reference}/items/{item.pk}/guests/"
    form = {
        "key": "g" * 12,
        "kind": "person",
        "wishes": "To stay with her husband",
        "needs": "Large print",
        "told_how": "",
        "comes": "yes",
    }
    bad = as_("sam").post(address, form)
    assert (bad.status_code, "To stay with her husband" in bad.content.decode()) == (409, True)
    assert as_("sam").post(address, {**form, "told_how": "By her GP"}).status_code == 302
    assert Guest.objects.get().comes is True
    # What is known is there to be changed, and is not overwritten by one who has not read it.
    page = as_("sam").get(f"{address}?kind=person").content.decode()
    assert page.count("To stay with her husband") == 2
    unread = as_("alice").post(address, {**form, "key": "h" * 12, "wishes": "", "told_how": "x"})
    assert (unread.status_code, Guest.objects.get().wishes) == (409, "To stay with her husband")
    html = as_("sam").get(f"/meetings/{meeting.reference}/at/").content.decode()
    assert html.index("The person is invited") < html.index("Who visits?")
    guests.uninvite_guest(
        by=cast.reader("sam"), reference=meeting.reference, item=item.pk, kind=GuestKind.PERSON
    )
    assert not Guest.objects.filter(removed_at__isnull=True).exists()


def test_nobody_is_invited_to_an_item_about_nobody(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    meeting = made(series)[0]
    item = add(cast, meeting, send(cast))
    Item.objects.filter(pk=item.pk).update(referral=None)
    with pytest.raises(Refused, match="about nobody"):
        guests.invite_guest(
            by=cast.reader("sam"),
            reference=meeting.reference,
            item=item.pk,
            kind=GuestKind.CARER,
            needs="",
            wishes="",
            told_how="",
            comes=None,
            key=new_key(),
        )

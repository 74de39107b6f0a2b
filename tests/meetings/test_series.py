"""Series: whose they are, their meetings made ahead, people added from their referrals."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from meetings.actions import adding, guests
from meetings.actions.series import change_series, end_series
from meetings.actions.series_meetings import make_ahead, make_for
from meetings.models import Guest, Item, Meeting, Participant, Series
from meetings.rhythm import Rhythm, occurrences
from meetings.states import Attendance, Status
from meetings.states import Guest as GuestKind
from portal.core.clock import london, now, today
from portal.core.refused import NotAllowed, NotYours, Refused, Stale
from portal.notifications.models import Notification
from portal.worktime.actions import bookings
from portal.worktime.models import Booking
from referrals.models import MeetingEntry, Referral
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.conftest import invited, new_key
from tests.meetings.held import plan, series_of
from tests.referrals.test_budget import queries

As = Callable[[str], Client]
BOTH = ("alice", "sam")


def made(series: Series) -> list[Meeting]:
    return list(Meeting.objects.filter(series=series).order_by("starts_at"))


def add(cast: Cast, meeting: Meeting, referral: Referral, **changes: object) -> Item:
    given = {
        "by": cast.reader("alice"),
        "title": "After a fall",
        "minutes": 10,
        "points": "Who visits?",
        "owner": None,
        "needs": [],
        "key": new_key(),
        **changes,
    }
    return adding.add_item(meeting=meeting.reference, referral=referral.reference, **given)  # type: ignore[arg-type]


# --- whose it is ---------------------------------------------------------------------------------
def test_anybody_of_the_team_looks_after_it_and_nobody_else(cast: Cast, as_: As) -> None:
    series = series_of(cast, members=("alice", "sam"))
    for name, status in {"ada": 200, "sam": 200, "oscar": 404, "tess": 404}.items():
        assert as_(name).get(f"/meetings/series/{series.reference}/").status_code == status
    with pytest.raises(NotAllowed, match="Only Park Practice changes this series"):
        end_series(by=cast.reader("sam"), reference=series.reference, version=1)
    with pytest.raises(NotAllowed):
        make_for(by=cast.reader("sam"), reference=series.reference)
    end_series(by=cast.reader("ada"), reference=series.reference, version=1)


def test_a_change_from_an_old_page_is_refused(cast: Cast) -> None:
    series = series_of(cast)
    alice = cast.reader("alice")
    people = [invited(cast, "alice"), invited(cast, "sam")]
    changed = change_series(
        by=alice, reference=series.reference, plan=plan(minutes=30), members=people, version=1
    )
    assert (changed.version, changed.minutes) == (2, 30)
    with pytest.raises(Stale):
        end_series(by=alice, reference=series.reference, version=1)
    now_there = series.members.filter(removed_at__isnull=True)
    assert set(now_there.values_list("user", flat=True)) == {cast.alice.pk, cast.sam.pk}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"rhythm": Rhythm(1, time(13, 2), today(), nth=2)}, "five minutes"),
        ({"rhythm": Rhythm(1, time(23, 30), today(), nth=2)}, "midnight"),
        ({"title": "About 999 012 3454"}, "names no person"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    cast: Cast, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        series_of(cast, **changes)


# --- made ahead ----------------------------------------------------------------------------------
def test_its_meetings_are_made_once_at_the_same_time_on_the_wall(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 9, 20, 9, tzinfo=UTC), tick=False):
        series = series_of(cast, members=BOTH)
        make_ahead()
        make_ahead()
        assert make_for(by=cast.reader("alice"), reference=series.reference) == 0
        found = made(series)
        whens = [f"{london(m.starts_at):%d %b %H:%M}" for m in found if m.starts_at]
    assert whens == ["13 Oct 13:05", "10 Nov 13:05"]
    assert {m.status for m in found} == {Status.BOOKED}
    assert Booking.objects.filter(released_at__isnull=True).count() == 4


def test_what_was_moved_or_called_off_is_not_made_again(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    make_ahead()
    first, second, *_ = made(series)
    Meeting.objects.filter(pk=first.pk).update(status=Status.CANCELLED)
    Meeting.objects.filter(pk=second.pk).update(
        starts_at=second.starts_at + timedelta(days=1), ends_at=second.ends_at + timedelta(days=1)
    )
    count = len(made(series))
    make_ahead()
    assert len(made(series)) == count


def test_a_bank_holiday_puts_it_off_and_its_page_says_so(cast: Cast, as_: As) -> None:
    with time_machine.travel(datetime(2026, 4, 20, 9, tzinfo=UTC), tick=False):
        monday = Rhythm(0, plan().rhythm.at, today(), nth=1)
        series = series_of(cast, rhythm=monday, members=BOTH)
        make_for(by=cast.reader("alice"), reference=series.reference)
        html = as_("alice").get(f"/meetings/series/{series.reference}/").content.decode()
    assert "Mon 11 May" in html
    assert "Put off from 4 May 2026, which is a bank holiday" in html


def test_whoever_has_something_else_is_told_and_the_others_meet(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    day = first_day(series)
    start = datetime.combine(day, series.at, tzinfo=london(now()).tzinfo)
    bookings.book(
        subject="something else",
        bookings=[(cast.sam.pk, start, start + timedelta(minutes=30))],
    )
    make_ahead()
    first = made(series)[0]
    how = dict(first.participants.values_list("user__email", "attendance"))
    assert how == {
        "alice@test.example": Attendance.WHOLE,
        "sam@test.example": Attendance.MISSING,
    }
    told = Notification.objects.get(kind="meeting.without-you", channel="app")
    assert told.recipient == cast.sam


def first_day(series: Series) -> date:
    return occurrences(series.rhythm, "England", today(), today() + timedelta(days=63))[0].day


def test_nothing_is_made_of_a_series_that_has_ended(cast: Cast) -> None:
    series = series_of(cast, members=BOTH)
    end_series(by=cast.reader("alice"), reference=series.reference, version=1)
    make_ahead()
    assert made(series) == []


# --- people are added ----------------------------------------------------------------------------
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

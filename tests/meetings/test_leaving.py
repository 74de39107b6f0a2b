"""Somebody stops working in a team: nothing of theirs is held for its meetings any more."""

from collections.abc import Callable

from django.test import Client

from meetings.actions.series_meetings import make_ahead
from meetings.models import AnswerLink, Meeting, Series
from portal.accounts.actions.leaving import leave
from portal.notifications.models import Notification
from portal.worktime.models import Booking
from portal.worktime.states import SessionKind
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.conftest import arranged, booked, works
from tests.meetings.held import series_of
from tests.meetings.test_book import parts, taken

As = Callable[[str], Client]


def test_who_leaves_is_in_no_meeting_and_whoever_arranges_it_is_told(cast: Cast) -> None:
    meeting = booked(cast, arranged(cast, about=send(cast).reference))
    other = arranged(cast)
    leave(by=None, user=cast.sam)
    assert parts(meeting)["sam"].removed_at
    assert parts(other)["sam"].removed_at
    assert list(taken(meeting)) == ["Dr Alice Abbot"]
    assert not AnswerLink.objects.filter(
        participant__user=cast.sam, revoked_at__isnull=True
    ).exists()
    told = Notification.objects.filter(kind="meeting.left", channel="app")
    assert {(row.recipient, row.facts["reference"]) for row in told} == {
        (cast.alice, meeting.reference),
        (cast.alice, other.reference),
    }
    assert Meeting.objects.get(pk=meeting.pk).version == meeting.version + 1


def test_who_arranged_it_hands_it_to_a_colleague(cast: Cast) -> None:
    meeting = booked(cast, arranged(cast, by="alice", must=["alice", "ada", "sam"]))
    leave(by=None, user=cast.alice)
    meeting.refresh_from_db()
    assert meeting.organiser == cast.users["ada"]
    told = Notification.objects.get(kind="meeting.left", channel="app")
    assert (told.recipient, told.facts["wanted"][:18]) == (meeting.organiser, "You arrange it now")


def test_meetings_of_a_series_are_made_in_the_name_of_the_heir(cast: Cast) -> None:
    series = series_of(cast)
    leaver = series.organiser
    leave(by=None, user=leaver)
    make_ahead()
    assert Series.objects.get(pk=series.pk).organiser != leaver
    assert not Meeting.objects.filter(series=series, organiser=leaver).exists()
    assert not Booking.objects.filter(user=leaver, released_at__isnull=True).exists()


def test_one_who_leaves_another_team_stays(cast: Cast) -> None:
    meeting = booked(cast, arranged(cast))
    leave(by=None, user=cast.sam, teams=[cast.teams["park"]])
    assert parts(meeting)["sam"].removed_at is None


def test_added_during_a_clinic_one_is_asked_and_not_booked(cast: Cast, as_: As) -> None:
    meeting = booked(cast, arranged(cast))
    works(cast, "tess", [("07:00", "19:00", SessionKind.CLINIC)])
    browser: Client = as_("alice")
    tess = f"{cast.tess.pk}-{cast.teams['front_door'].pk}"
    address = f"/meetings/{meeting.reference}/people/"
    browser.post(address, {"add": tess, "need": "must", "version": "2"})
    assert (parts(meeting)["tess"].attendance, "Tess Tate" in taken(meeting)) == ("writing", False)

"""A visit is asked for, answered by the host, and then in both people's time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client

from meetings.actions.people import add
from meetings.actions.visit import accept_visit, ask_again, decline_visit
from meetings.colleagues import searched
from meetings.models import Meeting, Participant, Visit
from meetings.states import Need, Said, Status
from portal.core.refused import NotAllowed, Refused
from portal.notifications.models import Notification
from portal.worktime.actions.bookings import book
from portal.worktime.actions.patterns import add_day_off
from portal.worktime.free import times_of
from portal.worktime.models import Booking
from portal.worktime.packing import CODES
from portal.worktime.states import SessionKind, Use
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.conftest import new_key
from tests.meetings.visits import asked_for, has_duty, times_for

As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _shared(cast: Cast) -> None:
    send(cast)


def accept(cast: Cast, meeting: Meeting, by: str = "sam") -> Meeting:
    return accept_visit(
        by=cast.reader(by), reference=meeting.reference, version=meeting.version, key=new_key()
    )


def told(kind: str) -> set[str]:
    rows = Notification.objects.filter(kind=kind)
    return set(rows.values_list("recipient__email", flat=True))


def test_the_host_is_asked_and_nothing_is_booked_yet(cast: Cast) -> None:
    meeting = asked_for(cast, "alice", "sam")
    assert (meeting.kind, meeting.status, meeting.starts_at) == ("visit", "arranging", None)
    assert told("meeting.visit-asked") == {"sam@test.example"}
    assert not Booking.objects.exists()
    facts = Notification.objects.filter(kind="meeting.visit-asked")[0].facts
    assert "Alice" not in str(facts)


def test_a_yes_books_both_and_counts_as_no_meeting_in_a_clinic(cast: Cast) -> None:
    """A clinic is what is looked for: it goes on, with somebody beside it."""
    send(cast, by="alice", to="front_door")
    meeting = asked_for(cast, "sam", "alice", SessionKind.CLINIC)
    booked = accept(cast, meeting, by="alice")
    assert booked.status == Status.BOOKED
    start, end = booked.starts_at, booked.ends_at
    assert start is not None
    assert end is not None
    assert end - start == timedelta(hours=1)
    times = times_of([cast.alice.pk, cast.sam.pk], start, end)
    for user in (cast.alice, cast.sam):
        assert CODES[Use.BOOKED] in times[user.pk].spans[:, 2]
        part = Participant.objects.get(meeting=meeting, user=user)
        assert (part.attendance, part.clinic_minutes, part.clash) == ("whole", 0, "")
    assert told("meeting.invited") == {"sam@test.example", "alice@test.example"}


def test_a_no_is_told_and_another_time_can_be_asked_for(cast: Cast) -> None:
    meeting = asked_for(cast, "alice", "sam")
    declined = decline_visit(
        by=cast.reader("sam"),
        reference=meeting.reference,
        words="Mondays are too full",
        version=meeting.version,
        key=new_key(),
    )
    assert told("meeting.visit-declined") == {"alice@test.example"}
    later = times_for(cast, "alice", "sam")[3][0]
    again = ask_again(
        by=cast.reader("alice"),
        reference=meeting.reference,
        start=later,
        version=declined.version,
        key=new_key(),
    )
    visit = Visit.objects.get(meeting=meeting)
    assert (visit.said, visit.reply, visit.starts_at) == (Said.NOTHING, "", later)
    assert accept(cast, again).starts_at == later


def test_the_list_says_for_whom_a_visit_waits(cast: Cast, as_: As) -> None:
    def waits(name: str) -> str:
        page = as_(name).get("/meetings/").content.decode()
        return page.partition("Waits for you")[2].partition("Coming")[0]

    meeting = asked_for(cast, "alice", "sam")
    assert "Say whether it suits you" in waits("sam")
    assert waits("alice") == ""
    hugo = next(one for one in searched("Hugo Hale"))
    add(by=cast.reader("alice"), reference=meeting.reference, who=hugo, need=Need.MAY, version=1)
    assert waits("hugo") == ""
    meeting.refresh_from_db()
    decline_visit(
        by=cast.reader("sam"),
        reference=meeting.reference,
        words="",
        version=meeting.version,
        key=new_key(),
    )
    assert waits("sam") == ""
    assert "Ask for another time" in waits("alice")


def test_only_the_host_answers_and_only_once(cast: Cast) -> None:
    meeting = asked_for(cast, "alice", "sam")
    with pytest.raises(NotAllowed):
        accept(cast, meeting, by="alice")
    for name in ("mina", "oscar"):
        with pytest.raises(Http404):
            accept(cast, meeting, by=name)
    booked = accept(cast, meeting)
    with pytest.raises(Refused):
        accept(cast, booked)


def test_what_does_not_fit_any_more_is_refused_and_nothing_is_booked(cast: Cast) -> None:
    meeting = asked_for(cast, "alice", "sam")
    visit = Visit.objects.get(meeting=meeting)
    book(subject="elsewhere", bookings=[(cast.alice.pk, visit.starts_at, visit.ends_at)])
    with pytest.raises(Refused, match="somewhere else"):
        accept(cast, meeting)
    assert Booking.objects.count() == 1
    other = asked_for(cast, "alice", "sam")
    visit = Visit.objects.get(meeting=other)
    add_day_off(by=cast.sam, user_id=cast.sam.pk, starts_at=visit.starts_at, ends_at=visit.ends_at)
    with pytest.raises(Refused, match="somewhere else"):
        accept(cast, other)


def test_times_are_the_hosts_sessions_in_which_the_visitor_is_free(cast: Cast) -> None:
    has_duty(cast, "sam")
    has_duty(cast, "alice", SessionKind.CLINIC)  # the same mornings
    assert times_for(cast, "alice", "sam") == []
    assert times_for(cast, "ada", "sam") != []
    assert times_for(cast, "ada", "sam", SessionKind.WARD_ROUND) == []


def test_only_in_teams_that_share_something(cast: Cast) -> None:
    with pytest.raises(Http404):
        asked_for(cast, "gina", "sam")


def test_pressed_twice_it_is_asked_once(cast: Cast) -> None:
    key = new_key()
    assert asked_for(cast, "alice", "sam", key=key) == asked_for(cast, "alice", "sam", key=key)
    assert Meeting.objects.count() == 1


def test_on_pages_from_asking_to_both_calendars(cast: Cast, as_: As) -> None:
    has_duty(cast, "sam")
    park, front_door = cast.teams["park"].pk, cast.teams["front_door"].pk
    here = f"/meetings/together/{park}/{front_door}/visit/"
    alice, sam = as_("alice"), as_("sam")
    assert here in alice.get("/meetings/together/").content.decode()
    typed = {
        "host": f"{cast.sam.pk}-{front_door}",
        "kind": "duty",
        "minutes": "60",
        "words": "",
        "key": new_key(),
        "do": "look",
    }
    shown = alice.post(here, typed)
    assert shown.status_code == 200
    start = times_for(cast, "alice", "sam")[0][0]
    asked = alice.post(here, {**typed, "do": "ask", "start": start.strftime("%Y-%m-%dT%H:%MZ")})
    assert asked.status_code == 302
    page = asked["Location"]
    assert "once they say yes" in alice.get(page).content.decode()
    html = sam.get(page).content.decode()
    assert "does it suit you?" in html
    version = Meeting.objects.get().version
    said = sam.post(f"{page}visit/accept/", {"key": new_key(), "version": version}, follow=True)
    assert "It is in both your calendars." in said.content.decode()
    assert "09:00 to 10:00" in alice.get("/meetings/").content.decode()


def test_a_decline_that_is_too_long_keeps_what_was_typed(cast: Cast, as_: As) -> None:
    meeting = asked_for(cast, "alice", "sam")
    here = f"/meetings/{meeting.reference}/visit/decline/"
    typed = {"key": new_key(), "version": meeting.version, "words": "Rather in June. " + "x" * 500}
    no = as_("sam").post(here, typed)
    assert no.status_code == 422
    page = no.content.decode()
    assert "Rather in June." in page
    assert "There is a problem" in page
    assert Visit.objects.get().said == Said.NOTHING
    assert as_("alice").post(here, {**typed, "words": "No"}).status_code == 403


def test_nothing_to_choose_says_why(cast: Cast, as_: As) -> None:
    park, front_door = cast.teams["park"].pk, cast.teams["front_door"].pk
    typed = {"host": f"{cast.sam.pk}-{front_door}", "kind": "duty", "minutes": "60"}
    here = f"/meetings/together/{park}/{front_door}/visit/"
    answer = as_("alice").post(here, {**typed, "key": new_key(), "do": "look"})
    assert "Nothing of that kind is known" in answer.content.decode()

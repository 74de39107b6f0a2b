"""How and where a meeting is held can be said afterwards: a video link comes late."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from meetings.actions.place import change_place
from meetings.actions.series import change_series
from meetings.actions.series_meetings import make_ahead
from meetings.models import Meeting
from meetings.states import Answer, How
from portal.core.clock import now
from portal.core.refused import NotAllowed, Refused, Stale
from portal.notifications.models import Notification
from tests.cast import Cast
from tests.conftest import send
from tests.contacts.editing import fields_of
from tests.mail_server import MailServer
from tests.meetings import held
from tests.meetings.conftest import arranged, booked, invited
from tests.meetings.held import plan, series_of
from tests.meetings.test_book import parts
from tests.meetings.test_invitations import calendar_of, plain, sent
from tests.meetings.test_series import made
from tests.notifications.conftest import mail_server  # noqa: F401 (the fixture)

As = Callable[[str], Client]
LINK = "https://video.example/room-5"


def test_a_link_added_later_reaches_the_calendars_and_keeps_the_answers(
    cast: Cast,
    as_: As,
    mail_server: MailServer,  # noqa: F811
) -> None:
    meeting = booked(cast, arranged(cast, where="", about=send(cast).reference))
    page, alice = f"/meetings/{meeting.reference}/", as_("alice")
    assert "Nobody can read yet where you meet" in alice.get(page).content.decode()
    assert "Add where you meet" in alice.get("/meetings/").content.decode()
    as_("sam").post(f"{page}answer/", {"answer": "yes"})
    typed = {"version": meeting.version, "how": "video", "where": LINK}
    said = alice.post(f"{page}place/", typed, follow=True).content.decode()
    assert "Everybody who comes has it in their calendar." in said
    assert f'href="{LINK}"' in said
    assert f"Held now: by video, {LINK}" in said
    assert "Add where you meet" not in alice.get("/meetings/").content.decode()
    mail = sent(mail_server, "meeting.place", "sam")
    calendar, method = calendar_of(mail)
    (event,) = calendar.walk("VEVENT")
    assert (method, event["SEQUENCE"], event["LOCATION"]) == ("REQUEST", 1, LINK)
    assert event.start == meeting.starts_at
    assert LINK in plain(mail)
    assert parts(meeting)["sam"].answer == Answer.YES
    # The same again tells nobody.
    change_place(
        by=cast.reader("alice"), reference=meeting.reference, how=How.VIDEO, where=LINK, version=3
    )
    assert Notification.objects.filter(kind="meeting.place", recipient=cast.sam).count() == 2


def test_a_place_names_no_person_and_another_team_does_not_change_it(cast: Cast, as_: As) -> None:
    meeting = booked(cast, arranged(cast, about=send(cast).reference))
    given = {"reference": meeting.reference, "how": How.IN_PERSON, "version": meeting.version}
    name = meeting.items.get().referral.person.name
    with pytest.raises(Refused, match="it names no person"):
        change_place(by=cast.reader("alice"), where=f"At {name}’s", **given)
    typed = {"version": meeting.version, "how": "in-person", "where": f"At {name}’s"}
    page = as_("alice").post(f"/meetings/{meeting.reference}/place/", typed)
    assert page.status_code == 409
    assert "as it stands now" not in page.content.decode()  # nobody has changed it
    with pytest.raises(NotAllowed):
        change_place(by=cast.reader("sam"), where="Room 2", **given)
    change_place(by=cast.reader("alice"), where="Room 2", **given)
    with pytest.raises(Stale):
        change_place(by=cast.reader("alice"), where="Room 3", **given)


def test_two_who_change_it_at_once_are_shown_both(cast: Cast, as_: As) -> None:
    meeting = booked(cast, arranged(cast))
    address, alice = f"/meetings/{meeting.reference}/place/", as_("alice")
    typed = {"version": meeting.version, "how": "in-person", "where": "Room 2"}
    assert alice.post(address, typed).status_code == 302
    late = alice.post(address, {**typed, "where": "Room 3"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "It is held in person, Room 2 as it stands now" in page
    assert 'value="Room 3"' in page
    again = {**typed, "where": "Room 3", "version": meeting.version + 1}
    assert alice.post(address, again).status_code == 302
    meeting.refresh_from_db()
    assert meeting.where == "Room 3"


def test_what_is_over_keeps_its_place(cast: Cast, as_: As) -> None:
    meeting = held.booked(cast, start=now() - timedelta(days=3))
    page = f"/meetings/{meeting.reference}/"
    assert "Change how and where" not in as_("alice").get(page).content.decode()
    with pytest.raises(Refused, match="has passed"):
        change_place(
            by=cast.reader("alice"),
            reference=meeting.reference,
            how=How.IN_PERSON,
            where="Room 2",
            version=meeting.version,
        )


def test_two_who_change_a_series_at_once_are_shown_what_stands(cast: Cast, as_: As) -> None:
    people = [invited(cast, name) for name in ("alice", "sam")]
    series = series_of(cast, members=("alice", "sam"), where="")
    make_ahead()
    address, alice = f"/meetings/series/{series.reference}/change/", as_("alice")
    typed = {**fields_of(alice.get(address)), "title": ["Another name"]}
    change_series(
        by=cast.reader("alice"),
        reference=series.reference,
        plan=replace(plan(), where=LINK),
        members=people,
        version=series.version,
    )
    late = alice.post(address, typed)
    page = late.content.decode()
    assert late.status_code == 409
    assert "As it stands now: “Neighbourhood meeting”. Meets on the second Tuesday" in page
    assert LINK in page
    assert made(series)[0].where == LINK


def test_a_series_takes_its_meetings_to_its_new_place(cast: Cast) -> None:
    series = series_of(cast, members=("alice", "sam"))
    make_ahead()
    first, *later = made(series)
    own = {"how": How.IN_PERSON, "where": "The library", "version": first.version}
    change_place(by=cast.reader("alice"), reference=first.reference, **own)
    people = [invited(cast, name) for name in ("alice", "sam")]
    change_series(
        by=cast.reader("alice"),
        reference=series.reference,
        plan=replace(plan(), where=LINK),
        members=people,
        version=series.version,
    )
    assert later
    for meeting in later:
        meeting.refresh_from_db()
        assert (meeting.where, meeting.sequence) == (LINK, 1)
    assert Meeting.objects.get(pk=first.pk).where == "The library"
    told = Notification.objects.filter(kind="meeting.place", recipient=cast.sam, channel="email")
    assert told.count() == 1 + len(later)

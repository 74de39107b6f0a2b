"""Who is added, taken out, or comes after all, and what they are told."""

from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client

from meetings.actions.answer import answer
from meetings.actions.book import cancel
from meetings.actions.people import remove
from meetings.calendar import feed as calendar_text
from meetings.presenters.times import long_when
from meetings.queries import feed_rows
from meetings.states import Answer, Attendance
from portal.core.clock import london, now
from portal.core.refused import Refused
from portal.notifications.models import Notification
from portal.worktime.models import Booking
from portal.worktime.packing import minute_of
from portal.worktime.states import SessionKind
from tests.cast import Cast
from tests.conftest import send
from tests.mail_server import MailServer
from tests.meetings.conftest import arranged, booked, topic, works
from tests.meetings.test_book import SPLIT, parts, taken
from tests.meetings.test_invitations import calendar_of, link_of, plain, sent
from tests.notifications.conftest import mail_server  # noqa: F401 (the fixture)

As = Callable[[str], Client]


def test_somebody_is_added_and_taken_out_afterwards(cast: Cast, as_: As) -> None:
    meeting = booked(cast, arranged(cast))
    address, browser = f"/meetings/{meeting.reference}/people/", as_("alice")
    tess = f"{cast.tess.pk}-{cast.teams['front_door'].pk}"
    found = browser.post(address, {"search": "tess", "do": "search"}).content.decode()
    assert "Tess Tate, Triage lead, Trafford front door" in found
    browser.post(address, {"add": tess, "need": "must", "version": "2"})
    assert "Tess Tate" in taken(meeting)
    assert Notification.objects.filter(kind="meeting.invited", recipient=cast.tess).count() == 2
    part = parts(meeting)["tess"].pk
    browser.post(address, {"remove": str(part), "version": "2"})  # out of date
    assert "Tess Tate" in taken(meeting)
    browser.post(address, {"remove": str(part), "version": "3"})
    assert "Tess Tate" not in taken(meeting)
    assert as_("tess").get(f"/meetings/{meeting.reference}/").status_code == 404
    out = {"remove": str(parts(meeting)["sam"].pk), "version": "4"}
    page = browser.post(address, out, follow=True).content.decode()
    assert "Cancel the meeting instead" in page


def test_who_comes_for_one_point_and_said_no_comes_after_all_for_that_point(cast: Cast) -> None:
    works(cast, "alice", SPLIT)
    items = [topic(cast, "One", 20), topic(cast, "Two", 10, needs=["alice"])]
    meeting = arranged(cast, by="sam", must=["sam", "hugo", "alice"], items=items)
    meeting = booked(cast, meeting, "sam")
    own = taken(meeting)["Dr Alice Abbot"]
    alice = cast.reader("alice")
    answer(by=alice, reference=meeting.reference, answer=Answer.NO)
    answer(by=alice, reference=meeting.reference, answer=Answer.YES)
    assert taken(meeting)["Dr Alice Abbot"] == own
    assert parts(meeting)["alice"].attendance == Attendance.PART
    invitations = Notification.objects.filter(kind="meeting.invited", recipient=cast.alice)
    # Once when it was booked, and to their calendar when they come after all.
    assert invitations.filter(channel="email").count() == 2


def test_who_leaves_and_comes_back_reads_when_they_are_expected(
    cast: Cast,
    as_: As,
    mail_server: MailServer,  # noqa: F811
) -> None:
    works(
        cast,
        "alice",
        [
            ("08:00", "12:00", SessionKind.CLINIC),
            ("12:20", "12:25", SessionKind.CLINIC),
            ("12:45", "18:00", SessionKind.CLINIC),
        ],
    )
    works(
        cast,
        "hugo",
        [("08:00", "12:00", SessionKind.CLINIC), ("13:00", "18:00", SessionKind.CLINIC)],
    )
    items = [
        topic(cast, "One", 10, needs=["alice"]),
        topic(cast, "Two", 15, needs=["hugo"]),
        topic(cast, "Three", 10, needs=["alice"]),
    ]
    meeting = arranged(
        cast, by="sam", must=["sam", "hugo", "alice"], items=items, minutes=35, latest=time(13)
    )
    meeting = booked(cast, meeting, "sam")
    stays = Booking.objects.filter(user=cast.alice, released_at__isnull=True).order_by("during")
    assert len(stays) == 2
    mail = sent(mail_server, "meeting.invited", "alice")
    calendar, _ = calendar_of(mail)
    (event,) = calendar.walk("VEVENT")
    clocks = [
        f"{london(each.during.lower):%H:%M} to {london(each.during.upper):%H:%M}" for each in stays
    ]
    said = " and ".join(clocks)
    assert f"You are expected {said}" in str(event["DESCRIPTION"])
    assert said in plain(mail)
    assert f"You are expected {said}" in as_("alice").get(link_of(mail)).content.decode()
    page = as_("sam").get(f"/meetings/{meeting.reference}/").content.decode()
    assert f"{said} only" in page
    rows = feed_rows(cast.reader("alice"), now())
    assert [(met.pk, stays) for met, stays in rows] == [
        (meeting.pk, [(each.during.lower, each.during.upper) for each in stays])
    ]
    assert f"You are expected {said}" in calendar_text(rows)


def test_who_says_no_has_it_taken_out_of_their_calendar_and_put_back_with_a_yes(
    cast: Cast,
    mail_server: MailServer,  # noqa: F811
) -> None:
    meeting = booked(cast, arranged(cast, about=send(cast).reference))
    sam = cast.reader("sam")
    answer(by=sam, reference=meeting.reference, answer=Answer.NO)
    calendar, method = calendar_of(sent(mail_server, "meeting.declined", "sam"))
    (event,) = calendar.walk("VEVENT")
    assert (method, event["UID"], event["SEQUENCE"]) == ("CANCEL", meeting.uid, 1)
    assert event.start == meeting.starts_at
    Notification.objects.all().delete()
    answer(by=sam, reference=meeting.reference, answer=Answer.YES)
    calendar, method = calendar_of(sent(mail_server, "meeting.invited", "sam"))
    (event,) = calendar.walk("VEVENT")
    assert (method, event["UID"], event["SEQUENCE"]) == ("REQUEST", meeting.uid, 2)
    answer(by=sam, reference=meeting.reference, answer=Answer.WRITING)
    mail = sent(mail_server, "meeting.asked-in-writing", "sam")
    assert calendar_of(mail)[1] == "CANCEL"
    assert "Write to your points" in plain(mail)


def test_what_a_meeting_is_cancelled_for_names_nobody_whom_it_is_about(cast: Cast) -> None:
    meeting = booked(cast, arranged(cast, about=send(cast).reference))
    person = meeting.items.get().referral.person
    for words in (f"{person.name} has moved away", "999 012 3454 has moved away"):
        with pytest.raises(Refused, match="names no person"):
            cancel(by=cast.reader("alice"), reference=meeting.reference, words=words, version=2)
    assert taken(meeting)


def test_who_is_taken_out_is_told_that_and_not_that_it_is_cancelled(
    cast: Cast,
    mail_server: MailServer,  # noqa: F811
) -> None:
    meeting = booked(cast, arranged(cast, must=["alice", "sam", "hugo"]))
    out = parts(meeting)["sam"].pk
    remove(by=cast.reader("alice"), reference=meeting.reference, participant=out, version=2)
    mail = sent(mail_server, "meeting.removed", "sam")
    calendar, method = calendar_of(mail)
    (event,) = calendar.walk("VEVENT")
    assert (method, event["SEQUENCE"], event["UID"]) == ("CANCEL", 1, meeting.uid)
    assert "The meeting is held, and you need not come" in plain(mail)
    assert not Notification.objects.filter(kind="meeting.cancelled").exists()


def test_who_must_be_there_and_cannot_come_is_seen_by_the_organiser(cast: Cast, as_: As) -> None:
    meeting = booked(cast, arranged(cast))
    page, alice = f"/meetings/{meeting.reference}/", as_("alice")
    answer(by=cast.reader("sam"), reference=meeting.reference, answer=Answer.NO)
    assert "Sam Sharp must be there and cannot come" in alice.get(page).content.decode()
    assert "Sam Sharp must be there" not in as_("sam").get(page).content.decode()
    waits = alice.get("/meetings/").content.decode().partition("Waits for you")[2]
    assert "Somebody who must be there cannot come" in waits.partition("Coming")[0]


def test_who_has_no_agenda_to_write_to_is_not_offered_to_write(
    cast: Cast,
    as_: As,
    mail_server: MailServer,  # noqa: F811
) -> None:
    meeting = booked(cast, arranged(cast))
    link = link_of(sent(mail_server, "meeting.invited", "sam"))
    for page in (link, f"/meetings/{meeting.reference}/"):
        said = as_("sam").get(page).content.decode()
        assert "I cannot come" in said
        assert "I answer in writing" not in said


def test_a_meeting_that_is_moved_is_not_offered_the_time_that_it_has(cast: Cast, as_: As) -> None:
    meeting = booked(cast, arranged(cast))
    page = as_("alice").get(f"/meetings/{meeting.reference}/find/").content.decode()
    has = f'name="start" value="{minute_of(meeting.starts_at)}"'
    assert f"Now: <strong>{long_when(meeting.starts_at, meeting.ends_at)}" in page
    assert page.count('name="start"') == 5
    assert has not in page

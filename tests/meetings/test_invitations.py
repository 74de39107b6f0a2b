"""What arrives: real mails with real calendars, and the link that answers."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from django.test import Client
from icalendar import Calendar

from meetings.actions.answer import answer, answer_by_link
from meetings.actions.book import cancel, move
from meetings.models import AnswerLink, Contribution, Meeting, Participant
from meetings.states import Answer, Attendance
from portal.core.refused import Refused
from portal.notifications.composing import compose
from portal.notifications.courier import Courier
from portal.notifications.models import Notification
from portal.worktime.models import Booking
from tests.cast import Cast
from tests.conftest import send
from tests.mail_server import MailServer
from tests.meetings.conftest import arranged, booked, new_key, topic, works
from tests.meetings.test_book import SPLIT, parts, taken
from tests.notifications.conftest import mail_server  # noqa: F401 (the fixture)

As = Callable[[str], Client]
NOBODY = ("Margaret", "Example", "9990123454", "999 012 3454", "Alice", "Sam Sharp")


def sent(server: MailServer, kind: str, name: str) -> EmailMessage:
    """The mail of a kind to somebody, as their server got it."""
    row = Notification.objects.get(
        kind=kind, channel="email", recipient__email=f"{name}@test.example"
    )
    with Courier() as courier:
        courier.carry(compose(row, f"{name}@test.example"))
    return server.to(f"{name}@test.example")[-1].message


def calendar_of(mail: EmailMessage) -> tuple[Calendar, str]:
    """The invitation in a mail, and the method that its header names."""
    part = next(each for each in mail.walk() if each.get_content_type() == "text/calendar")
    return Calendar.from_ical(part.get_content()), str(part.get_param("method"))


def plain(mail: EmailMessage) -> str:
    """What is read."""
    return str(mail.get_body(("plain",)).get_content())


def link_of(mail: EmailMessage) -> str:
    """The path of the link that answers."""
    line = next(line for line in plain(mail).splitlines() if "/meetings/answer/" in line)
    return line[line.index("/meetings/") :]


def test_an_invitation_is_a_request_that_names_no_person(
    cast: Cast,
    mail_server: MailServer,  # noqa: F811
) -> None:
    meeting = booked(cast, arranged(cast, about=send(cast).reference))
    mail = sent(mail_server, "meeting.invited", "sam")
    calendar, method = calendar_of(mail)
    assert (method, calendar["METHOD"]) == ("REQUEST", "REQUEST")
    (event,) = calendar.walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (meeting.uid, 0, "CONFIRMED")
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert event.start == meeting.starts_at
    assert event.end == meeting.ends_at
    assert event.start.tzinfo.key == "Europe/London"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert event["ATTENDEE"] == "mailto:sam@test.example"
    assert "test.example" not in str(event["ORGANIZER"])
    assert event["SUMMARY"] == "Support at home"
    whole = mail.as_string() + plain(mail) + calendar.to_ical().decode()
    assert not [name for name in NOBODY if name in whole.replace("example.", "")]
    # Another program reads the same day and time out of it.
    day = meeting.starts_at.astimezone(ZoneInfo("Europe/London")).date()
    assert len(recurring_ical_events.of(calendar).at(day)) == 1


def test_part_attenders_are_invited_for_their_own_minutes(
    cast: Cast,
    mail_server: MailServer,  # noqa: F811
) -> None:
    works(cast, "alice", SPLIT)
    items = [topic(cast, "One", 20), topic(cast, "Two", 10, needs=["alice"])]
    meeting = booked(
        cast, arranged(cast, by="sam", must=["sam", "hugo", "alice"], items=items), "sam"
    )
    alice = parts(meeting)["alice"]
    calendar, _ = calendar_of(sent(mail_server, "meeting.invited", "alice"))
    (event,) = calendar.walk("VEVENT")
    assert (event.start, event.end) == (alice.starts_at, alice.ends_at)
    assert event.end - event.start == timedelta(minutes=10)


def test_moved_and_cancelled_keep_the_uid_and_raise_the_sequence(
    cast: Cast,
    mail_server: MailServer,  # noqa: F811
) -> None:
    meeting = booked(cast, arranged(cast))
    by = cast.reader("alice")
    later = meeting.starts_at + timedelta(minutes=10)
    meeting = move(
        by=by, reference=meeting.reference, start=later, version=meeting.version, key=new_key()
    )
    calendar, method = calendar_of(sent(mail_server, "meeting.moved", "sam"))
    (event,) = calendar.walk("VEVENT")
    assert (method, event["UID"], event["SEQUENCE"]) == ("REQUEST", meeting.uid, 1)
    assert event.start == later
    cancel(by=by, reference=meeting.reference, words="Not needed", version=meeting.version)
    calendar, method = calendar_of(sent(mail_server, "meeting.cancelled", "sam"))
    (event,) = calendar.walk("VEVENT")
    assert (method, event["SEQUENCE"], event["STATUS"]) == ("CANCEL", 2, "CANCELLED")
    assert event["UID"] == meeting.uid


@pytest.mark.parametrize("said", [Answer.YES, Answer.NO, Answer.WRITING])
def test_answered_by_link_without_signing_in(
    cast: Cast,
    client: Client,
    mail_server: MailServer,  # noqa: F811
    said: Answer,
) -> None:
    meeting = booked(cast, arranged(cast, about=send(cast).reference))
    link = link_of(sent(mail_server, "meeting.invited", "sam"))
    page = client.get(link)
    html = page.content.decode()
    assert (page.status_code, "Case meeting, 30 minutes, by video" in html) == (200, True)
    assert not [name for name in (*NOBODY[:4], meeting.title, meeting.reference) if name in html]
    assert parts(meeting)["sam"].answer == Answer.NONE  # looking answers nothing
    assert client.post(link, {"answer": said.value}).status_code == 200
    sam = parts(meeting)["sam"]
    assert (sam.answer, sam.answered_at is not None) == (said, True)
    assert ("Sam Sharp" in taken(meeting)) is (said is Answer.YES)
    assert Contribution.objects.filter(participant=sam).exists() is (said is Answer.WRITING)
    heard = Notification.objects.filter(kind="meeting.answered", recipient=cast.alice)
    assert heard.count() == 2


def test_a_link_answers_no_more_once_moved_over_or_wrong(
    cast: Cast,
    client: Client,
    mail_server: MailServer,  # noqa: F811
) -> None:
    meeting = booked(cast, arranged(cast))
    link = link_of(sent(mail_server, "meeting.invited", "sam"))
    assert client.get("/meetings/answer/none/").status_code == 404
    later = meeting.starts_at + timedelta(minutes=10)
    by, reference = cast.reader("alice"), meeting.reference
    move(by=by, reference=reference, start=later, version=2, key=new_key())
    assert client.post(link, {"answer": "yes"}).status_code == 404
    row = AnswerLink.objects.get(participant__user=cast.sam, revoked_at=None)
    assert len(row.token_digest) == 64
    assert row.expires_at == later + timedelta(minutes=30)
    new = link_of(sent(mail_server, "meeting.moved", "sam"))
    AnswerLink.objects.update(expires_at=meeting.created_at)
    assert client.post(new, {"answer": "yes"}).status_code == 404
    assert parts(meeting)["sam"].answer == Answer.NONE


def test_who_said_no_comes_after_all_unless_booked_elsewhere(cast: Cast) -> None:
    meeting = booked(cast, arranged(cast))
    sam, at = cast.reader("sam"), (meeting.starts_at, meeting.ends_at)
    answer(by=sam, reference=meeting.reference, answer=Answer.NO)
    assert parts(meeting)["sam"].attendance == Attendance.MISSING
    answer(by=sam, reference=meeting.reference, answer=Answer.YES)
    assert taken(meeting)["Sam Sharp"] == at
    answer(by=sam, reference=meeting.reference, answer=Answer.NO)
    Booking.objects.create(user=cast.sam, during=at, subject="elsewhere")
    with pytest.raises(Refused, match="booked elsewhere"):
        answer(by=sam, reference=meeting.reference, answer=Answer.YES)


def test_the_page_answers_too_and_only_for_those_invited(cast: Cast, as_: As) -> None:
    meeting = booked(cast, arranged(cast, by="ada", must=["alice", "sam"]), "ada")
    address = f"/meetings/{meeting.reference}/"
    assert "Do you come?" in as_("sam").get(address).content.decode()
    page = as_("sam").post(f"{address}answer/", {"answer": "yes"}, follow=True)
    assert "You have said that you come" in page.content.decode()
    assert "Do you come?" not in as_("ada").get(address).content.decode()
    assert as_("ada").post(f"{address}answer/", {"answer": "yes"}).status_code == 403
    assert Participant.objects.filter(meeting=meeting, answer="yes").count() == 1


def test_a_token_of_another_meeting_changes_nothing_here(cast: Cast) -> None:
    one, two = booked(cast, arranged(cast)), booked(cast, arranged(cast))
    with pytest.raises(Exception, match="Not there"):
        answer_by_link(token="x" * 43, answer=Answer.YES)
    assert Meeting.objects.filter(pk__in=[one.pk, two.pk], version=2).count() == 2


def test_a_page_tells_of_other_items_only_that_they_take_time(cast: Cast, as_: As) -> None:
    theirs = send(cast, by="gina", team="grove", to="other_front_door").reference
    items = [topic(cast, "All", 10), topic(cast, "Of one", 20, referral=theirs)]
    meeting = arranged(cast, by="gina", must=["gina", "sam"], items=items)
    whole = as_("gina").get(f"/meetings/{meeting.reference}/").content.decode()
    assert ("Of one" in whole, theirs in whole, "Macro" in whole) == (True, True, False)
    part = as_("sam").get(f"/meetings/{meeting.reference}/").content.decode()
    assert ("Of one" in part, theirs in part) == (False, False)
    assert "Another 20 minutes are about people in whose care you have no part" in part


def test_the_feed_has_ones_own_minutes_and_no_person(cast: Cast, as_: As, client: Client) -> None:
    meeting = booked(cast, arranged(cast, about=send(cast).reference))
    page = as_("sam").post("/meetings/feed/", {"do": "make"}).content.decode()
    address = page[page.index("/meetings/feed/", page.index("<code>")) :].partition("<")[0]
    feed = client.get(address)
    assert (feed.status_code, feed["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert feed["Cache-Control"].startswith("private")
    (event,) = Calendar.from_ical(feed.content).walk("VEVENT")
    assert (event["UID"], event["STATUS"], event.start) == (
        meeting.uid,
        "CONFIRMED",
        meeting.starts_at,
    )
    assert not [name for name in NOBODY if name in feed.content.decode().replace("example.", "")]
    cancel(by=cast.reader("alice"), reference=meeting.reference, words="No", version=2)
    (event,) = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"
    assert client.get("/meetings/feed/none.ics").status_code == 404
    as_("sam").post("/meetings/feed/", {"do": "make"})  # the one before opens nothing any more
    assert client.get(address).status_code == 404

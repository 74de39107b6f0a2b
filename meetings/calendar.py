"""Meetings as calendars read them (RFC 5545). No person stands in them: neither the one it is
about nor who else comes; the title, how and where, the reader's own minutes, and the page."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from meetings.models import Meeting
from meetings.presenters.times import clock_spans
from meetings.references import path_to
from meetings.states import HOW_WORDS, How, Status
from meetings.stays import Stretch
from portal.core.clock import LONDON, now

_MAKER = "-//Common Ground//Meetings//EN"


def request(meeting: Meeting, stays: Sequence[Stretch]) -> str:
    """The invitation of one participant, for the minutes in which they are there: one or more
    stretches."""
    return _text("REQUEST", [_event(meeting, stays, cancelled=False)])


def cancellation(meeting: Meeting, start: datetime, end: datetime) -> str:
    """What takes the meeting out of the calendar of somebody who had it from `start` to `end`."""
    return _text("CANCEL", [_event(meeting, [(start, end)], cancelled=True)])


def feed(rows: Iterable[tuple[Meeting, Sequence[Stretch]]]) -> str:
    """The meetings of one reader with their own minutes; cancelled ones are shown as that."""
    events = [
        _event(meeting, stays, cancelled=meeting.status == Status.CANCELLED)
        for meeting, stays in rows
    ]
    return _text("PUBLISH", events, name="Common Ground: my meetings")


def _text(method: str, events: list[Event], name: str = "") -> str:
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", vText("PT1H"), parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def _event(meeting: Meeting, stays: Sequence[Stretch], *, cancelled: bool) -> Event:
    """One event from their first minute to their last; who leaves and comes back reads in it when
    they stay."""
    says = ""
    if len(stays) > 1 and not cancelled:
        says = f"You are expected {clock_spans(stays)}; in between you can leave. "
    page = settings.BASE_URL + path_to(meeting.reference)
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now())
    event.add("dtstart", stays[0][0].astimezone(LONDON))
    event.add("dtend", stays[-1][1].astimezone(LONDON))
    event.add("summary", meeting.title)
    event.add("location", meeting.where or HOW_WORDS[How(meeting.how)])
    event.add("description", f"{says}Agenda and answer, after signing in: {page}")
    event.add("url", page)
    organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["CN"] = vText("Common Ground")
    event.add("organizer", organiser, encode=False)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return event

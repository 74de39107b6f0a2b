"""My meetings, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meetings import access
from meetings.actions.look import open_meeting
from meetings.presenters import meeting as words
from meetings.presenters.lists import parts
from meetings.queries import lists
from meetings.rules import can_event
from meetings.states import Event, Status
from portal.accounts.access import reader_of
from portal.core.clock import now


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The reader's meetings: what waits for them, what comes, what was."""
    reader, at = reader_of(request), now()
    context = {"parts": parts(lists(reader, at), at, reader.user.pk)}
    return render(request, "meetings/meetings.jinja", context)


@require_GET
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Read one meeting."""
    reader, at = reader_of(request), now()
    found = open_meeting(by=reader, reference=reference)
    meeting = found.meeting
    status = Status(meeting.status)
    organises = access.organises(reader, meeting) and meeting.begun_at is None
    context = {
        "meeting": meeting,
        "found": found,
        "here": f"/meetings/{meeting.reference}/",
        "shown": words.shown(meeting),
        "comers": words.comers(found),
        "agenda": words.agenda(found),
        "hidden": words.hidden_words(found),
        "history": words.history(found.changes, at),
        "may": {
            "find": organises and can_event(status, Event.BOOK),
            "move": organises and can_event(status, Event.MOVE),
            "cancel": organises and can_event(status, Event.CANCEL),
        },
    }
    return render(request, "meetings/meeting.jinja", context)

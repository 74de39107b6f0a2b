"""My meetings, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meetings import access
from meetings.actions.look import open_actions, open_meeting
from meetings.forms.visits import VisitSayForm
from meetings.page_parts import first_meetings, own_minutes
from meetings.presenters import clashes
from meetings.presenters import meeting as words
from meetings.presenters.at import after_booking
from meetings.presenters.doing import open_rows
from meetings.presenters.lists import parts
from meetings.presenters.visits import visit_shown
from meetings.queries import lists
from meetings.references import path_to
from meetings.rules import can_event, place_changes
from meetings.states import Event, Kind, Status
from portal.accounts.access import reader_of
from portal.accounts.roles import May
from portal.core.clock import now, today
from portal.core.references import new_opaque_id
from portal.ui.forms import error_list


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The reader's meetings: what waits for them, what comes, what was."""
    reader, at = reader_of(request), now()
    to_do, _ = open_actions(by=reader, since=at)
    context = {
        "parts": parts(lists(reader, at), at, reader.user.pk),
        "to_do": open_rows(to_do, today()),
        "offers": first_meetings(reader, at),
        "clinic": own_minutes(reader),
        "refers": reader.may(May.REFER),
    }
    return render(request, "meetings/meetings.jinja", context)


@require_GET
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Read one meeting."""
    return show(request, reference)


def show(
    request: HttpRequest, reference: str, *, form: VisitSayForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of one; `form` is what the host of a visit said, where it came back with errors."""
    reader, at = reader_of(request), now()
    found = open_meeting(by=reader, reference=reference)
    meeting = found.meeting
    stands = Status(meeting.status)
    visit = access.visit_of(meeting) if meeting.kind == Kind.VISIT else None
    organises = access.organises(reader, meeting) and meeting.begun_at is None
    context = {
        "meeting": meeting,
        "found": found,
        "here": path_to(meeting.reference),
        "shown": words.shown(meeting),
        "comers": words.comers(found),
        "agenda": words.agenda(found),
        "refused": words.refused_words(found, at) if organises and not visit else "",
        "hidden_words": words.hidden_words(found),
        "history": words.history(found.changes, at),
        "clash": clashes.shown(found, reader, organises=organises),
        "visit": visit_shown(meeting, visit, reader.user.pk),
        "visit_form": form
        or VisitSayForm(initial={"key": new_opaque_id(), "version": str(meeting.version)}),
        "errors": error_list(form),
        "own_words": words.own_words(found),
        "answer": found.part.answer if found.part else "",
        "writes": bool(found.items or found.hidden_minutes),
        "may": {
            **after_booking(found, at),
            "people": organises and can_event(stands, Event.CANCEL),
            "place": organises and place_changes(stands, meeting.begun_at, meeting.ends_at, at),
            "answer": found.part is not None
            and stands == Status.BOOKED
            and bool(meeting.ends_at and meeting.ends_at > at),
            "find": organises and visit is None and can_event(stands, Event.BOOK),
            "move": organises and visit is None and can_event(stands, Event.MOVE),
            "cancel": organises and can_event(stands, Event.CANCEL),
        },
    }
    return render(request, "meetings/meeting.jinja", context, status=status)

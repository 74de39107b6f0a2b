"""Finding a time, booking it, moving to another, cancelling."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings import access
from meetings.actions import book as booking
from meetings.asking import Change
from meetings.colleagues import looked_after
from meetings.finding import found_for
from meetings.forms.booking import BookForm, CancelForm
from meetings.in_clinics import minutes_in_clinics
from meetings.models import Meeting
from meetings.presenters import finding as words
from meetings.presenters import meeting as meeting_words
from meetings.rules import check_event, check_not_begun
from meetings.states import Event, Kind, Status
from meetings.views.frame import DONE, attempt
from portal.accounts.access import Reader, reader_of
from portal.core.references import new_opaque_id
from portal.core.refused import NotAllowed, Refused
from portal.core.taken import took_nothing
from portal.ui.forms import LOST
from portal.worktime.packing import moment_of


@require_GET
def find(request: HttpRequest, reference: str) -> HttpResponse:
    """The best times, what would open more, and what stands in the way."""
    reader = reader_of(request)
    meeting = access.get_meeting(reader, reference, "organise")
    if meeting.kind == Kind.VISIT:
        # Its times are the host's own sessions, and the host says which suits them.
        return redirect("meeting-visit-again", reference=meeting.reference)
    event = Event.MOVE if meeting.starts_at else Event.BOOK
    try:
        check_event(Status(meeting.status), event)
        check_not_begun(meeting.begun_at)
    except Refused as no:
        messages.warning(request, no.sentence)
        return redirect("meeting", reference=meeting.reference)
    return _show(request, reader, meeting, Change.read(request.GET))


@require_POST
def book(request: HttpRequest, reference: str) -> HttpResponse:
    """Book one of them, or move the meeting there; who comes second sees what is left."""
    reader = reader_of(request)
    meeting = access.get_meeting(reader, reference, "organise")
    form = BookForm(request.POST)
    if not form.is_valid():
        messages.warning(request, LOST)
        return _show(request, reader, meeting, form.change, status=422)
    again = meeting.starts_at is not None
    given = form.cleaned_data
    try:
        (booking.move if again else booking.book)(
            by=reader,
            reference=meeting.reference,
            start=moment_of(given["start"]),
            version=given["version"],
            key=given["key"],
            shown=given["shown"],
            change=form.change,
        )
    except NotAllowed:
        raise
    except Refused as no:
        return _lost(request, reader, reference, form.change, no, again=again)
    done = (
        "Moved. Everybody has been asked again."
        if again
        else ("Booked. Everybody has been invited.")
    )
    messages.success(request, done)
    return redirect("meeting", reference=meeting.reference)


def _lost(
    request: HttpRequest,
    reader: Reader,
    reference: str,
    change: Change,
    no: Refused,
    *,
    again: bool,
) -> HttpResponse:
    """Nothing was booked: the next best stands first on the page that comes back."""
    meeting = access.get_meeting(reader, reference, "organise")
    if meeting.status not in (Status.ARRANGING, Status.BOOKED):
        messages.warning(request, no.sentence)
        return took_nothing(redirect("meeting", reference=meeting.reference))
    if not again and meeting.status == Status.BOOKED and no.code in ("wrong-status", "stale"):
        # A colleague was quicker, or the button was pressed twice: it has a time.
        messages.warning(request, "This meeting has a time already: somebody was quicker.")
        return took_nothing(redirect("meeting", reference=meeting.reference))
    return _show(request, reader, meeting, change, status=no.status, lost=no.sentence)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Cancel it, with words."""
    reader = reader_of(request)
    meeting = access.get_meeting(reader, reference, "organise")
    hidden = {"key": new_opaque_id(), "version": str(meeting.version)}
    form = CancelForm(request.POST if request.method == "POST" else None, initial=hidden)
    status = 200
    if request.method == "POST":
        status = attempt(
            reader,
            form,
            lambda by: booking.cancel(by=by, reference=reference, **form.cleaned_data),
        )
    if status == DONE:
        messages.success(request, "Cancelled. Those who were invited have been told.")
        return redirect("meeting", reference=meeting.reference)
    context = {"form": form, "meeting": meeting, "shown": meeting_words.shown(meeting)}
    return render(request, "meetings/cancel.jinja", context, status=status)


def _show(
    request: HttpRequest,
    reader: Reader,
    meeting: Meeting,
    change: Change,
    *,
    status: int = 200,
    lost: str = "",
) -> HttpResponse:
    made, found = found_for(meeting, reader_id=reader.user.pk, change=change)
    context = {
        "meeting": meeting,
        "lost": lost,
        "now_words": meeting_words.shown(meeting).heading if meeting.starts_at else "",
        "subtitle": words.subtitle(made),
        "options": words.options(made, found),
        "openings": words.openings(made, found),
        "obstacles": [each.sentence for each in found.obstacles],
        "has_items": bool(made.ask.topics),
        "nobody": found.whole + found.part == 0,
        "changed": words.changed_words(made),
        "change": made.change.given,
        "unknown": words.unknown(
            made, reader.user.pk, looked_after(reader, [each.user_id for each in made.people])
        ),
        "clinic": words.clinic_words(
            made, minutes_in_clinics({each.team_id for each in made.people})
        ),
        "new_key": new_opaque_id,
    }
    return render(request, "meetings/find.jinja", context, status=status)

"""Visits: asking for one, and what the host says."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from meetings import access
from meetings.actions.visit import accept_visit, ask_again, ask_for_visit, decline_visit
from meetings.colleagues import of_teams
from meetings.forms.booking import ButtonForm
from meetings.forms.visits import VisitAgainForm, VisitForm, VisitSayForm
from meetings.models import Meeting, Visit
from meetings.partners import partner
from meetings.presenters.visits import nothing_fits
from meetings.references import path_to
from meetings.views import meetings
from meetings.views.frame import DONE, attempt, press
from meetings.visit_times import offered_times
from portal.accounts.access import Reader, reader_of
from portal.core.references import new_opaque_id
from portal.core.refused import NotAllowed, NotYours, Refused
from portal.core.taken import took_nothing
from portal.ui.forms import LOST
from portal.worktime.states import SessionKind


@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest, team: int, other: int) -> HttpResponse:
    """Whom and what; then the times that fit; then it is asked for."""
    reader = reader_of(request)
    found = partner(reader, team, other)
    data = request.POST if request.method == "POST" else None
    people = [one for one in of_teams([other]) if one.user_id != reader.user.pk]
    form = VisitForm(data, people=people, initial={"key": new_opaque_id()})
    context = {"form": form, "other": found.other, "nothing": "", "looked": False}
    status = 200
    if data is not None and not form.is_valid():
        status = 422
    elif data is not None:
        offered = offered_times(visitor_id=reader.user.pk, **form.asked)
        asking = data.get("do") == "ask"
        form = VisitForm(
            data if asking else None,
            people=people,
            initial={**data.dict(), "key": new_opaque_id()},
        )
        form.offer(offered.times)
        context |= {"form": form, "looked": True, "nothing": nothing_fits(offered)}
        if asking:
            status = 422
            if form.is_valid():
                try:
                    meeting = ask_for_visit(by=reader, team_id=team, other_id=other, **form.given())
                except NotAllowed:
                    raise
                except Refused as no:
                    form.refuse(no)
                    status = no.status
                else:
                    messages.success(
                        request, "Asked. It is booked once your host says that it suits them."
                    )
                    return redirect("meeting", reference=meeting.reference)
    return render(request, "meetings/visit.jinja", context, status=status)


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the same host for another time."""
    reader = reader_of(request)
    meeting, asked = _visit(request, reference, "organise")
    offered = offered_times(
        visitor_id=meeting.organiser_id,
        host_id=asked.host_id,
        kind=SessionKind(asked.kind),
        minutes=meeting.minutes,
    )
    data = request.POST if request.method == "POST" else None
    hidden = {"key": new_opaque_id(), "version": str(meeting.version)}
    form = VisitAgainForm(data, initial=hidden)
    form.offer(offered.times)
    status = 200
    if data is not None:
        status = attempt(
            reader,
            form,
            lambda by: ask_again(
                by=by,
                reference=reference,
                start=form.moment(),
                version=form.cleaned_data["version"],
                key=form.cleaned_data["key"],
            ),
        )
    if status == DONE:
        messages.success(request, "Asked again.")
        return redirect("meeting", reference=reference)
    context = {"form": form, "meeting": meeting, "nothing": nothing_fits(offered)}
    return render(request, "meetings/visit_again.jinja", context, status=status)


@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """It suits the host."""
    form = ButtonForm(request.POST)

    def act(by: Reader) -> object:
        return accept_visit(by=by, reference=reference, **form.cleaned_data)

    return _said(request, reference, form, act, "Booked. It is in both your calendars.")


@require_POST
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """It does not suit the host."""
    form = VisitSayForm(request.POST)
    _, asked = _visit(request, reference, "read")
    if not form.is_valid() and asked.host_id == reader_of(request).user.pk:
        return meetings.show(request, reference, form=form, status=422)

    def act(by: Reader) -> object:
        return decline_visit(by=by, reference=reference, **form.cleaned_data)

    return _said(request, reference, form, act, "Your visitor has been told.")


def _said(
    request: HttpRequest,
    reference: str,
    form: ButtonForm,
    act: Callable[[Reader], object],
    done: str,
) -> HttpResponse:
    _visit(request, reference, "read")
    if not form.is_valid():
        messages.warning(request, LOST)
        return took_nothing(redirect("meeting", reference=reference))
    return press(request, path_to(reference), act, done)


def _visit(request: HttpRequest, reference: str, for_: access.For) -> tuple[Meeting, Visit]:
    """The meeting and what is asked for; NotYours where it is no visit."""
    meeting = access.get_meeting(reader_of(request), reference, for_)
    asked = access.visit_of(meeting)
    if asked is None:
        raise NotYours("meeting", reference)
    return meeting, asked

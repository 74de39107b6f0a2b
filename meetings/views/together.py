"""With whom one works: a first meeting, a service reflection. Visits are in visits.py."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings.actions.first import arrange_first, decline_first
from meetings.actions.reflect import arrange_reflection
from meetings.colleagues import of_teams
from meetings.first_agenda import AGENDA, MINUTES
from meetings.forms.together import TwoTeamsForm
from meetings.models import Meeting
from meetings.partners import Shared, have_never_met, partner, partners, who_shares
from meetings.presenters.together import agenda_lines, offer, partner_rows, since_words
from meetings.reflections import agenda, before
from portal.accounts.access import reader_of
from portal.accounts.roles import May
from portal.core.references import new_opaque_id
from portal.core.refused import NotAllowed, Refused
from portal.ui.words import plural


@require_GET
def together(request: HttpRequest) -> HttpResponse:
    """The teams with which the reader's share referrals, and what can be arranged with each."""
    reader = reader_of(request)
    reader.check(May.REFER)
    return render(request, "meetings/together.jinja", {"rows": partner_rows(partners(reader))})


@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, team: int, other: int) -> HttpResponse:
    """Twenty minutes with a team that one has never met: who, then the times that fit."""
    reader = reader_of(request)
    found = have_never_met(reader, team, other)

    def arrange(given: dict[str, Any]) -> Meeting:
        return arrange_first(by=reader, team_id=team, other_id=other, **given)

    context = {"offer": offer(found), "agenda": agenda_lines(AGENDA), "minutes": MINUTES}
    return two_teams(request, found, arrange, "meetings/first.jinja", context)


@require_http_methods(["GET", "POST"])
def reflection(request: HttpRequest, team: int, other: int) -> HttpResponse:
    """Two teams look at how they work together: first at what they agreed last time."""
    reader = reader_of(request)
    found = partner(reader, team, other)
    past = before(team, other)
    items = agenda(past)

    def arrange(given: dict[str, Any]) -> Meeting:
        return arrange_reflection(by=reader, team_id=team, other_id=other, **given)

    context = {
        "other": found.other,
        "since": since_words(past),
        "looks_back": bool(past.open or past.ended),
        "agenda": agenda_lines((item.title, item.points, item.minutes) for item in items),
        "minutes": plural(sum(item.minutes for item in items), "minute"),
    }
    return two_teams(request, found, arrange, "meetings/reflection.jinja", context)


@require_POST
def first_not_now(request: HttpRequest, team: int, other: int) -> HttpResponse:
    """The reader's team does not want to be offered this for some months."""
    reader = reader_of(request)
    decline_first(by=reader, team_id=team, other_id=other)
    messages.success(request, "This will not be offered to your team for four months.")
    return redirect("meetings")


def two_teams(
    request: HttpRequest,
    found: Shared,
    arrange: Callable[[dict[str, Any]], Meeting],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The sheet of two teams: shown, sent back with what is wrong, or gone on to find its time."""
    data = request.POST if request.method == "POST" else None
    form = _form(found, data)
    status = 200
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                meeting = arrange(form.given())
            except NotAllowed:
                raise
            except Refused as no:
                form.add_error("ours" if no.field == "people" else None, no.sentence)
                status = no.status
            else:
                return redirect("meeting-find", reference=meeting.reference)
    return render(request, template, {"form": form, **context}, status=status)


def _form(found: Shared, data: QueryDict | None) -> TwoTeamsForm:
    people = of_teams([found.team_id, found.other_id])
    return TwoTeamsForm(
        data,
        team=found.team,
        other=found.other,
        ours=[one for one in people if one.team_id == found.team_id],
        theirs=[one for one in people if one.team_id == found.other_id],
        suggested=who_shares(found.team_id, found.other_id),
        initial={"key": new_opaque_id()},
    )

"""The screen at the meeting: the agenda with its clocks, and who writes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from meetings import access
from meetings.actions import holding, pen
from meetings.actions.look import look_again, open_agenda
from meetings.forms.doing import ImprovementForm
from meetings.forms.held import (
    ActionForm,
    DecisionForm,
    ItemEndForm,
    UsedForm,
)
from meetings.outcome_queries import Agenda, people_for
from meetings.presenters.at import Screen, screen
from meetings.states import Kind
from meetings.views.frame import press
from portal.accounts.access import Reader, reader_of
from portal.core.clock import now
from portal.core.numbers import typed_number
from portal.core.references import new_opaque_id
from portal.ui.forms import Form


@require_GET
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """The screen. It follows by itself for those who read; the one who writes is told of news."""
    reader = reader_of(request)
    return show(request, reader, open_agenda(by=reader, reference=reference))


@require_GET
def news(request: HttpRequest, reference: str) -> HttpResponse:
    """Asked in the background: 204 while nothing has changed, else the agenda as it is now.

    Whoever has the pen gets one line: a page does not change under the hands that write on it.
    """
    reader = reader_of(request)
    meeting = access.get_meeting(reader, reference)
    if request.GET.get("since", "") == meeting.changed_at.isoformat():
        return HttpResponse(status=204)
    found = look_again(by=reader, meeting=meeting)
    shown = screen(found, reader.user.pk, now())
    if shown.has_pen or request.GET.get("line") == "1":
        return render(request, "meetings/_at_news.jinja", {"here": here(reference)})
    return render(request, "meetings/_at.jinja", context(reader, found, shown))


def here(reference: str) -> str:
    """The address of the screen."""
    return f"/meetings/{reference}/at/"


def show(
    request: HttpRequest,
    reader: Reader,
    found: Agenda,
    *,
    item: int = 0,
    form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The screen, with a form of one item that came back with errors where there is one."""
    shown = screen(found, reader.user.pk, now())
    given = context(reader, found, shown, item=item, form=form)
    return render(request, "meetings/at.jinja", {**given, "form": form}, status=status)


def context(
    reader: Reader, found: Agenda, shown: Screen, *, item: int = 0, form: Form | None = None
) -> dict[str, Any]:
    """What the screen and its refreshed part are made from."""
    return {
        "meeting": found.meeting,
        "here": here(found.meeting.reference),
        "screen": shown,
        "forms": _forms(found, shown, item, form) if shown.has_pen else {},
        "may_write": access.takes_notes(reader, found.meeting) if shown.can_begin else True,
    }


def _forms(found: Agenda, shown: Screen, item: int, form: Form | None) -> dict[int, Any]:
    """By item: the forms of the one that runs, and of each that has something in writing."""
    made: dict[int, Any] = {}
    by_pk = {each.pk: each for each in found.items}
    for row in shown.rows:
        if not row.pk:
            continue
        mine = form if row.pk == item else None
        papers = {
            paper.pk: _same(mine, UsedForm, f"used-{paper.pk}")
            or UsedForm(auto_id=f"used-{paper.pk}-%s", initial={"version": str(paper.version)})
            for paper in row.papers
            if paper.waits
        }
        made[row.pk] = {"papers": papers}
        if row.runs:
            people = [(part.user_id, part.user.name) for part in people_for(by_pk[row.pk])]
            made[row.pk] |= {
                "decision": _same(mine, DecisionForm, "decision")
                or DecisionForm(auto_id="decision-%s", initial={"key": new_opaque_id()}),
                "action": _same(mine, ActionForm, "action")
                or ActionForm(
                    auto_id="action-%s",
                    people=people,
                    reflects=found.meeting.kind == Kind.REFLECTION,
                    initial={"key": new_opaque_id()},
                ),
                "end": _same(mine, ItemEndForm, "end")
                or ItemEndForm(
                    auto_id="end-%s", about_somebody=by_pk[row.pk].referral_id is not None
                ),
            }
            if row.improvement_version:
                made[row.pk]["improvement"] = _same(
                    mine, ImprovementForm, "improvement"
                ) or ImprovementForm(
                    auto_id="improvement-%s",
                    initial={"key": new_opaque_id(), "version": str(row.improvement_version)},
                )
    return made


def _same(form: Form | None, kind: type[Form], name: str) -> Form | None:
    """The form that came back, where it is this one."""
    here = isinstance(form, kind) and str(form.auto_id).startswith(name)
    return form if here else None


@require_POST
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """The meeting begins, and whoever presses has the pen."""
    return press(
        request,
        here(reference),
        lambda by: holding.begin(by=by, reference=reference),
        "The meeting has begun. You have the pen.",
    )


@require_POST
def take_pen(request: HttpRequest, reference: str) -> HttpResponse:
    """Write for everybody from now on."""
    return press(
        request,
        here(reference),
        lambda by: pen.take_pen(
            by=by, reference=reference, held_by=typed_number(request.POST.get("held_by")) or None
        ),
        "You have the pen now.",
    )


@require_POST
def hand_pen(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the pen to somebody else who takes part."""
    return press(
        request,
        here(reference),
        lambda by: pen.hand_pen(
            by=by, reference=reference, to=typed_number(request.POST.get("to")) or None
        ),
        "The pen is handed over.",
    )


@require_POST
def begin_item(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The clock of an item runs."""
    return press(
        request,
        f"{here(reference)}#item-{pk}",
        lambda by: holding.begin_item(by=by, reference=reference, item=pk),
    )


@require_POST
def put_off(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """There was no time for it, or somebody was missing."""
    return press(
        request,
        here(reference),
        lambda by: holding.end_item(by=by, reference=reference, item=pk, put_off=True),
        "Put off. From the minutes it is carried to the next meeting.",
    )

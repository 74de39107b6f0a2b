"""What the reader has to do from meetings: the list, and how one of them ended."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from meetings.actions.finish import finish as finish_action
from meetings.actions.look import open_actions
from meetings.forms.doing import FinishForm
from meetings.outcome_access import get_action
from meetings.presenters.doing import ended_rows, open_rows
from meetings.views.frame import DONE, attempt
from portal.accounts.access import Reader, reader_of
from portal.core.clock import now, today
from portal.core.references import new_opaque_id

SHOWN_FOR = timedelta(days=30)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What is to be done, soonest first; and what has lately been."""
    return _show(request, reader_of(request))


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """It is done, or it is explained why not."""
    reader = reader_of(request)
    get_action(reader, pk)
    form = FinishForm(request.POST, auto_id=f"action-{pk}-%s")
    status = attempt(reader, form, lambda by: finish_action(by=by, action=pk, **form.given()))
    if status == DONE:
        messages.success(request, "Kept. Whoever is concerned reads it.")
        return redirect("actions")
    return _show(request, reader, pk=pk, form=form, status=status)


def _show(
    request: HttpRequest,
    reader: Reader,
    *,
    pk: int = 0,
    form: FinishForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found, ended = open_actions(by=reader, since=now() - SHOWN_FOR)
    rows = open_rows(found, today())
    forms = {
        row.pk: form
        if form is not None and row.pk == pk
        else FinishForm(
            auto_id=f"action-{row.pk}-%s",
            initial={"key": new_opaque_id(), "version": str(row.version)},
        )
        for row in rows
    }
    context = {"rows": rows, "forms": forms, "ended": ended_rows(ended), "form": form}
    return render(request, "meetings/actions.jinja", context, status=status)

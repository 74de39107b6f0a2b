"""Mails that could not be sent, for those who look after them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import reader_of
from portal.accounts.actions.mailboxes import check_is_in_use
from portal.accounts.desks import desks_of, looks_after
from portal.core.clock import now
from portal.core.refused import NotYours
from portal.notifications import handling, queries
from portal.notifications.presenters import failed_rows, handled_lines


@require_GET
def failed_mails(request: HttpRequest) -> HttpResponse:
    """What failed at the reader's desks, and what was done about others."""
    desks = _desks(request)
    context = {
        "rows": failed_rows(queries.failed_at(desks), now()),
        "handled": handled_lines(queries.handled_at(desks), now()),
    }
    return render(request, "account/failed_mails.jinja", context)


@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it back into the outbox."""
    by, desks = reader_of(request).user, _desks(request)
    handling.try_again(by=by, pk=pk, desks=desks, check=check_is_in_use)
    messages.success(
        request, "The mail is tried again now. If it fails once more, it comes back to this page."
    )
    return redirect("account-mails")


@require_POST
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """No mail is needed: they have been told."""
    handling.told_another_way(by=reader_of(request).user, pk=pk, desks=_desks(request))
    messages.success(request, "It is noted that you have told them.")
    return redirect("account-mails")


def _desks(request: HttpRequest) -> list[str]:
    reader = reader_of(request)
    if not looks_after(reader):
        raise NotYours("mails", "")
    return desks_of(reader)

"""The page of one directory entry: public among the answers, and in the directory."""

from urllib.parse import SplitResult, urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from contacts import upkeep
from contacts.access import get_entry, may_edit
from contacts.entry import entry_of
from contacts.models import Service
from contacts.presenters import service_page
from contacts.presenters.checked import linked_once, reported
from contacts.presenters.upkeep import TROUBLES, EntryUpkeep, entry_upkeep
from contacts.views.frame import refers
from portal.accounts.access import reader_of
from portal.core.clock import now


@login_not_required
@require_safe
def service(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry of the directory, with an address that can be sent to anybody."""
    return _page(request, reference, in_directory=False)


@require_safe
def entry(request: HttpRequest, reference: str) -> HttpResponse:
    """The same among the others, with an address to send to a colleague."""
    return _page(request, reference, in_directory=True)


def _page(request: HttpRequest, reference: str, *, in_directory: bool) -> HttpResponse:
    signed_in = request.user.is_authenticated
    row = get_entry(reference, signed_in=signed_in)
    at = now()
    shown = entry_of(row, signed_in=signed_in)
    page = service_page(shown, at)
    kept = _upkeep(request, row) if signed_in else None
    # Where it is unchecked as well, that warning has the numbers.
    warning = reported(shown, kept.reported) if kept and not page.unchecked else None
    context = {
        "page": page,
        "main_numbers": linked_once(warning, {shown.telephone}).numbers if warning else [],
        "refers": refers(request),
        "from_answer": _came_from(request).path == reverse("who-to-contact"),
        "back_href": _back(request) if in_directory else "",
        "upkeep": kept,
        "troubles": TROUBLES,
    }
    return render(request, "contacts/service.jinja", context)


def _came_from(request: HttpRequest) -> SplitResult:
    """The page of the portal that leads here; empty for a reader from anywhere else."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return urlsplit("")
    return came_from if came_from.netloc == request.get_host() else urlsplit("")


def _back(request: HttpRequest) -> str:
    """The search that the reader came from, or the first page of the directory."""
    came_from, directory = _came_from(request), reverse("directory")
    searched = came_from.path == directory
    return f"{directory}?{came_from.query}" if searched and came_from.query else directory


def _upkeep(request: HttpRequest, row: Service) -> EntryUpkeep:
    reader = reader_of(request)
    own = upkeep.own_report(row, reader.user.pk)
    return entry_upkeep(
        row,
        upkeep.reported(service_ids=[row.pk]),
        own,
        looked_after=own is None or upkeep.is_looked_after(row.organisation_id),
        edits=may_edit(reader, row.organisation_id),
        at=now(),
    )

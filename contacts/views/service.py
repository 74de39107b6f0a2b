"""The page of one directory entry. Public."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.access import get_entry
from contacts.entry import entry_of
from contacts.presenters import service_page
from contacts.views.frame import refers
from portal.core.clock import now


@login_not_required
@require_safe
def service(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry of the directory, with an address that can be sent to a colleague."""
    signed_in = request.user.is_authenticated
    entry = entry_of(get_entry(reference, signed_in=signed_in), signed_in=signed_in)
    context = {"page": service_page(entry, now()), "refers": refers(request)}
    return render(request, "contacts/service.jinja", context)

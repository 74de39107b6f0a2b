"""The first page, and the two that say what this is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from contacts.forms import PostcodeForm
from portal.accounts.access import reader_of
from portal.accounts.roles import May
from portal.home.navigation import first_page
from referrals.views.lists import board_context


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """One box for a stranger; the box and the board for clinicians; the inbox for social care."""
    box = {"postcode_form": PostcodeForm()}
    if not request.user.is_authenticated:
        return render(request, "home/start.jinja", {**box, "board": False})
    reader = reader_of(request)
    if first_page(reader) == "inbox":
        return redirect("inbox")
    refers = reader.may(May.REFER)
    context = board_context(reader) if refers else {}
    return render(request, "home/start.jinja", {**box, "board": refers, **context})


@login_not_required
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What the portal is, and what it is not for."""
    return render(request, "home/about.jinja")


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """How usable it is, and whom to tell where it is not."""
    return render(request, "home/accessibility.jinja")

"""The first page, and the two that say what this is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from contacts.answers import works_in_hospital
from contacts.forms.who import PostcodeForm
from contacts.presenters.card import own_card
from portal.accounts.access import reader_of
from portal.accounts.roles import May
from portal.home.navigation import first_page
from referrals.views.lists import board_context


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """One box for a stranger; the box and the board for clinicians; the inbox for social care; for
    directory editors their entries."""
    box = {"postcode_form": PostcodeForm()}
    if not request.user.is_authenticated:
        return render(request, "home/start.jinja", {**box, "board": False, "own_card": ""})
    reader = reader_of(request)
    if (first := first_page(reader)) != "start":
        return redirect(first)
    refers = reader.may(May.REFER)
    context: dict[str, object] = board_context(reader) if refers else {}
    context = {**box, "board": refers, "own_card": own_card(reader), **context}
    context["in_hospital"] = works_in_hospital(reader)
    return render(request, "home/start.jinja", context)


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

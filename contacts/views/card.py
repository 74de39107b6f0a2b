"""A practice's "Your single points of access": a page, and the same on one sheet. Public."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.answers import practice_not_known
from contacts.cards import PracticeDoors, practice_doors
from contacts.codes import ODS
from contacts.presenters.card import DANGER, TITLE, card_of
from contacts.queries import directory_now
from contacts.sheet import sheet
from portal.core.clock import now
from portal.core.rates import address_of, hit

# Sheets a minute: one takes a fifth of a second to set.
_PER_ADDRESS = 20


@login_not_required
@require_safe
def page(request: HttpRequest, ods: str) -> HttpResponse:
    """The card with live links; it says "not known here" for practices that no list has."""
    found = _found(ods)
    if found is None:
        return _not_known(request, ods)
    context = {"card": card_of(found, now()), "title": TITLE, "danger": DANGER}
    return render(request, "contacts/card.jinja", context)


@login_not_required
@require_safe
def pdf(request: HttpRequest, ods: str) -> HttpResponse:
    """One A4 sheet to hang up. Rate-limited: setting it costs more than a page."""
    found = _found(ods)
    if found is None:
        return _not_known(request, ods)
    hit("card-address", address_of(request), limit=_PER_ADDRESS, seconds=60)
    card = card_of(found, now())
    response = HttpResponse(sheet(card), content_type="application/pdf")
    name = f"single-points-of-access-{card.ods}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _found(ods: str) -> PracticeDoors | None:
    code = ods.upper()
    return practice_doors(code, now()) if ODS.fullmatch(code) else None


def _not_known(request: HttpRequest, ods: str) -> HttpResponse:
    """“Not known here” is not “not found”: Scottish practices are in no list of ours."""
    context = {"sentence": practice_not_known(ods.upper()[:12], directory_now())}
    return render(request, "contacts/card_not_known.jinja", context, status=404)

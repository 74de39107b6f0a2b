"""Who to contact: one box, and the answer. Public."""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from contacts import upkeep
from contacts.answers import (
    Asked,
    ContactAnswer,
    UnknownPostcode,
    asked_by,
    contact_answer,
    works_in_hospital,
)
from contacts.facts import Question
from contacts.forms.who import PostcodeForm, WhoForm
from contacts.presenters import page_of
from contacts.presenters.further import typed_again
from contacts.presenters.upkeep import TROUBLES, all_reported
from contacts.views.frame import refers
from portal.accounts.access import reader_of
from portal.core.clock import now
from portal.core.rates import address_of, hit
from portal.core.refused import InvalidInput

# Questions a minute. A whole hospital can stand behind one address.
_PER_PERSON, _PER_ADDRESS = 120, 60


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def who_to_contact(request: HttpRequest) -> HttpResponse:
    """GET shows the box; POST answers on the same address, so that no URL holds a postcode."""
    if request.method != "POST":
        signed_in = request.user.is_authenticated
        at_first = {"in_hospital": signed_in and works_in_hospital(reader_of(request))}
        return render(request, "contacts/ask.jinja", {**_box(PostcodeForm()), **at_first})
    _count(request)
    form = WhoForm(request.POST)
    if not form.is_valid():
        return _again(request, form, 422)
    at = now()
    try:
        found = contact_answer(
            postcode=form.cleaned_data["postcode"],
            asked=_asked(request),
            at=at,
            question=form.question(),
            placing_council=form.cleaned_data["placing_council"],
            with_further=True,
        )
    except UnknownPostcode as unknown:
        if unknown.by_area is None:
            form.add_error("postcode", unknown.sentence)
            question = form.question()
            if unknown.no_fixed_home:
                question = replace(
                    question, no_settled_home=True, placed=False, arranged_own_home=False
                )
            return _again(request, form, 404, question)
        found = unknown.by_area
    except InvalidInput as wrong:
        form.add_error(None, wrong.sentence)
        return _again(request, form, 422)
    page = page_of(found, at, _reports(request, found, at))
    context = {"page": page, "refers": refers(request), "troubles": TROUBLES}
    response = render(request, "contacts/answer.jinja", context)
    # The browser may show it again when the reader comes back from the form: it holds no person.
    response["Cache-Control"] = "private, no-cache"
    return response


def _reports(request: HttpRequest, found: ContactAnswer, at: datetime) -> dict[str, str]:
    """What colleagues have reported of the answer's entries; strangers read nothing of it."""
    references = [one.reference for one in (found.leading, *found.others) if one]
    if not references or not request.user.is_authenticated:
        return {}
    return {
        reference: all_reported(rows, at)
        for reference, rows in upkeep.open_reports(references).items()
    }


def _box(form: PostcodeForm) -> dict[str, object]:
    return {"form": form, "postcode_form": form, "further": None}


def _again(
    request: HttpRequest, form: WhoForm, status: int, question: Question | None = None
) -> HttpResponse:
    """The box with what is wrong, and what had been said beside it."""
    further = typed_again(question or form.question())
    if further and further.where:
        form["postcode"].label = further.where
    context = {**_box(form), "further": further}
    return render(request, "contacts/ask.jinja", context, status=status)


def _count(request: HttpRequest) -> None:
    """Rate limits: TooMany becomes a page that says how long to wait."""
    if request.user.is_authenticated:
        hit("who-person", str(request.user.pk), limit=_PER_PERSON, seconds=60)
    else:
        hit("who-address", address_of(request), limit=_PER_ADDRESS, seconds=60)


def _asked(request: HttpRequest) -> Asked:
    return asked_by(reader_of(request)) if request.user.is_authenticated else Asked()

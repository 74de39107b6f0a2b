"""The live parts of the page on which a referral is written, and the page once it is sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.access import Reader, reader_of
from portal.core.clock import now
from portal.core.refused import Stale
from portal.ui.words import clock_time
from referrals import access
from referrals.actions.draft import discard_draft, save_draft
from referrals.actions.look import open_referral
from referrals.forms.refer import typed_in
from referrals.models import Draft
from referrals.presenters.refer import heading_of, page_words, sent_page
from referrals.presenters.referral import banner
from referrals.states import Status
from referrals.views.refer_ended import ended, left_over
from referrals.views.refer_page import elsewhere, form_of, known_of, version_of


@require_POST
def save(request: HttpRequest, key: str) -> JsonResponse:
    """Saving as one types: {saved_at, version}; 409 with a message when saved or sent elsewhere.

    With `compare` the page may send itself to see both texts, or what was not in what was sent.
    """
    reader = reader_of(request)
    found = access.get_draft(reader, key)
    if gone := _over(request, reader, found):
        return gone
    try:
        kept = save_draft(
            by=reader,
            draft=found,
            typed=typed_in(request.POST),
            version=version_of(request, found),
            by_itself=True,
        )
    except Stale as stale:
        url = reverse("draft", kwargs={"key": key})
        body = {"message": stale.sentence, "url": url, "compare": "Compare both texts"}
        return JsonResponse(body, status=409)
    if gone := _over(request, reader, kept):
        return gone
    return JsonResponse({"saved_at": clock_time(kept.saved_at), "version": str(kept.version)})


def _over(request: HttpRequest, reader: Reader, found: Draft) -> JsonResponse | None:
    """That it has been sent or added, and where to; None while it is written."""
    if gone := ended(found):
        words = "This has been sent already." if found.sent_as else "This has been added already."
        body = {"message": words, "url": gone["Location"]}
        if left_over(reader, found, form_of(reader, found, data=request.POST)):
            body["compare"] = "See what of yours is not in it"
        return JsonResponse(body, status=409)
    return None


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away: GET asks, for it may be a colleague's; POST does it."""
    reader = reader_of(request)
    found = access.get_draft(reader, key)
    if request.method == "GET":
        if gone := ended(found):
            return gone
        context = {
            "here": reverse("draft", kwargs={"key": key}),
            "person": found.typed.get("person_name", "") or "nobody named yet",
            "service": found.service.name,
            "author": "you" if found.author_id == reader.user.pk else found.author.name,
        }
        return render(request, "referrals/discard.jinja", context)
    discard_draft(by=reader, draft=found)
    messages.success(request, "The draft has been thrown away.")
    return redirect("home")


@require_GET
def check(request: HttpRequest, key: str) -> HttpResponse:
    """What the button will truly do, right now: the live part of the page."""
    found = access.get_draft(reader_of(request), key)
    context = {**page_words(found.service, now()), "postcode": found.typed.get("postcode", "")}
    return render(request, "referrals/_send.jinja", context)


@require_POST
def known(request: HttpRequest, key: str) -> HttpResponse:
    """What is known of the person who is typed, by POST: no identifier in an address."""
    reader = reader_of(request)
    found = access.get_draft(reader, key)
    form = form_of(reader, found, data=request.POST)
    context = {
        "known": known_of(reader, found, form),
        "elsewhere": elsewhere(found, form),
        "interrupted": False,
    }
    return render(request, "referrals/_known.jinja", context)


@require_GET
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    """Sent, and not yet received: what happens now. Once somebody has it, the referral itself."""
    reader = reader_of(request)
    access.get_referral(reader, reference, "send")
    referral = open_referral(by=reader, reference=reference)
    if referral.status != Status.SENT:
        return redirect("referral", reference=reference)
    context = {
        "referral": referral,
        "heading": heading_of(referral.service),
        "person": banner(referral),
        "page": sent_page(referral, now()),
    }
    return render(request, "referrals/sent.jinja", context)

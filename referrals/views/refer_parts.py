"""The live parts of the page on which a referral is written, and the page once it is sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import reader_of
from portal.core.clock import now
from portal.core.refused import Stale
from portal.ui.words import clock_time
from referrals import access
from referrals.actions.draft import discard_draft, save_draft
from referrals.actions.look import open_referral
from referrals.forms.refer import typed_in
from referrals.presenters.refer import heading_of, page_words, sent_page
from referrals.presenters.referral import banner
from referrals.states import Status
from referrals.views.refer_page import ended, form_of, known_of, version_of


@require_POST
def save(request: HttpRequest, key: str) -> JsonResponse:
    """Saving as one types: {saved_at, version}; 409 with a message when saved elsewhere.

    With `compare` the page may send itself to see both texts.
    """
    reader = reader_of(request)
    found = access.get_draft(reader, key)
    if gone := ended(found):
        words = "This has been sent already." if found.sent_as else "This has been added already."
        return JsonResponse({"message": words, "url": gone["Location"]}, status=409)
    try:
        kept = save_draft(
            by=reader,
            key=key,
            typed=typed_in(request.POST),
            version=version_of(request, found),
            by_itself=True,
        )
    except Stale as stale:
        url = reverse("draft", kwargs={"key": key})
        body = {"message": stale.sentence, "url": url, "compare": "Compare both texts"}
        return JsonResponse(body, status=409)
    return JsonResponse({"saved_at": clock_time(kept.saved_at), "version": str(kept.version)})


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away."""
    discard_draft(by=reader_of(request), key=key)
    messages.success(request, "The draft has been thrown away.")
    return redirect("home")


@require_GET
def check(request: HttpRequest, key: str) -> HttpResponse:
    """What the button will truly do, right now: the live part of the page."""
    found = access.get_draft(reader_of(request), key)
    return render(request, "referrals/_send.jinja", page_words(found.service, now()))


@require_POST
def known(request: HttpRequest, key: str) -> HttpResponse:
    """What is known of the person who is typed, by POST: no identifier in an address."""
    reader = reader_of(request)
    found = access.get_draft(reader, key)
    form = form_of(reader, found, data=request.POST)
    return render(request, "referrals/_known.jinja", {"known": known_of(reader, found, form)})


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

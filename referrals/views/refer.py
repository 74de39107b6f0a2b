"""Writing a referral: one page, saved as it goes, sent once."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contacts.access import service_for_referral
from contacts.presenters import reach
from portal.accounts.access import Reader, reader_of
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.core.clock import now
from portal.core.refused import NotAllowed, NotYours, Refused, Stale
from referrals import access
from referrals.actions.draft import (
    add_draft,
    open_draft,
    record_draft,
    save_draft,
    send_draft,
    start_draft,
)
from referrals.forms.merging import differences, merged
from referrals.forms.refer import ReferForm, initial_from, typed_in
from referrals.models import Draft
from referrals.presenters.refer import heading_of
from referrals.views import refer_page
from referrals.views.refer_ended import ADD, add_left_over, ended, too_late
from referrals.views.refer_page import form_of, version_of


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, service: str) -> HttpResponse:
    """GET asks for the one click that starts a draft; POST starts it and leads to its page."""
    reader = reader_of(request)
    entry = service_for_referral(reader, service)
    teams = reader.teams(May.REFER)
    if not teams:
        raise NotAllowed("Your role does not allow you to make referrals.")
    if request.method == "GET":
        context = {
            "heading": heading_of(entry),
            "service": entry,
            "teams": teams,
            "reach": reach(entry, now(), signed_in=True),
        }
        return render(request, "referrals/new.jinja", context)
    typed = typed_in({"postcode": request.POST.get("postcode", "").replace("\x00", "")[:20]})
    draft = start_draft(by=reader, team=_team(teams, request), service=entry, typed=typed)
    return redirect("draft", key=draft.key)


def _team(teams: list[Team], request: HttpRequest) -> Team:
    """The team it is sent for: the chosen one where the reader has several."""
    wanted = request.POST.get("team", "")
    return next((team for team in teams if str(team.pk) == wanted), teams[0])


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The page itself. POST fills in, saves, or checks and sends."""
    reader = reader_of(request)
    if request.method == "GET":
        found = open_draft(by=reader, key=key)
        if found.discarded_at:
            raise NotYours("draft", "")
        return ended(found) or refer_page.show(
            request, reader, found, form_of(reader, found, initial=initial_from(found.typed))
        )
    found = access.get_draft(reader, key)
    if ADD in request.POST and ended(found):
        return add_left_over(request, reader, found)
    if gone := _too_late(request, reader, found):
        return gone
    try:
        if "fill" in request.POST or "use" in request.POST:
            return refer_page.fill(request, reader, found)
        keep = partial(
            save_draft,
            by=reader,
            draft=found,
            typed=merged(request.POST, found.typed),
            version=version_of(request, found),
        )
        if _is_sending(request):
            return _send(request, reader, found, keep)
        return _go_on(request, reader, keep())
    except Stale:
        return _both_texts(request, reader, key)


def _too_late(request: HttpRequest, reader: Reader, found: Draft) -> HttpResponse | None:
    return too_late(request, reader, found, form_of(reader, found, data=request.POST))


def _is_sending(request: HttpRequest) -> bool:
    """Whether the button was that which sends, and no other."""
    others = ("save", "merge", "compare")
    return not any(name in request.POST for name in others) and not request.POST.get("add_to")


def _go_on(request: HttpRequest, reader: Reader, found: Draft) -> HttpResponse:
    """It is saved; now what the button says.

    Saving has waited for a press before this one: what that has ended is not saved again.
    """
    if gone := _too_late(request, reader, found):
        return gone
    if "save" in request.POST:
        messages.success(request, "Saved. You find it on your board under “Not sent yet”.")
        return redirect("home")
    if "merge" in request.POST or "compare" in request.POST:
        return redirect("draft", key=found.key)
    form = form_of(reader, found, data=request.POST)
    return _add(request, reader, found, form, request.POST["add_to"])


def _send(request: HttpRequest, reader: Reader, found: Draft, keep: partial[Draft]) -> HttpResponse:
    """Send it as it was typed; what cannot be sent is kept, and shown with what is wrong."""
    form = form_of(reader, found, data=request.POST)
    known, is_news = None, False
    if form.is_valid():
        known = refer_page.known_of(reader, found, form)
        is_news = known.is_news(request.POST.get("seen_open", ""))
        if not is_news:
            try:
                sent = send_draft(answers=form.answers(), **keep.keywords)
            except Stale:
                raise
            except Refused as no:
                form.refuse(no)
            else:
                if sent.before:
                    found = access.get_draft(reader, found.key)
                    return _too_late(request, reader, found) or redirect("home")
                return redirect("referral-sent", reference=sent.referral.reference)
    # What is news may be this very draft, sent by another press meanwhile.
    kept = keep()
    if gone := _too_late(request, reader, kept):
        return gone
    return refer_page.show(request, reader, kept, form, known=known, interrupted=is_news)


def _add(
    request: HttpRequest, reader: Reader, found: Draft, form: ReferForm, reference: str
) -> HttpResponse:
    """Into the thread of one that is open already, instead of a second referral."""
    known = refer_page.known_of(reader, found, form)
    words = form.words_to_add() if form.is_usable() else ""
    if reference not in known.references:
        form.say_only(None, "That referral is not open any more. Send a new one.")
    elif form.is_usable() and not words:
        form.say_only("point_1", "Say what you want to add")
    else:
        try:
            to = add_draft(
                by=reader,
                draft=found,
                reference=reference,
                body=words,
                version=found.version,
                urgent=form.is_urgent(),
            )
        except Stale:
            raise
        except Refused as no:
            form.say_only(None, no.sentence)
        else:
            messages.success(request, "Added. Both sides read it in the conversation.")
            return redirect("referral", reference=to.reference)
    return refer_page.show(request, reader, found, form, known=known)


def _both_texts(request: HttpRequest, reader: Reader, key: str) -> HttpResponse:
    """Somebody else has saved meanwhile: both texts, and a choice for each answer."""
    found = access.get_draft(reader, key)
    if gone := _too_late(request, reader, found):
        return gone
    record_draft(by=reader, draft=found)
    form, mine = form_of(reader, found), typed_in(request.POST)
    context = {
        "draft": found,
        "heading": heading_of(found.service),
        "who": found.saved_by.name if found.saved_by else "Somebody",
        "at": found.saved_at,
        "mine": mine,
        "differences": differences(form.fields, mine, found.typed),
    }
    return render(request, "referrals/both_texts.jinja", context, status=409)

"""Writing a referral: one page, saved as it goes, sent once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts.access import service_for_referral
from contacts.presenters import reach
from portal.accounts.access import Reader, reader_of
from portal.accounts.models import Team
from portal.accounts.roles import May, Role
from portal.core.clock import now
from portal.core.refused import NotAllowed, Refused, Stale
from portal.ui.words import clock_time
from referrals import access, queries
from referrals.actions.draft import discard_draft, save_draft, send_draft, start_draft
from referrals.forms.refer import ReferForm, initial_from, typed_in
from referrals.homes import home_elsewhere
from referrals.models import Draft
from referrals.presenters.refer import differences, heading_of, page_words


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
    typed = typed_in({"postcode": request.POST.get("postcode", "")})
    draft = start_draft(by=reader, team=_team(teams, request), service=entry, typed=typed)
    return redirect("draft", key=draft.key)


def _team(teams: list[Team], request: HttpRequest) -> Team:
    """The team it is sent for: the chosen one where the reader has several."""
    wanted = request.POST.get("team", "")
    return next((team for team in teams if str(team.pk) == wanted), teams[0])


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The page itself. POST saves, or checks and sends."""
    reader = reader_of(request)
    found = access.get_draft(reader, key)
    if found.sent_as:
        return redirect("referral", reference=found.sent_as.reference)
    clinicians = _clinicians(reader, found)
    if request.method == "GET":
        form = ReferForm(initial=initial_from(found.typed), clinicians=clinicians)
        return _page(request, found, form)
    form = ReferForm(request.POST, clinicians=clinicians)
    other: dict[str, str] = {}
    try:
        found = _save(reader, request, found)
    except Stale as stale:
        other = stale.details["other"]  # type: ignore[assignment]
    if other:
        found = access.get_draft(reader, key)
        return _page(request, found, form, other=differences(typed_in(request.POST), other))
    if "save" in request.POST:
        messages.success(request, "Saved. You find it on your board under “Not sent yet”.")
        return redirect("home")
    return _send(request, reader, found, form)


def _send(request: HttpRequest, reader: Reader, found: Draft, form: ReferForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, found, form)
    try:
        sent = send_draft(by=reader, key=found.key, answers=form.answers())
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.sentence)
        return _page(request, found, form)
    messages.success(request, "Sent. You will be told when somebody acknowledges it.")
    return redirect("referral", reference=sent.reference)


@require_POST
def save(request: HttpRequest, key: str) -> JsonResponse:
    """Saving as one types: {saved_at, version}; 409 with a message when saved elsewhere."""
    reader = reader_of(request)
    found = access.get_draft(reader, key)
    if found.sent_as:
        url = reverse("referral", kwargs={"reference": found.sent_as.reference})
        return JsonResponse({"message": "This has been sent already.", "url": url}, status=409)
    try:
        kept = _save(reader, request, found)
    except Stale as stale:
        url = reverse("draft", kwargs={"key": key})
        return JsonResponse({"message": stale.sentence, "url": url}, status=409)
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


def _save(reader: Reader, request: HttpRequest, found: Draft) -> Draft:
    version = request.POST.get("version", "")
    return save_draft(
        by=reader,
        key=found.key,
        typed=typed_in(request.POST),
        version=int(version) if version.isascii() and version.isdigit() else found.version,
    )


def _clinicians(reader: Reader, found: Draft) -> list[tuple[int, str]]:
    """For whom it can be prepared: only asked of practice and ward staff."""
    return queries.clinicians(found.team) if reader.has_role([Role.ADMINISTRATOR]) else []


def _page(
    request: HttpRequest,
    found: Draft,
    form: ReferForm,
    *,
    other: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context = {
        "draft": found,
        "form": form,
        "service": found.service,
        "other": other or [],
        "elsewhere": home_elsewhere(found.service, found.typed.get("postcode", ""), now()),
        **page_words(found.service, now()),
    }
    status = 422 if form.is_bound and not other else 409 if other else 200
    return render(request, "referrals/refer.jinja", context, status=status)

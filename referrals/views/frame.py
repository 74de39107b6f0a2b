"""How an event is answered: on a page of its own, on the referral's page, by one button."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.accounts.access import Reader, reader_of
from portal.core.clock import now
from portal.core.references import new_opaque_id
from portal.core.refused import NotAllowed, PreconditionMissing, Refused, Stale
from portal.core.taken import took_nothing
from portal.core.versions import version_from
from portal.ui.forms import LOST, Form
from portal.ui.said import said
from referrals import access
from referrals.access import For
from referrals.actions.look import open_referral
from referrals.detail import detail
from referrals.forms.events import EventForm
from referrals.models import Referral
from referrals.presenters import referral as words
from referrals.presenters.news import news_of
from referrals.states import Event
from referrals.views.referral import show

DONE = 302
Act = Callable[[Reader, Referral, Any], object]
Make = Callable[[Reader, Referral, Any, dict[str, Any]], EventForm]


def to_referral(reference: str) -> HttpResponse:
    """Back to the page of the referral."""
    return redirect("referral", reference=reference)


def button(
    request: HttpRequest, reference: str, action: Callable[..., Referral], done: str
) -> HttpResponse:
    """An event of one button: it is done, or a sentence says why not."""
    try:
        version = version_from(request.POST.get("version"))
        if version is None:
            raise PreconditionMissing(LOST)
        action(by=reader_of(request), reference=reference, version=version)
    except NotAllowed:
        raise
    except Refused as no:
        messages.warning(request, no.sentence)
        return took_nothing(to_referral(reference))
    messages.success(request, done)
    return to_referral(reference)


def form_on_page(
    request: HttpRequest,
    reference: str,
    form: Form,
    act: Callable[[Reader, dict[str, Any]], object],
    *,
    done: Callable[[dict[str, Any]], str],
    for_: For = "read",
) -> HttpResponse:
    """A form that lives on the referral's own page: with errors, it comes back there."""
    reader = reader_of(request)
    referral = access.get_referral(reader, reference, for_)
    if form.is_valid():
        try:
            act(reader, form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as no:
            form.refuse(no)
        else:
            messages.success(request, done(form.cleaned_data))
            return to_referral(reference)
    open_referral(by=reader, reference=reference)  # what comes back shows the person
    return show(request, reader, referral, form=form, status=422)


def event_page(
    request: HttpRequest,
    reference: str,
    *,
    for_: For,
    event: Event,
    template: str,
    make: Make,
    act: Act,
    done: str,
    initial: Callable[[Referral], dict[str, Any]] = lambda referral: {},
    context: Callable[[Referral], dict[str, Any]] = lambda referral: {},
    looking: bool = False,
    after: str = "",
) -> HttpResponse:
    """A form on a page of its own: GET shows it, POST acts.

    A stale one comes back with what was typed and with all that happened since it was opened; so
    does one for a referral that has gone on to another team meanwhile, to be copied from.
    `looking`: something was looked up for the form; it comes back as it was typed. `after` is the
    page to go to where the referral is no longer the reader's to see.
    """
    reader = reader_of(request)
    try:
        referral = access.get_referral(reader, reference, for_)
    except NotAllowed:
        if gone := _gone_on(request, reader, reference, for_, make):
            return gone
        raise
    data = request.POST if request.method == "POST" and not looking else None
    hidden = {
        "key": new_opaque_id(),
        "version": str(referral.version),
        "made": now().isoformat(),
    }
    form = make(reader, referral, data, {**hidden, **initial(referral)})
    if looking:
        for name, field in form.fields.items():
            form.initial[name] = field.widget.value_from_datadict(request.POST, {}, name)
    status = 200
    made_at = None
    if data is not None:
        made_at = form.made_at
        try:
            status = _attempt(reader, referral, form, act) if form.is_valid() else 422
        except NotAllowed:  # in this very moment
            if gone := _gone_on(request, reader, reference, for_, make):
                return gone
            raise
        if status == DONE:
            messages.success(request, done)
            return redirect(after) if after else to_referral(reference)
    open_referral(by=reader, reference=reference)  # the page shows the person
    found = detail(referral, access.team_in(reader, referral))
    stale = status == 409 and form.has_error(NON_FIELD_ERRORS, "stale")
    shown = {
        "referral": referral,
        "person": words.banner(referral),
        "points": found.points,
        "form": form,
        "news": news_of(found, made_at, event, now()) if stale else None,
        **context(referral),
    }
    return render(request, template, shown, status=status)


def _gone_on(
    request: HttpRequest, reader: Reader, reference: str, for_: For, make: Make
) -> HttpResponse | None:
    """Whose it is now, and what was typed: nothing of the person is shown. None where it was never
    the reader's to act on, or nothing was typed."""
    if request.method != "POST" or for_ != "triage":
        return None
    referral = access.get_referral(reader, reference)
    if not access.has_gone_on(reader, referral):
        return None
    form = make(reader, referral, request.POST, {})
    shown = {
        "reference": reference,
        "team": referral.receiving_team.name,
        "typed": said(form.fields, request.POST),
    }
    return render(request, "referrals/gone_on.jinja", shown, status=409)


def _attempt(reader: Reader, referral: Referral, form: EventForm, act: Act) -> int:
    """Do it: DONE, or the status to show the form with; what was typed is kept."""
    try:
        act(reader, referral, form)
    except NotAllowed:
        raise
    except Stale as no:
        form.add_error(None, ValidationError(no.sentence, code="stale"))
        _renew(form, referral)
        return no.status
    except Refused as no:
        form.refuse(no)
        return no.status
    return DONE


def _renew(form: EventForm, referral: Referral) -> None:
    """What was typed stays; sent again, it counts as made from what the reader sees now."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(referral.version)  # type: ignore[index]
    form.data["made"] = now().isoformat()  # type: ignore[index]

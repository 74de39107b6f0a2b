"""Events that hand a referral on, end it or begin it again: each a form on its own page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contacts.access import get_service
from portal.accounts.access import Reader, reader_of
from portal.accounts.models import Organisation
from portal.accounts.roles import May
from portal.core.clock import now, today
from portal.core.refused import NotYours
from portal.ui.words import clock_time
from referrals import access, queries
from referrals.actions import end as ending
from referrals.actions.hand_back import hand_back as hand_it_back
from referrals.actions.hand_back import was_handed_back
from referrals.actions.outside import hand_over_outside
from referrals.actions.redirect import redirect as redirect_referral
from referrals.actions.reopen import reopen as reopen_referral
from referrals.actions.reopen import reopening
from referrals.elsewhere import Offered, offered
from referrals.forms import events as forms
from referrals.forms.handing_on import OutsideForm, RedirectForm
from referrals.models import Referral
from referrals.states import Event, Status
from referrals.views.frame import event_page


@require_http_methods(["GET", "POST"])
def redirect_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand it to another service: those for the person's home first, others by their words."""

    def act(reader: Reader, referral: Referral, form: RedirectForm) -> None:
        redirect_referral(
            by=reader,
            reference=reference,
            to_service=get_service(form.cleaned_data["to_service"]),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            key=form.cleaned_data["key"],
        )

    def make(
        reader: Reader, referral: Referral, data: object, initial: dict[str, object]
    ) -> RedirectForm:
        found = offered(referral, now(), find=str(request.POST.get("find", "")))
        return RedirectForm(data, initial=initial, **_shown(found))

    return event_page(
        request,
        reference,
        for_="triage",
        event=Event.REDIRECT,
        template="referrals/redirect.jinja",
        make=make,
        act=act,
        done="Redirected. It stays yours until the other service acknowledges it.",
        looking="look" in request.POST,
        context=lambda referral: {
            "unheld": referral.status == Status.SENT,
            "asked": referral.status == Status.ASKED,
            "decides": reader_of(request).may(May.DECIDE, referral.receiving_team_id),
        },
    )


def _shown(found: Offered) -> dict[str, Any]:
    """The services that were found, as a form offers them."""
    choices = [(one.reference, f"{one.name}, {one.organisation.name}") for one in found.services]
    return {"services": choices, "beside": found.beside, "words": found.words}


@require_http_methods(["GET", "POST"])
def outside(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand it over to a service that takes no referrals here."""

    def act(reader: Reader, referral: Referral, form: OutsideForm) -> None:
        given = form.given()
        given["to_service"] = get_service(given["to_service"])
        del given["find"]
        hand_over_outside(by=reader, reference=reference, **given)

    def make(
        reader: Reader, referral: Referral, data: object, initial: dict[str, object]
    ) -> OutsideForm:
        find = str(request.POST.get("find", ""))
        # Before they ring anybody and write it down.
        access.check_may_decide(reader, referral)
        found = offered(referral, now(), find=find, outside=True)
        return OutsideForm(data, initial=initial, **_shown(found))

    return event_page(
        request,
        reference,
        for_="triage",
        event=Event.OUTSIDE,
        template="referrals/outside.jinja",
        make=make,
        act=act,
        done="Handed over outside the portal, and closed. The sender has been told to whom.",
        initial=lambda referral: {"spoken_on": today(), "spoken_at": clock_time(now())},
        looking="look" in request.POST,
    )


@require_http_methods(["GET", "POST"])
def hand_back(request: HttpRequest, reference: str) -> HttpResponse:
    """The second team does not take it on. Then it is no longer theirs to see: asked again, the
    same is answered, and who comes second is told and keeps their words."""
    try:
        return event_page(
            request,
            reference,
            for_="triage",
            event=Event.HAND_BACK,
            template="referrals/hand_back.jinja",
            make=lambda reader, referral, data, initial: forms.HandBackForm(data, initial=initial),
            act=lambda reader, referral, form: hand_it_back(
                by=reader, reference=reference, **form.given()
            ),
            done=_HANDED_BACK,
            after="inbox",
        )
    except NotYours:
        if request.method != "POST":
            raise
        return _no_longer_ours(request, reference)


_HANDED_BACK = "Not taken on. The first team keeps it and has been told why."


def _no_longer_ours(request: HttpRequest, reference: str) -> HttpResponse:
    """404 for whose it never was; nothing of the person is shown."""
    reader, form = reader_of(request), forms.HandBackForm(request.POST)
    if form.is_valid():
        words, key = form.cleaned_data["words"], form.cleaned_data["key"]
        if was_handed_back(by=reader, reference=reference, words=words, key=key):
            messages.success(request, _HANDED_BACK)
            return redirect("inbox")
    colleague = queries.handed_back_by(access.ended_redirect(reader, reference))
    shown = {"colleague": colleague, "reference": reference, "form": form}
    return render(request, "referrals/no_longer_ours.jinja", shown, status=409)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """The sender takes it back."""
    return event_page(
        request,
        reference,
        for_="send",
        event=Event.WITHDRAW,
        template="referrals/withdraw.jinja",
        make=lambda reader, referral, data, initial: forms.WithdrawForm(
            data, initial=initial, from_hospital=_from_hospital(referral)
        ),
        act=lambda reader, referral, form: ending.withdraw(
            by=reader, reference=reference, **form.given()
        ),
        done="Withdrawn. The team has been told.",
    )


def _from_hospital(referral: Referral) -> bool:
    return referral.sending_team.organisation.kind == Organisation.Kind.TRUST


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """What was accepted ends."""
    return event_page(
        request,
        reference,
        for_="read",
        event=Event.CLOSE,
        template="referrals/close.jinja",
        make=lambda reader, referral, data, initial: forms.CloseForm(
            data,
            initial=initial,
            by_sender=not reader.may(May.TRIAGE, referral.receiving_team_id),
        ),
        act=lambda reader, referral, form: ending.close(
            by=reader, reference=reference, **form.given()
        ),
        done="Closed. The other side has been told.",
    )


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """What had ended goes on."""
    return event_page(
        request,
        reference,
        for_="read",
        event=Event.REOPEN,
        template="referrals/reopen.jinja",
        make=lambda reader, referral, data, initial: forms.ReopenForm(data, initial=initial),
        act=lambda reader, referral, form: reopen_referral(
            by=reader, reference=reference, **form.given()
        ),
        done="Reopened. The other side has been told.",
        context=lambda referral: {"goes_on": reopening(referral) == Event.RESUME},
    )

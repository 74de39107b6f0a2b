"""Events of a referral: a form on its own page, or a single button."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.access import get_service, services_to_redirect_to
from portal.accounts.access import Reader, reader_of
from portal.accounts.roles import May
from portal.core.references import new_opaque_id
from portal.core.refused import HeldByAnother, NotAllowed, Refused, Stale
from portal.core.versions import version_from
from portal.ui.forms import Form
from referrals import access, queries
from referrals.access import For
from referrals.actions import ask as asking
from referrals.actions import claim as claiming
from referrals.actions import decide as deciding
from referrals.actions import end as ending
from referrals.actions.redirect import redirect as redirect_referral
from referrals.actions.write import write as write_message
from referrals.forms import events as forms
from referrals.models import Referral
from referrals.presenters import referral as words
from referrals.views.referral import show

Act = Callable[[Reader, Referral, Any], object]


def _to_page(reference: str) -> HttpResponse:
    return redirect("referral", reference=reference)


@require_POST
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Claim it and go to it; the one who comes second is told who has it."""
    try:
        claiming.claim(by=reader_of(request), reference=reference)
    except NotAllowed:
        raise
    except Refused as no:
        messages.warning(request, no.sentence)
    else:
        messages.success(request, "You hold this referral. The sender sees it as received.")
    return _to_page(reference)


@require_POST
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it back to the team."""
    return _button(request, reference, claiming.release, "It is back in your team's inbox.")


@require_POST
def take_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Hold what a colleague holds."""
    return _button(request, reference, claiming.take_over, "You hold this referral now.")


def _button(
    request: HttpRequest, reference: str, action: Callable[..., Referral], done: str
) -> HttpResponse:
    try:
        version = version_from(request.POST.get("version"))
        action(by=reader_of(request), reference=reference, version=version)
    except NotAllowed:
        raise
    except Refused as no:
        messages.warning(request, no.sentence)
    else:
        messages.success(request, done)
    return _to_page(reference)


@require_POST
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write in the thread."""
    return _on_page(
        request,
        reference,
        forms.WriteForm(request.POST),
        lambda reader, form: write_message(
            by=reader,
            reference=reference,
            body=form["body"],
            audience=form["audience"],
            key=form["key"],
        ),
    )


@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the open question."""
    return _on_page(
        request,
        reference,
        forms.AnswerForm(request.POST),
        lambda reader, form: asking.answer(
            by=reader, reference=reference, body=form["body"], key=form["key"]
        ),
        for_="send",
    )


def _on_page(
    request: HttpRequest,
    reference: str,
    form: Form,
    act: Callable[[Reader, dict[str, Any]], object],
    *,
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
            form.add_error(no.field if no.field in form.fields else None, no.sentence)
        else:
            messages.success(request, "Sent.")
            return _to_page(reference)
    return show(request, reader, referral, form=form, status=422)


def _event(
    request: HttpRequest,
    reference: str,
    *,
    for_: For,
    template: str,
    make: Callable[[Reader, Referral, Any, dict[str, Any]], Form],
    act: Act,
    done: str,
    initial: Callable[[Referral], dict[str, Any]] = lambda referral: {},
) -> HttpResponse:
    """A form on a page of its own: GET shows it, POST acts; a stale one shows what is new."""
    reader = reader_of(request)
    referral = access.get_referral(reader, reference, for_)
    data = request.POST if request.method == "POST" else None
    hidden = {"key": new_opaque_id(), "version": str(referral.version)}
    form = make(reader, referral, data, {**hidden, **initial(referral)})
    status, news = 200, False
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                act(reader, referral, form)
            except NotAllowed:
                raise
            except HeldByAnother as no:
                messages.warning(request, no.sentence)
                return _to_page(reference)
            except Stale as no:
                status, news = 409, True
                form.add_error(None, no.sentence)
                _renew(form, referral)
            except Refused as no:
                status = no.status
                form.add_error(no.field if no.field in form.fields else None, no.sentence)
            else:
                messages.success(request, done)
                return _to_page(reference)
    team = access.team_in(reader, referral)
    detail = queries.detail(referral, team)
    context = {
        "referral": referral,
        "person": words.banner(referral),
        "points": detail.points,
        "form": form,
        "news": news,
    }
    return render(request, template, context, status=status)


def _renew(form: Form, referral: Referral) -> None:
    """What was typed stays; sent again, it counts as made from what the reader sees now."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(referral.version)  # type: ignore[index]


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the sender for information."""
    return _event(
        request,
        reference,
        for_="triage",
        template="referrals/ask.jinja",
        make=lambda reader, referral, data, initial: forms.AskForm(data, initial=initial),
        initial=lambda referral: {"with_person": referral.with_person},
        act=lambda reader, referral, form: asking.ask(
            by=reader, reference=reference, **form.cleaned_data
        ),
        done="Asked. The clock is paused until the answer comes.",
    )


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept it: a named worker, or the waiting list."""

    def act(reader: Reader, referral: Referral, form: forms.AcceptForm) -> None:
        worker, until = form.chosen()
        deciding.accept(
            by=reader,
            reference=reference,
            version=form.cleaned_data["version"],
            key=form.cleaned_data["key"],
            worker_id=worker,
            waiting_until=until,
            words=form.cleaned_data["words"],
        )

    return _event(
        request,
        reference,
        for_="triage",
        template="referrals/accept.jinja",
        make=lambda reader, referral, data, initial: forms.AcceptForm(
            data,
            initial=initial,
            workers=queries.colleagues(access.check_may_triage(reader, referral), May.TRIAGE),
        ),
        initial=lambda referral: {"how": "worker", "worker": str(referral.held_by_id or "")},
        act=act,
        done="Accepted. The sender has been told.",
    )


@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Decline it with a coded reason and words."""
    return _event(
        request,
        reference,
        for_="triage",
        template="referrals/decline.jinja",
        make=lambda reader, referral, data, initial: forms.DeclineForm(data, initial=initial),
        act=lambda reader, referral, form: deciding.decline(
            by=reader, reference=reference, **form.cleaned_data
        ),
        done="Declined. The sender has been told why.",
    )


@require_http_methods(["GET", "POST"])
def redirect_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand it to another service."""

    def act(reader: Reader, referral: Referral, form: Form) -> None:
        redirect_referral(
            by=reader,
            reference=reference,
            to_service=get_service(form.cleaned_data["to_service"]),
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            key=form.cleaned_data["key"],
        )

    return _event(
        request,
        reference,
        for_="triage",
        template="referrals/redirect.jinja",
        make=lambda reader, referral, data, initial: forms.RedirectForm(
            data,
            initial=initial,
            services=[
                (service.reference, f"{service.name}, {service.organisation.name}")
                for service in services_to_redirect_to(referral.service)
            ],
        ),
        act=act,
        done="Redirected. It stays yours until the other service acknowledges it.",
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """The sender takes it back."""
    return _event(
        request,
        reference,
        for_="send",
        template="referrals/withdraw.jinja",
        make=lambda reader, referral, data, initial: forms.WithdrawForm(data, initial=initial),
        act=lambda reader, referral, form: ending.withdraw(
            by=reader, reference=reference, **form.cleaned_data
        ),
        done="Withdrawn. The team has been told.",
    )


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """The work is done."""
    return _event(
        request,
        reference,
        for_="read",
        template="referrals/close.jinja",
        make=lambda reader, referral, data, initial: forms.CloseForm(data, initial=initial),
        act=lambda reader, referral, form: ending.close(
            by=reader, reference=reference, **form.cleaned_data
        ),
        done="Closed. The other side has been told.",
    )

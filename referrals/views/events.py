"""Events of a referral: a form on its own page, or a single button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from contacts.access import get_service, services_to_redirect_to
from portal.accounts.access import Reader, reader_of
from portal.accounts.roles import May
from portal.core.refused import NotAllowed, Refused
from portal.ui.forms import Form
from referrals import access, queries
from referrals.actions import ask as asking
from referrals.actions import claim as claiming
from referrals.actions import decide as deciding
from referrals.actions import end as ending
from referrals.actions.redirect import redirect as redirect_referral
from referrals.actions.write import write as write_message
from referrals.forms import events as forms
from referrals.models import Referral
from referrals.views.frame import button, event_page, form_on_page, to_referral


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
    return to_referral(reference)


@require_POST
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it back to the team."""
    return button(request, reference, claiming.release, "It is back in your team's inbox.")


@require_POST
def take_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Hold what a colleague holds."""
    return button(request, reference, claiming.take_over, "You hold this referral now.")


@require_POST
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write in the thread."""
    return form_on_page(
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
    return form_on_page(
        request,
        reference,
        forms.AnswerForm(request.POST),
        lambda reader, form: asking.answer(
            by=reader, reference=reference, body=form["body"], key=form["key"]
        ),
        for_="send",
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the sender for information."""
    return event_page(
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

    return event_page(
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
    return event_page(
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

    return event_page(
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
    return event_page(
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
    return event_page(
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

"""Events of a referral: a form on its own page, or a single button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.access import Reader, reader_of
from portal.accounts.roles import May
from portal.core.refused import NotAllowed, Refused
from portal.core.taken import took_nothing
from referrals import access, queries
from referrals.actions import ask as asking
from referrals.actions import claim as claiming
from referrals.actions import decide as deciding
from referrals.actions.undo import undo as undo_event
from referrals.actions.write import write as write_message
from referrals.forms import events as forms
from referrals.models import Referral
from referrals.states import Audience, Event
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
        return took_nothing(to_referral(reference))
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
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back the reader's own last event."""
    return button(request, reference, undo_event, "Undone. Whoever had been told is told so.")


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
        done=lambda form: _WRITTEN[form["audience"]],
    )


_WRITTEN = {
    Audience.BOTH: "Written. The other side has been told that there is a message.",
    Audience.OWN_TEAM: "Written. Only your own team reads it.",
}


@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the open question."""
    return form_on_page(
        request,
        reference,
        forms.AnswerForm(request.POST),
        lambda reader, form: asking.answer(
            by=reader,
            reference=reference,
            body=form["body"],
            question=form["question"],
            key=form["key"],
        ),
        done=lambda form: "Your answer is with the team. Its clock runs on.",
        for_="send",
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the sender for information."""
    return event_page(
        request,
        reference,
        for_="triage",
        event=Event.ASK,
        template="referrals/ask.jinja",
        make=lambda reader, referral, data, initial: forms.AskForm(data, initial=initial),
        initial=lambda referral: {"with_person": referral.with_person},
        act=lambda reader, referral, form: asking.ask(
            by=reader, reference=reference, **form.given()
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
        event=Event.ACCEPT,
        template="referrals/accept.jinja",
        make=lambda reader, referral, data, initial: forms.AcceptForm(
            data,
            initial=initial,
            workers=queries.colleagues(access.check_may_triage(reader, referral), May.DECIDE),
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
        event=Event.DECLINE,
        template="referrals/decline.jinja",
        make=lambda reader, referral, data, initial: forms.DeclineForm(data, initial=initial),
        act=lambda reader, referral, form: deciding.decline(
            by=reader, reference=reference, **form.given()
        ),
        done="Declined. The sender has been told why.",
    )

"""The page of one referral: the same for both sides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.access import Reader, reader_of
from portal.accounts.roles import May
from portal.core.clock import now
from portal.core.references import new_opaque_id
from portal.ui.forms import Form
from referrals import access, queries
from referrals.actions.look import open_referral
from referrals.forms.events import AnswerForm, WriteForm
from referrals.homes import home_elsewhere
from referrals.models import Referral
from referrals.presenters import referral as words
from referrals.presenters.refer import duplicate_words
from referrals.presenters.rows import chips, status_words
from referrals.rules import can_event
from referrals.same_person import possible_duplicates
from referrals.states import Event, Status


@require_GET
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Read one referral."""
    reader = reader_of(request)
    referral = open_referral(by=reader, reference=reference)
    return show(request, reader, referral)


def show(
    request: HttpRequest,
    reader: Reader,
    referral: Referral,
    *,
    form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a form that came back with errors where there is one."""
    at, team = now(), access.team_in(reader, referral)
    detail = queries.detail(referral, team)
    sender = team.pk == referral.sending_team_id
    asked = sender and referral.status == Status.ASKED and reader.may(May.REFER, team.pk)
    hidden = {"key": new_opaque_id(), "version": str(referral.version)}
    write_form = form if isinstance(form, WriteForm) else WriteForm(initial=hidden)
    if isinstance(form, AnswerForm) and not asked:
        # A colleague was quicker: what was typed can still be sent as a message.
        write_form = WriteForm(initial={**hidden, "body": form.data.get("body", "")})
    context = {
        "referral": referral,
        "here": f"/referrals/{referral.reference}/",
        "person": words.banner(referral),
        "elsewhere": home_elsewhere(referral.service, referral.person.postcode, at),
        "chips": chips(referral),
        "points": detail.points,
        "letter": referral.letter,
        "duplicates": duplicate_words(
            possible_duplicates(by=reader, referral=referral, team=team), at
        ),
        "facts": words.facts(referral),
        "messages_shown": words.thread(detail, at),
        "decision": words.decision_box(detail),
        "timeline": words.timeline(detail, at),
        "clocks": words.clocks(detail, at, for_sender=sender),
        "status_words": status_words(referral),
        "question": detail.open_pause.question.body if asked and detail.open_pause else "",
        "answer_form": (form if isinstance(form, AnswerForm) else AnswerForm(initial=hidden))
        if asked
        else None,
        "write_form": write_form,
        "form": form,
        "may": may(reader, detail),
        "back": back_to(reader, referral),
        "key": hidden["key"],
    }
    return render(request, "referrals/referral.jinja", context, status=status)


def may(reader: Reader, detail: queries.Detail) -> dict[str, bool]:
    """Which of the events the reader can start now, for the buttons."""
    referral = detail.referral
    status = Status(referral.status)
    triages = access.triage_team(reader, referral) is not None
    works = reader.may(May.TRIAGE, referral.receiving_team_id)
    holds = triages and referral.held_by_id == reader.user.pk
    sends = referral.sending_team_id in reader.team_ids(May.REFER)
    redirect = detail.waiting_redirect
    to_us = bool(
        redirect
        and redirect.to_team_id in reader.team_ids(May.TRIAGE)
        and redirect.to_team_id != referral.receiving_team_id
    )
    return {
        "claim": (triages and can_event(status, Event.CLAIM)) or to_us,
        "take_on": to_us,
        "take_over": triages and not to_us and not holds and can_event(status, Event.TAKE_OVER),
        "release": holds and redirect is None and can_event(status, Event.RELEASE),
        "ask": holds and redirect is None and can_event(status, Event.ASK),
        "accept": holds and can_event(status, Event.ACCEPT),
        "decline": holds and can_event(status, Event.DECLINE),
        "redirect": holds and redirect is None and can_event(status, Event.REDIRECT),
        "withdraw": sends and can_event(status, Event.WITHDRAW),
        "close": (works or sends) and can_event(status, Event.CLOSE),
    }


def back_to(reader: Reader, referral: Referral) -> tuple[str, str]:
    """(words, address) of where this reader came from."""
    if reader.may(May.TRIAGE, referral.receiving_team_id):
        return "Inbox", "/referrals/inbox/"
    if referral.sending_team_id in reader.team_ids(May.REFER):
        return "My board", "/referrals/"
    return "Home", "/"

"""The page of one referral: the same for both sides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.access import Reader, reader_of
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.core.clock import now
from portal.core.references import new_opaque_id
from portal.ui.forms import Form
from referrals import access, beside
from referrals.actions.look import open_referral
from referrals.detail import Detail, detail
from referrals.detail_rows import Paused
from referrals.forms.events import AnswerForm, WriteForm
from referrals.homes import home_elsewhere
from referrals.models import Referral
from referrals.presenters import referral as words
from referrals.presenters.clocks import clocks, read_when
from referrals.presenters.meetings import meetings_card
from referrals.presenters.refer import duplicate_words
from referrals.presenters.rows import chips, status_words
from referrals.presenters.thread import thread
from referrals.presenters.timeline import decision_box, needed_words, timeline
from referrals.references import path_to
from referrals.rules import can_event, can_hand_on, can_still_reopen
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
    found = detail(referral, team)
    sender = team.pk == referral.sending_team_id
    asked = sender and referral.status == Status.ASKED and reader.may(May.REFER, team.pk)
    pause = found.open_pause if asked else None
    hidden = {"key": new_opaque_id(), "version": str(referral.version)}
    write_form = form if isinstance(form, WriteForm) else WriteForm(initial=hidden)
    if isinstance(form, AnswerForm) and not asked:
        # A colleague was quicker: what was typed can still be sent as a message.
        write_form = WriteForm(initial={**hidden, "body": form.data.get("body", "")})
    context = {
        "referral": referral,
        "here": path_to(referral.reference),
        "person": words.banner(referral),
        "elsewhere": home_elsewhere(referral.service, referral.person.postcode, at),
        "chips": chips(referral),
        "points": found.points,
        "letter": referral.letter,
        "duplicates": duplicate_words(
            possible_duplicates(by=reader, referral=referral, team=team), at
        ),
        "facts": words.facts(referral),
        "messages_shown": thread(found, at),
        "decision": decision_box(found),
        "timeline": timeline(found, at, reader_id=reader.user.pk),
        "clocks": clocks(
            found, at, for_sender=sender, with_us=team.pk == referral.receiving_team_id
        ),
        "meetings": meetings_card(found.meetings, at),
        "status_words": status_words(referral),
        "read_when": read_when(found, at) if sender else "",
        "question": pause.question if pause else "",
        "question_needed": needed_words(found, at),
        "for_the_team": team.side == Team.Side.HEALTH
        and not reader.may(May.GIVE_CLINICAL_VIEW, team.pk),
        "answer_form": _answer_form(form, hidden, pause) if pause else None,
        "write_form": write_form,
        "form": form,
        "may": may(reader, found),
        "beside": beside.links(reader, referral),
        "back": back_to(reader, referral),
        "key": hidden["key"],
    }
    return render(request, "referrals/referral.jinja", context, status=status)


def _answer_form(form: Form | None, hidden: dict[str, str], pause: Paused) -> AnswerForm:
    """To the question that the page shows, with what was typed if it came back."""
    if not isinstance(form, AnswerForm):
        return AnswerForm(initial={**hidden, "question": str(pause.question_id)})
    form.put_to(pause.question_id)
    return form


def may(reader: Reader, found: Detail) -> dict[str, bool]:
    """Which of the events the reader can start now, for the buttons."""
    referral, redirect = found.referral, found.waiting_redirect
    status = Status(referral.status)
    triages = reader.team_ids(May.TRIAGE)
    works = referral.receiving_team_id in triages
    to_us = bool(redirect and redirect.to_team_id in triages and not works)
    holds = works and referral.held_by_id == reader.user.pk
    decides = holds and reader.may(May.DECIDE, referral.receiving_team_id)
    sends = referral.sending_team_id in reader.team_ids(May.REFER)
    ended = can_event(status, Event.REOPEN) or can_event(status, Event.RESUME)
    return {
        "claim": (works and can_event(status, Event.CLAIM)) or to_us,
        "take_on": to_us,
        "hand_back": to_us,
        "take_over": works and not holds and can_event(status, Event.TAKE_OVER),
        "release": holds and redirect is None and can_event(status, Event.RELEASE),
        "ask": holds and redirect is None and can_event(status, Event.ASK),
        "accept": decides and can_event(status, Event.ACCEPT),
        "decline": decides and can_event(status, Event.DECLINE),
        "clinician_decides": holds and not decides and can_event(status, Event.ACCEPT),
        "redirect": works and redirect is None and _can_hand_on(Event.REDIRECT, referral, reader),
        "outside": works
        and reader.may(May.DECIDE, referral.receiving_team_id)
        and _can_hand_on(Event.OUTSIDE, referral, reader),
        "withdraw": sends and can_event(status, Event.WITHDRAW),
        "close": (works or sends) and can_event(status, Event.CLOSE),
        "reopen": ended
        and (sends or (works and status != Status.WITHDRAWN))
        and can_still_reopen(ended_at=referral.status_since, moment=now()),
    }


def _can_hand_on(event: Event, referral: Referral, reader: Reader) -> bool:
    return can_hand_on(event, Status(referral.status), referral.held_by_id, reader.user.pk)


def back_to(reader: Reader, referral: Referral) -> tuple[str, str]:
    """(words, address) of where this reader came from."""
    if reader.may(May.TRIAGE, referral.receiving_team_id):
        return "Inbox", "/referrals/inbox/"
    if referral.sending_team_id in reader.team_ids(May.REFER):
        return "My board", "/referrals/"
    return "Home", "/"

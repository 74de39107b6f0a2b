"""Reopening what has ended, by either side, with words."""

from typing import Any

from portal.accounts.access import Reader
from portal.accounts.roles import May
from portal.core.clock import london
from portal.core.refused import NotAllowed, Refused
from portal.core.retrying import retry_deadlocks
from portal.ui.words import short_when
from portal.worktime.hours import add_working_time
from referrals.actions.changing import Changing, changing
from referrals.actions.sides import holder_works, receiving_side, sending_side
from referrals.actions.undo import last_standing
from referrals.models import Referral, StatusChange
from referrals.rules import check_event, check_reopen
from referrals.states import Event, Status
from referrals.taking import closed_words


@retry_deadlocks
def reopen(
    *, by: Reader, reference: str, version: int | None, words: str, key: str | None = None
) -> Referral:
    """What was closed goes on where it was; what was declined, withdrawn or handed over outside
    the portal is new in the inbox.

    The clock of the latter begins again, as for a referral that has just been sent. Only the
    sender reopens what the sender has withdrawn. Whoever has left the team since holds nothing.
    """
    with changing(
        by=by,
        reference=reference,
        for_="read",
        what="reopen",
        version=version,
        key=key,
        body={"words": words},
    ) as change:
        referral = change.referral
        if change.repeated:
            return referral
        status, event = Status(referral.status), reopening(referral)
        check_event(status, event)
        _check_side(change, status)
        check_reopen(ended_at=referral.status_since, moment=change.moment, words=words)
        columns = _goes_on(change) if event == Event.RESUME else _as_new(change)
        row = change.record(event, note=words.strip(), **columns)
        _tell(change, row)
        return referral


def reopening(referral: Referral) -> Event:
    """Whether it goes on where it was, or is new: what was never accepted has nowhere to go on.

    One query for what is closed.
    """
    if referral.status != Status.CLOSED:
        return Event.REOPEN
    last = last_standing(referral)
    return Event.REOPEN if last and last.event == Event.OUTSIDE else Event.RESUME


def _check_side(change: Changing, status: Status) -> None:
    """The team that received it last, or the one that sent it; none that handed it on."""
    referral, by = change.referral, change.by
    sent = by.may(May.REFER, referral.sending_team_id)
    received = by.may(May.TRIAGE, referral.receiving_team_id) and status != Status.WITHDRAWN
    if not (sent or received):
        whose = "the team that sent it" if status == Status.WITHDRAWN else "the two sides"
        raise NotAllowed(
            f"Only {whose} can reopen this referral.",
            subject_kind="referral",
            subject=referral.reference,
        )


def _goes_on(change: Changing) -> dict[str, Any]:
    """With its holder, where they still work in the team."""
    return {} if holder_works(change.referral) else {"held_by": None, "held_since": None}


def _as_new(change: Changing) -> dict[str, Any]:
    """Nobody holds it, and it is due as if it had been sent at this moment."""
    referral, service = change.referral, change.referral.service
    if why := closed_words(service, london(change.moment).date()):
        raise Refused(why, code="takes-no-referrals")
    standard, team = service.response_time(referral.urgency), referral.receiving_team
    if standard is None or team.closed_on is not None or service.hours().never_opens:
        raise Refused(
            f"{service.name} takes no referrals here any more. Make a new one to another service.",
            code="takes-no-referrals",
        )
    due_at = add_working_time(service.hours(), change.moment, standard)
    return {"held_by": None, "held_since": None, "due_at": due_at, "remaining_seconds": None}


def _tell(change: Changing, row: StatusChange) -> None:
    """The other side, and the receiving team's inbox whoever reopened it."""
    referral = change.referral
    due = short_when(referral.due_at) if row.event == Event.REOPEN and referral.due_at else ""
    wanted = "Read why: the work goes on"
    if row.event == Event.REOPEN:
        wanted = "Read why, and answer"
    elif referral.held_by_id is None:
        wanted = "Read why, and decide who works with the person: nobody holds it"
    change.tell(
        f"referral.reopened:{row.pk}",
        "referral.reopened",
        receiving_side(referral),
        wanted=wanted,
        due=due,
    )
    change.tell(
        f"referral.reopened.sender:{row.pk}",
        "referral.reopened",
        sending_side(referral),
        wanted="Nothing now: read why",
        due=due,
    )

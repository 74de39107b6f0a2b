"""The decision: accepted (a named worker, or the waiting list with a date) or declined."""

from datetime import date, datetime

from portal.accounts.access import Reader
from portal.accounts.desks import desk_of_team
from portal.accounts.memberships import user_ids_of
from portal.accounts.models import User
from portal.accounts.roles import May
from portal.core.clock import today
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import Recipient
from portal.ui.words import long_date
from referrals import access
from referrals.actions.ask import end_open_pause
from referrals.actions.changing import Changing, changing
from referrals.actions.sides import receiving_side, sending_side
from referrals.models import Decision, Redirect, Referral, StatusChange
from referrals.rules import check_accept, check_decline, check_event
from referrals.states import DECLINE_WORDS, DeclineReason, Event, Status


@retry_deadlocks
def accept(
    *,
    by: Reader,
    reference: str,
    version: int | None,
    worker_id: int | None = None,
    waiting_until: date | None = None,
    words: str = "",
    key: str | None = None,
) -> Referral:
    """Accept it for a named worker of the team, or onto the waiting list until a date."""
    with changing(
        by=by,
        reference=reference,
        for_="triage",
        what="accept",
        version=version,
        key=key,
        body={"worker": worker_id, "until": waiting_until, "words": words},
    ) as change:
        if change.repeated:
            return change.referral
        _check_may_decide(change, Event.ACCEPT)
        check_accept(
            worker_id=worker_id,
            waiting_until=waiting_until,
            team_member_ids=set(user_ids_of(change.team, May.DECIDE)),
            today=today(),
        )
        Decision.objects.create(
            referral=change.referral,
            status=Status.ACCEPTED,
            by=by.user,
            at=change.moment,
            worker_id=worker_id,
            waiting_until=waiting_until,
            words=words.strip(),
        )
        wanted = "Nothing now: it is accepted"
        if waiting_until:
            wanted += f", on the waiting list until about {long_date(waiting_until)}"
        note = f"{_by_whom(worker_id, waiting_until)}. {words.strip()}".strip()
        row = _decide(change, Event.ACCEPT, "referral.accepted", wanted, note)
        if worker_id is not None:
            _hand_to_worker(change, worker_id, row)
        return change.referral


@retry_deadlocks
def decline(
    *,
    by: Reader,
    reference: str,
    version: int | None,
    reason: str,
    words: str,
    key: str | None = None,
) -> Referral:
    """Decline it with a coded reason and words that say what the sender can do now."""
    with changing(
        by=by,
        reference=reference,
        for_="triage",
        what="decline",
        version=version,
        key=key,
        body={"reason": reason, "words": words},
    ) as change:
        if change.repeated:
            return change.referral
        _check_may_decide(change, Event.DECLINE)
        check_decline(reason=reason, words=words)
        Decision.objects.create(
            referral=change.referral,
            status=Status.DECLINED,
            by=by.user,
            at=change.moment,
            reason=reason,
            words=words.strip(),
        )
        _decide(
            change,
            Event.DECLINE,
            "referral.declined",
            "Read why, and what you can do now",
            f"{DECLINE_WORDS[DeclineReason(reason)]}. {words.strip()}",
            reason,
        )
        return change.referral


def _hand_to_worker(change: Changing, worker_id: int, row: StatusChange) -> None:
    """Whoever works with the person holds the referral from now on, and is told."""
    change.touch(held_by_id=worker_id, held_since=change.moment)
    change.tell(
        f"referral.worker:{row.pk}",
        "referral.accepted",
        [Recipient.person(worker_id, desk_of_team(change.team.pk))],
        wanted="You work with the person: read it and begin",
    )


def _by_whom(worker_id: int | None, waiting_until: date | None) -> str:
    """How it was accepted, for programs, which get no page."""
    if worker_id:
        return f"Named worker: {User.objects.get(pk=worker_id).name}"
    return f"Waiting list, expected by {long_date(waiting_until)}" if waiting_until else ""


def _check_may_decide(change: Changing, event: Event) -> None:
    referral = change.referral
    if change.team.pk == referral.receiving_team_id:
        access.check_may_decide(change.by, referral)
    check_event(Status(referral.status), event)
    change.check_holder()


def _decide(
    change: Changing, event: Event, kind: str, wanted: str, note: str, reason: str = ""
) -> StatusChange:
    referral = change.referral
    close_open_ends(change)
    row = change.record(
        event, note=note, reason=reason, due_at=referral.due_at, remaining_seconds=None
    )
    change.tell(f"{kind}:{row.pk}", kind, sending_side(referral), wanted=wanted)
    return row


def close_open_ends(change: Changing) -> None:
    """A question that waited and a redirect that was pending end with the decision."""
    referral = change.referral
    end_open_pause(referral, change.moment)
    for redirect in referral.redirects.waiting().select_related("to_team"):
        end_redirect(referral, redirect, change.moment)
        change.tell(
            f"referral.redirect-ended:{redirect.pk}:{referral.version}",
            "referral.withdrawn",
            receiving_side(referral, redirect.to_team),
            wanted="Nothing more: it was decided before you acknowledged it",
        )


def end_redirect(referral: Referral, redirect: Redirect, moment: datetime) -> None:
    """It never became the second team's, so it is not theirs to read any longer."""
    redirect.ended_at = moment
    redirect.save(update_fields=["ended_at"])
    referral.parties.filter(team=redirect.to_team_id, since__gte=redirect.at).delete()

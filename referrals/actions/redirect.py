"""Redirecting in one step: it stays the first team's until the second acknowledges it."""

from contacts.models import Service
from portal.accounts.access import Reader
from portal.core.clock import london
from portal.core.retrying import retry_deadlocks
from portal.ui.words import short_when
from referrals.actions.ask import end_open_pause
from referrals.actions.changing import changing
from referrals.actions.sides import receiving_side, sending_side
from referrals.models import Party, Redirect, Referral
from referrals.rules import check_redirect
from referrals.states import Event, Status
from referrals.taking import why_none

# Of the sender, by where it was.
_WANTED = {
    Status.SENT: "Nothing now: it is acknowledged, and has been handed to another service",
    Status.ACKNOWLEDGED: "Nothing now: it has been handed to another service",
    Status.ASKED: "Nothing now, and no answer to the question: another service has been asked",
}


@retry_deadlocks
def redirect(
    *,
    by: Reader,
    reference: str,
    to_service: Service,
    reason: str,
    version: int | None,
    key: str | None = None,
) -> Referral:
    """Hand it to another service with words. Clock and text stay; both others are told.

    Whoever redirects what nobody holds yet holds it from then on. A question that waits need not
    be answered: the clock runs on from where it stood, as after an answer.
    """
    with changing(
        by=by,
        reference=reference,
        for_="triage",
        what="redirect",
        version=version,
        key=key,
        body={"to_service": to_service.pk, "reason": reason},
    ) as change:
        referral = change.referral
        if change.repeated:
            return referral
        status = Status(referral.status)
        change.check_hands_on(Event.REDIRECT)
        team = to_service.receiving_team
        check_redirect(
            same_service=to_service.pk == referral.service_id
            or (team is not None and team.pk == referral.receiving_team_id),
            takes_referrals=not why_none(to_service, london(change.moment).date()),
            already_redirected=referral.redirects.waiting().exists(),
            reason=reason,
        )
        assert team is not None  # noqa: S101 (check_redirect has just refused that)
        Redirect.objects.create(
            referral=referral,
            from_service=referral.service,
            to_service=to_service,
            to_team=team,
            by=by.user,
            at=change.moment,
            reason=reason.strip(),
        )
        Party.objects.get_or_create(
            referral=referral,
            team=team,
            defaults={"role": Party.As.RECEIVER, "since": change.moment},
        )
        change.hold_if_nobody_does()
        end_open_pause(referral, change.moment)
        row = change.record(
            Event.REDIRECT,
            note=f"{to_service.name}. {reason.strip()}",
            due_at=referral.due_at,
            remaining_seconds=None,
        )
        due = short_when(referral.due_at) if referral.due_at else ""
        change.tell(
            f"referral.redirected:{row.pk}",
            "referral.redirected",
            receiving_side(referral, team),
            wanted="Acknowledge it, so that it becomes yours",
            due=due,
        )
        change.tell(
            f"referral.redirected.sender:{row.pk}",
            "referral.redirected",
            sending_side(referral),
            wanted=_WANTED[status],
            due=due,
        )
        return referral

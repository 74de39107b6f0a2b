"""Claiming: somebody of the receiving team holds it now. That is what "received" means."""

from portal.accounts.access import Reader
from portal.accounts.desks import desk_of_team
from portal.accounts.roles import May
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import Recipient
from referrals.actions.changing import Changing, changing
from referrals.actions.sides import sending_side
from referrals.models import Party, Redirect, Referral
from referrals.rules import check_claim, check_event, check_not_redirected, check_own_team
from referrals.states import Event, Status


@retry_deadlocks
def claim(*, by: Reader, reference: str) -> Referral:
    """Hold the referral. Two at once: one wins; raises HeldByAnother, naming who, for the other.

    Claiming what one already holds changes nothing. When it was redirected to the reader's team,
    claiming it is the acknowledgement that moves it there.
    """
    with changing(by=by, reference=reference, for_="triage", what="claim") as change:
        referral = change.referral
        handed_on = _handed_to(by, referral)
        if handed_on:
            _take_over(change, handed_on)
            return referral
        if referral.held_by_id == by.user.pk and referral.status != Status.SENT:
            change.repeated = True
            return referral
        check_claim(Status(referral.status), referral.held_by.name if referral.held_by else None)
        row = change.record(Event.CLAIM, held_by=by.user, held_since=change.moment)
        change.tell(
            f"referral.claimed:{row.pk}",
            "referral.acknowledged",
            sending_side(referral),
            wanted="Nothing now: somebody holds it",
        )
        return referral


@retry_deadlocks
def release(*, by: Reader, reference: str, version: int | None) -> Referral:
    """Give it back to the team's inbox, so that a colleague can claim it."""
    with changing(
        by=by, reference=reference, for_="triage", what="release", version=version
    ) as change:
        check_event(Status(change.referral.status), Event.RELEASE)
        change.check_holder()
        check_not_redirected(change.referral.redirects.waiting().exists())
        change.record(Event.RELEASE, held_by=None, held_since=None)
        return change.referral


@retry_deadlocks
def take_over(*, by: Reader, reference: str, version: int | None) -> Referral:
    """Hold what a colleague of the same team holds: they are ill, or off duty."""
    with changing(
        by=by, reference=reference, for_="triage", what="take over", version=version
    ) as change:
        check_own_team(change.team.pk, change.referral.receiving_team_id)
        holder = change.referral.held_by_id
        if holder is None or holder == by.user.pk:
            change.repeated = True
            return change.referral
        row = change.record(Event.TAKE_OVER, held_by=by.user, held_since=change.moment)
        change.tell(
            f"referral.taken-over:{row.pk}",
            "referral.taken-over",
            [Recipient.person(holder, desk_of_team(change.team.pk))],
            wanted="Nothing now: a colleague holds it",
        )
        return change.referral


def _handed_to(by: Reader, referral: Referral) -> Redirect | None:
    """The redirect that waits for one of the reader's teams, if there is one."""
    return (
        referral.redirects.waiting()
        .filter(to_team__in=by.team_ids(May.TRIAGE))
        .select_related("to_service", "to_team")
        .first()
    )


def _take_over(change: Changing, redirect: Redirect) -> None:
    """The second team acknowledges: now it is theirs, with its clock and text as they were."""
    referral = change.referral
    change.team = redirect.to_team
    redirect.acknowledged_by, redirect.acknowledged_at = change.by.user, change.moment
    redirect.save(update_fields=["acknowledged_by", "acknowledged_at"])
    Party.objects.get_or_create(
        referral=referral,
        team=change.team,
        defaults={"role": Party.As.RECEIVER, "since": change.moment},
    )
    row = change.record(
        Event.TAKE_ON,
        service=redirect.to_service,
        receiving_team=change.team,
        held_by=change.by.user,
        held_since=change.moment,
    )
    change.tell(
        f"referral.taken-on:{row.pk}",
        "referral.acknowledged",
        sending_side(referral),
        wanted="Nothing now: the second service holds it",
    )

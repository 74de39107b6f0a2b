"""Who is told of what has moved with its council, and of what has not (see succeed.py)."""

from collections.abc import Sequence

from portal.accounts.desks import desk_of_team
from portal.accounts.memberships import user_ids_of
from portal.accounts.roles import May
from portal.notifications.actions import Recipient, tell
from portal.ui.words import short_when
from referrals.actions.sides import receiving_side
from referrals.models import Referral
from referrals.references import path_to
from referrals.states import Urgency


def without(before: Sequence[Recipient], after: Sequence[Recipient]) -> list[Recipient]:
    """Whom it concerns no longer; who has come along from one team to the other is told once, and
    so is a mailbox that both have."""
    told = {(one.user_id, one.address) for one in after}
    return [one for one in before if (one.user_id, one.address) not in told]


def tell_lead(referral: Referral, why: str) -> bool:
    """Once for each referral and council; where nobody leads the team, all of it. False where
    nobody is left in it, and it has no mailbox."""
    team = referral.receiving_team
    desk = desk_of_team(team.pk)
    leads = [Recipient.person(pk, desk) for pk in user_ids_of(team, May.OVERSEE_TEAM)]
    recipients = leads or receiving_side(referral)
    tell_of(
        referral,
        f"stays:{referral.pk}:{referral.service_id}",
        recipients,
        team.name,
        f"Help it on. {why}",
        kind="referral.left-behind",
    )
    return bool(recipients)


def tell_of(
    referral: Referral,
    event: str,
    recipients: Sequence[Recipient],
    team: str,
    wanted: str,
    *,
    kind: str = "referral.moved",
) -> None:
    """One notification; the portal itself tells, so nobody is left out for having done it."""
    tell(
        event=f"{kind}.{event}",
        kind=kind,
        recipients=recipients,
        facts={
            "urgency": referral.urgency_word,
            "team": team,
            "wanted": wanted,
            "by": short_when(referral.due_at) if referral.due_at else "",
            "reference": referral.reference,
        },
        path=path_to(referral.reference),
        urgent=referral.urgency == Urgency.TODAY,
    )

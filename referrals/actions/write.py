"""Writing in the thread: to both sides, or for one's own team only."""

from portal.accounts.access import Reader
from portal.core.refused import Refused
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import Recipient
from referrals.actions.changing import Changing, changing
from referrals.actions.sides import receiving_side, sending_side
from referrals.models import Message, Referral
from referrals.states import Audience, Voice


@retry_deadlocks
def write(
    *,
    by: Reader,
    reference: str,
    body: str,
    audience: Audience = Audience.BOTH,
    key: str | None = None,
    urgent: bool = False,
) -> Referral:
    """Add a message; the other side is told unless it is for one's own team only.

    `urgent` where the message is for today and the referral need not be.
    """
    with changing(
        by=by,
        reference=reference,
        for_="read",
        what="write",
        key=key,
        body={"body": body, "audience": audience},
    ) as change:
        referral = change.referral
        if change.repeated:
            return referral
        if not body.strip():
            raise Refused("Write something first.", code="invalid", field="body")
        message = Message.objects.create(
            referral=referral,
            author=by.user,
            team=change.team,
            voice=Voice.NOTE,
            audience=audience,
            body=body.strip(),
            at=change.moment,
            for_the_team=change.for_the_team,
        )
        if audience == Audience.BOTH:
            # A note does not make a form that somebody is filling in stale: the version stays.
            Referral.objects.filter(pk=referral.pk).update(changed_at=change.moment)
            change.tell(
                f"referral.message:{message.pk}",
                "referral.message",
                _others(change),
                wanted="Read a message",
                urgent=urgent,
            )
        return referral


def _others(change: Changing) -> list[Recipient]:
    """Everybody but the writer's own side; a team that it is redirected to writes to both."""
    referral, team = change.referral, change.team.pk
    others: list[Recipient] = []
    if team != referral.sending_team_id:
        others += sending_side(referral)
    if team != referral.receiving_team_id:
        others += receiving_side(referral)
    return others

"""A mail that could not be sent, so that its page has something to show."""

from datetime import timedelta

from portal.accounts.desks import desk_of_team
from portal.accounts.models import Team
from portal.core.clock import now
from portal.notifications.actions import Recipient, tell
from portal.notifications.models import Notification
from portal.notifications.states import Failure, State
from referrals.models import Referral
from referrals.references import path_to

_ADDRESS = "front.door.duty@council.example"
_EVENT = "demonstration: a mail that failed"


def make_failed_mail(team: Team) -> None:
    """To a mailbox that the team used to have, about a referral that waits for it."""
    referral = Referral.objects.filter(receiving_team=team, status="sent").order_by("pk").last()
    if referral is None:
        return
    tell(
        event=_EVENT,
        kind="referral.sent",
        recipients=[Recipient.mailbox(_ADDRESS, desk_of_team(team.pk))],
        facts={
            "urgency": referral.urgency_word,
            "team": team.name,
            "reference": referral.reference,
        },
        path=path_to(referral.reference),
    )
    Notification.objects.filter(event=_EVENT).update(
        state=State.FAILED_PERMANENTLY,
        failure=Failure.RECIPIENT,
        attempts=1,
        created_at=now() - timedelta(hours=3),
    )

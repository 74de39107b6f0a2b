"""What was told has been undone: mails that wait are not sent, and who has been told is told so."""

from collections.abc import Sequence

from portal.notifications.models import Notification
from portal.notifications.recipients import Recipient
from portal.notifications.states import FAILED, Channel, State


def take_back(events: Sequence[str]) -> list[Recipient]:
    """Stop the mails of these events that are still unsent, those that failed too; whom to tell
    that it was undone.

    In the caller's transaction. Whoever was told in the app is told there; by mail only those
    whose mail has gone, or is going out at this moment.
    """
    told = Notification.objects.filter(event__in=events)
    unsent = told.filter(channel=Channel.EMAIL, state__in=[State.QUEUED, *FAILED])
    unsent.update(state=State.NOT_NEEDED)
    found: dict[tuple[int | None, str, str], set[Channel]] = {}
    rows = told.exclude(state=State.NOT_NEEDED).order_by("pk")
    for row in rows.only("recipient_id", "address", "desk", "channel"):
        who = (row.recipient_id, row.address, row.desk)
        found.setdefault(who, set()).add(Channel(row.channel))
    return [
        Recipient(user_id, address, tuple(sorted(channels)), desk=desk or None)
        for (user_id, address, desk), channels in found.items()
    ]

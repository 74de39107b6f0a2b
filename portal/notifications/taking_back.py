"""What was told has been undone: mails that wait are not sent, and who has been told is told so."""

from collections.abc import Sequence

from portal.notifications.models import Notification
from portal.notifications.recipients import Recipient
from portal.notifications.states import Channel, State


def take_back(events: Sequence[str]) -> list[Recipient]:
    """Stop the mails of these events that are still unsent; whom to tell that it was undone.

    In the caller's transaction. Whoever was told in the app is told there; by mail only those
    whose mail has gone, or is going out at this moment.
    """
    told = Notification.objects.filter(event__in=events)
    told.filter(channel=Channel.EMAIL, state=State.QUEUED).update(state=State.NOT_NEEDED)
    found: dict[tuple[int | None, str], set[Channel]] = {}
    rows = told.exclude(state=State.NOT_NEEDED).order_by("pk")
    for user_id, address, channel in rows.values_list("recipient_id", "address", "channel"):
        found.setdefault((user_id, address), set()).add(Channel(channel))
    return [
        Recipient(user_id=user_id, address=address, channels=tuple(sorted(channels)))
        for (user_id, address), channels in found.items()
    ]

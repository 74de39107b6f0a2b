"""Telling that a meeting has been held, or its minutes corrected: those who took part, and both
sides of each referral."""

from collections.abc import Collection, Sequence

from meetings.access import items_for
from meetings.actions.running import Running
from meetings.models import Item
from meetings.outcome_queries import people_for
from meetings.references import path_to_minutes, path_to_part
from meetings.states import ItemState
from portal.accounts.access import reader_for
from portal.accounts.desks import at_their_desks
from portal.notifications.actions import tell
from referrals.actions.sides import receiving_side, sending_side


def tell_of_minutes(held: Running, items: Sequence[Item]) -> None:
    """In the transaction that ends it. Whoever takes part and works with a referral reads both."""
    meeting = held.meeting
    there = meeting.participants.filter(removed_at__isnull=True).exclude(user=held.by.user)
    tell(
        event=f"meeting.minutes:{meeting.pk}",
        kind="meeting.minutes",
        recipients=at_their_desks(there.values_list("user_id", "team_id")),
        facts={
            "team": meeting.team.name,
            "wanted": "Read the minutes, and what you have to do",
            "reference": meeting.reference,
        },
        path=path_to_minutes(meeting.reference),
    )
    for item in items:
        if item.state == ItemState.DONE:
            _tell_sides(
                held,
                item,
                event=f"meeting.minutes:{meeting.pk}:{item.pk}",
                kind="meeting.minutes",
                wanted="Read what was decided",
            )


def tell_of_correction(held: Running, item: Item) -> None:
    """In the transaction that corrects an item: those who take part and may read it, whoever
    arranged the meeting and may, and both sides of its referral."""
    meeting, kind = held.meeting, "meeting.corrected"
    event = f"{kind}:{item.pk}:{held.moment.isoformat()}"
    wanted = "Read what was set right in the minutes"
    there = {part.user_id: part.team_id for part in people_for(item)}
    if items_for(reader_for(meeting.organiser), meeting).filter(pk=item.pk).exists():
        there.setdefault(meeting.organiser_id, meeting.team_id)
    there.pop(held.by.user.pk, None)
    tell(
        event=event,
        kind=kind,
        recipients=at_their_desks(there.items()),
        facts={"team": meeting.team.name, "wanted": wanted, "reference": meeting.reference},
        path=path_to_minutes(meeting.reference),
    )
    _tell_sides(held, item, event=f"{event}:sides", kind=kind, wanted=wanted, without=there)


def _tell_sides(
    held: Running,
    item: Item,
    *,
    event: str,
    kind: str,
    wanted: str,
    without: Collection[int] = (),
) -> None:
    """Both sides of the item's referral, where it has one; not whoever does it, nor `without`."""
    if item.referral is None:
        return
    sides = [*sending_side(item.referral), *receiving_side(item.referral)]
    left_out = {held.by.user.pk, *without}
    tell(
        event=event,
        kind=kind,
        recipients=[each for each in sides if each.user_id not in left_out],
        facts={
            "team": held.meeting.team.name,
            "wanted": wanted,
            "reference": item.referral.reference,
        },
        path=path_to_part(held.meeting.reference, item.referral.reference),
    )

"""Telling that a meeting has been held: those who took part, and both sides of each referral."""

from collections.abc import Sequence

from meetings.actions.running import Running
from meetings.models import Item
from meetings.references import path_to_minutes, path_to_part
from meetings.states import ItemState
from portal.accounts.desks import desk_of_team
from portal.notifications.actions import Recipient, tell
from referrals.actions.changing import receiving_side, sending_side


def tell_of_minutes(held: Running, items: Sequence[Item]) -> None:
    """In the transaction that ends it. Whoever takes part and works with a referral reads both."""
    meeting = held.meeting
    there = meeting.participants.filter(removed_at__isnull=True).exclude(user=held.by.user)
    tell(
        event=f"meeting.minutes:{meeting.pk}",
        kind="meeting.minutes",
        recipients=[
            Recipient.person(user_id, desk_of_team(team_id))
            for user_id, team_id in there.values_list("user_id", "team_id")
        ],
        facts={
            "team": meeting.team.name,
            "wanted": "Read the minutes, and what you have to do",
            "reference": meeting.reference,
        },
        path=path_to_minutes(meeting.reference),
    )
    for item in items:
        if item.referral is None or item.state != ItemState.DONE:
            continue
        sides = [*sending_side(item.referral), *receiving_side(item.referral)]
        tell(
            event=f"meeting.minutes:{meeting.pk}:{item.pk}",
            kind="meeting.minutes",
            recipients=[each for each in sides if each.user_id != held.by.user.pk],
            facts={
                "team": meeting.team.name,
                "wanted": "Read what was decided",
                "reference": item.referral.reference,
            },
            path=path_to_part(meeting.reference, item.referral.reference),
        )

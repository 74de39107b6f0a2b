"""What a meeting decides, and what somebody is to do: on the referral that it concerns."""

from datetime import date

from meetings.actions.running import running
from meetings.models import Action, Decision, Item, Participant
from meetings.outcome_queries import people_for
from meetings.outcome_rules import check_action, check_decision, check_improvement
from meetings.queries import team_of
from meetings.states import Kind
from portal.accounts.access import Reader
from portal.accounts.desks import at_their_desks
from portal.core.clock import today
from portal.core.refused import Refused
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import tell
from portal.ui.words import long_date
from referrals.models import MeetingEntry


@retry_deadlocks
def decide(*, by: Reader, reference: str, item: int, body: str, key: str) -> Item:
    """Write down a decision; both sides of the item's referral read it there at once."""
    with running(
        by=by, reference=reference, what="decide", key=key, body={"item": item, "body": body}
    ) as held:
        row = held.item(item)
        if held.repeated:
            return row
        held.check_pen()
        check_decision(body=body)
        Decision.objects.create(
            item=row, referral=row.referral, body=body.strip(), by=by.user, at=held.moment
        )
        held.leave(row, MeetingEntry.Verb.DECIDED, body.strip())
        held.touch()
        return row


@retry_deadlocks
def agree(
    *,
    by: Reader,
    reference: str,
    item: int,
    text: str,
    owner: int,
    due_on: date,
    key: str,
    is_improvement: bool = False,
) -> Item:
    """Somebody who may read the item is to do something by a day; they are told."""
    typed = {"item": item, "text": text, "owner": owner, "due_on": due_on}
    if is_improvement:
        typed["is_improvement"] = True
    with running(by=by, reference=reference, what="agree", key=key, body=typed) as held:
        row = held.item(item)
        if held.repeated:
            return row
        held.check_pen()
        check_action(text=text, due_on=due_on, today=today())
        check_improvement(kind=Kind(held.meeting.kind), is_improvement=is_improvement)
        part = _part_of(row, owner)
        action = Action.objects.create(
            meeting=held.meeting,
            item=row,
            referral=row.referral,
            text=text.strip(),
            owner=part.user,
            due_on=due_on,
            is_improvement=is_improvement,
            by=by.user,
            at=held.moment,
        )
        held.leave(
            row,
            MeetingEntry.Verb.ACTION,
            f"{action.text} ({part.user.name}, by {long_date(due_on)})",
            about=about(action),
        )
        held.touch()
        if part.user_id != by.user.pk:
            tell_owner(action)
        return row


def about(action: Action) -> str:
    """How a referral knows an action, so that a later entry stands for an earlier one."""
    return f"action {action.pk}"


def _part_of(item: Item, owner: int) -> Participant:
    """The owner's place; Refused for somebody who has no part in the item."""
    found = next((part for part in people_for(item) if part.user_id == owner), None)
    if found is None:
        raise Refused(
            "Choose somebody who takes part and may read this item.", code="invalid", field="owner"
        )
    return found


def tell_owner(action: Action, wanted: str = "Do what was agreed at a meeting") -> None:
    """Whoever has it to do, at the desk of the team for which they took part when it was agreed."""
    team = team_of(action.meeting, action.owner_id)
    tell(
        event=f"meeting.action:{action.pk}:{action.version}",
        kind="meeting.action",
        recipients=at_their_desks([(action.owner_id, team.pk)]),
        facts={
            "team": action.meeting.team.name,
            "wanted": wanted,
            "by": long_date(action.due_on),
            "reference": action.meeting.reference,
        },
        path="/meetings/actions/",
    )

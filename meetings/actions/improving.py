"""What became of an improvement, said at the next reflection: done, explained, or it goes on."""

from datetime import date

from meetings.actions.outcome import tell_owner
from meetings.actions.running import running
from meetings.models import Action, Item
from meetings.outcome_rules import check_action, check_action_end
from meetings.states import ActionState
from portal.accounts.access import Reader
from portal.core.clock import today
from portal.core.refused import NotYours, Refused, Stale
from portal.core.retrying import retry_deadlocks


@retry_deadlocks
def say_of_improvement(
    *,
    by: Reader,
    reference: str,
    item: int,
    ending: ActionState,
    words: str,
    due_on: date | None,
    version: int,
    key: str,
) -> Action:
    """Whoever has the pen says it for the meeting. ActionState.OPEN: it goes on, until `due_on`.

    What goes on stays open, so that the next reflection begins with it again; its owner is
    reminded of the new day. Raises Stale where the owner has said something meanwhile, NotYours
    for an item that follows no improvement.
    """
    typed = {"item": item, "ending": ending, "words": words, "due_on": due_on}
    with running(by=by, reference=reference, what="improvement", key=key, body=typed) as held:
        row = _followed(held.item(item))
        if held.repeated:
            return row
        held.check_pen()
        if ending == ActionState.OPEN:
            if due_on is None:
                raise Refused("Enter the day by which it is done.", field="due_on")
            check_action(text=row.text, due_on=due_on, today=today())
        check_action_end(state=ActionState(row.state), ending=ending, words=words)
        if version != row.version:
            raise Stale("This has changed since you opened the page. Look at it again.")
        if ending == ActionState.OPEN and due_on is not None:
            row.due_on, row.reminded_on = due_on, None
        else:
            row.state, row.words = ending.value, words.strip()
            row.ended_by, row.ended_at = by.user, held.moment
        row.version += 1
        row.save()
        held.touch()
        if ending == ActionState.OPEN and row.owner_id != by.user.pk:
            tell_owner(row)
        return row


def _followed(item: Item) -> Action:
    """The improvement from which an item comes, locked."""
    rows = Action.objects.select_for_update(of=("self",)).select_related("owner", "meeting__team")
    found = rows.filter(pk=item.follows_id).first() if item.follows_id else None
    if found is None:
        raise NotYours("item", str(item.pk))
    return found

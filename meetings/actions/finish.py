"""An action is done, or it is explained why not: by whoever it belongs to, once."""

from django.db import transaction

from meetings.actions.outcome import about
from meetings.models import Action
from meetings.outcome_access import get_action
from meetings.outcome_rules import check_action_end
from meetings.queries import team_of
from meetings.references import path_to, path_to_part
from meetings.states import ActionState
from portal.accounts.access import Reader
from portal.accounts.desks import at_their_desks
from portal.core import once
from portal.core.clock import now
from portal.core.refused import Stale
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import tell
from referrals.actions.meetings import record
from referrals.models import MeetingEntry

_LEAVES = {
    ActionState.DONE: MeetingEntry.Verb.DONE,
    ActionState.EXPLAINED: MeetingEntry.Verb.EXPLAINED,
}


@retry_deadlocks
def finish(
    *, by: Reader, action: int, ending: ActionState, words: str, version: int, key: str
) -> Action:
    """End an open action of the reader's. `words`: what was done, or why it was not.

    Both sides of its referral read it there, and the organiser of its meeting is told. Raises
    Stale where it has changed since `version`, NotYours for somebody else's.
    """
    with transaction.atomic():
        row = get_action(by, action, lock=True)
        _, first = once.take(
            key=key,
            by=by.user,
            purpose="meeting.finish",
            body={"action": action, "ending": ending, "words": words},
        )
        if not first:
            return row
        check_action_end(state=ActionState(row.state), ending=ending, words=words)
        if version != row.version:
            raise Stale("This has changed since you opened the page. Look at it again.")
        row.state, row.words = ending.value, words.strip()
        row.ended_by, row.ended_at = by.user, now()
        row.version += 1
        row.save(update_fields=["state", "words", "ended_by", "ended_at", "version"])
        team = team_of(row.meeting, by.user.pk)
        if row.referral is not None:
            record(
                referral=row.referral,
                verb=_LEAVES[ending],
                meeting=row.meeting.reference,
                path=path_to_part(row.meeting.reference, row.referral.reference),
                text=f"{row.text}. {row.words}" if row.words else row.text,
                by=by,
                team=team,
                at=row.ended_at,
                about=about(row),
            )
        if row.meeting.organiser_id != by.user.pk:
            _tell_organiser(row, ending)
        return row


def _tell_organiser(action: Action, ending: ActionState) -> None:
    meeting = action.meeting
    done = ending == ActionState.DONE
    tell(
        event=f"meeting.action-ended:{action.pk}",
        kind="meeting.action-ended",
        recipients=at_their_desks([(meeting.organiser_id, meeting.team_id)]),
        facts={
            "team": meeting.team.name,
            "wanted": "Read what was done" if done else "Read why something was not done",
            "reference": meeting.reference,
        },
        path=path_to(meeting.reference),
    )

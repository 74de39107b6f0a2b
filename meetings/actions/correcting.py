"""Minutes are set right after the meeting: under what was written, never instead of it."""

from meetings.actions.minutes_told import tell_of_correction
from meetings.actions.running import running
from meetings.models import Correction, Item
from meetings.outcome_rules import check_correction
from meetings.states import Status
from portal.accounts.access import Reader
from portal.core.retrying import retry_deadlocks
from referrals.models import MeetingEntry


@retry_deadlocks
def correct(*, by: Reader, reference: str, item: int, body: str, key: str) -> Item:
    """Set something right in the minutes of an item; those who read these are told.

    Whoever takes part or organises the meeting can, where they may read the item.
    """
    with running(
        by=by, reference=reference, what="correct", key=key, body={"item": item, "body": body}
    ) as held:
        row = held.item(item)
        if held.repeated:
            return row
        check_correction(status=Status(held.meeting.status), body=body)
        words = body.strip()
        Correction.objects.create(item=row, body=words, by=by.user, at=held.moment)
        held.leave(row, MeetingEntry.Verb.CORRECTED, words)
        held.touch()
        tell_of_correction(held, row)
        return row

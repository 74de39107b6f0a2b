"""Minutes are set right after the meeting: under what was written, never instead of it."""

from meetings.actions.minutes_told import tell_of_correction
from meetings.actions.running import running
from meetings.models import Correction, Item
from meetings.outcome_rules import check_correction, check_item_end
from meetings.states import Status
from portal.accounts.access import Reader
from portal.core.retrying import retry_deadlocks
from referrals.models import MeetingEntry


@retry_deadlocks
def correct(
    *,
    by: Reader,
    reference: str,
    item: int,
    body: str,
    key: str,
    safe_online: bool | None = None,
    hide_because: str = "",
) -> Item:
    """Set something right in the minutes of an item; those who take part and both sides are told.

    Whoever takes part or organises the meeting can, where they may read the item. Of a person it is
    said again whether they may see the whole online.
    """
    typed = {"item": item, "body": body, "safe_online": safe_online, "hide_because": hide_because}
    with running(by=by, reference=reference, what="correct", key=key, body=typed) as held:
        row = held.item(item)
        if held.repeated:
            return row
        check_correction(status=Status(held.meeting.status), body=body)
        about = row.referral_id is not None
        check_item_end(about_somebody=about, safe_online=safe_online, hide_because=hide_because)
        if about:
            row.safe_online = safe_online
            row.hide_because = "" if safe_online else hide_because.strip()
            row.save(update_fields=["safe_online", "hide_because"])
        words = body.strip()
        Correction.objects.create(item=row, body=words, by=by.user, at=held.moment)
        held.leave(row, MeetingEntry.Verb.CORRECTED, words)
        held.touch()
        tell_of_correction(held, row)
        return row

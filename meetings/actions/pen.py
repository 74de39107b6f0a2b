"""Who takes the notes: one at a time. Whoever takes part can take the pen, or is handed it."""

from meetings.actions.running import Running, running
from meetings.models import Meeting
from portal.accounts.access import Reader
from portal.core.refused import Refused, Stale
from portal.core.retrying import retry_deadlocks


@retry_deadlocks
def take_pen(*, by: Reader, reference: str, held_by: int | None) -> Meeting:
    """Write for everybody from now on. `held_by` is who had the pen on the reader's page.

    Raises Stale where somebody else has it by now: nobody takes it from one whom they do not see.
    """
    with running(by=by, reference=reference, what="pen") as held:
        held.check_running()
        meeting = held.meeting
        if meeting.note_taker_id == by.user.pk:
            return meeting
        _check_seen(held, held_by)
        held.touch(note_taker=by.user)
        return meeting


@retry_deadlocks
def hand_pen(*, by: Reader, reference: str, to: int | None) -> Meeting:
    """Give the pen to somebody who takes part; None puts it down."""
    with running(by=by, reference=reference, what="pen") as held:
        if held.meeting.note_taker_id == to:
            return held.meeting
        held.check_pen()
        if to is None:
            held.touch(note_taker=None)
            return held.meeting
        there = held.meeting.participants.filter(user_id=to, removed_at__isnull=True)
        part = there.select_related("user").first()
        if part is None:
            raise Refused("Choose somebody who takes part.", code="invalid", field="to")
        held.touch(note_taker=part.user)
        return held.meeting


def _check_seen(held: Running, held_by: int | None) -> None:
    holder = held.meeting.note_taker
    if holder is not None and holder.pk != held_by:
        raise Stale(f"{holder.name} has taken the pen since you opened this page.")

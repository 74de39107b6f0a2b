"""Beginning a meeting, going through its agenda, and ending it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from meetings import access
from meetings.actions.minutes_told import tell_of_minutes
from meetings.actions.running import Running, running
from meetings.models import Item, Meeting
from meetings.outcome_rules import check_begin, check_end, check_item_end
from meetings.states import Attendance, Event, ItemState, Status
from portal.accounts.access import Reader
from portal.core.refused import Refused
from portal.core.retrying import retry_deadlocks
from referrals.models import MeetingEntry

_CAME = (Attendance.WHOLE, Attendance.PART, Attendance.WRITING, Attendance.MISSING)


@retry_deadlocks
def begin(*, by: Reader, reference: str) -> Meeting:
    """The meeting begins; whoever begins it has the pen."""
    with running(by=by, reference=reference, what="begin") as held:
        meeting = held.meeting
        if meeting.begun_at is not None and meeting.status == Status.BOOKED:
            return meeting  # a colleague was quicker, or the button was pressed twice
        check_begin(
            status=Status(meeting.status),
            begun_at=meeting.begun_at,
            starts_at=meeting.starts_at,
            moment=held.moment,
        )
        held.record(Event.BEGIN, begun_at=held.moment, note_taker=by.user)
        return meeting


@retry_deadlocks
def begin_item(*, by: Reader, reference: str, item: int) -> Item:
    """Its clock runs from now. One item at a time: the one that ran must have ended."""
    with running(by=by, reference=reference, what="begin-item") as held:
        held.check_pen()
        row = held.item(item)
        if row.begun_at is not None and row.ended_at is None:
            return row
        other = _running_item(held)
        if other is not None:
            raise Refused(f"End the item “{_title(held, other)}” first.", code="item-runs")
        # Begun anew, an item that had ended goes on from when it first began.
        row.begun_at, row.ended_at, row.state = (
            row.begun_at or held.moment,
            None,
            ItemState.OPEN.value,
        )
        row.save(update_fields=["begun_at", "ended_at", "state"])
        held.touch()
        return row


@retry_deadlocks
def end_item(
    *,
    by: Reader,
    reference: str,
    item: int,
    put_off: bool = False,
    safe_online: bool | None = None,
    hide_because: str = "",
) -> Item:
    """Its clock stands. Of a person it is said whether they may see online what is filed of it."""
    with running(by=by, reference=reference, what="end-item") as held:
        held.check_pen()
        row = held.item(item)
        if row.ended_at is not None:
            return row
        if not put_off:
            about = row.referral_id is not None
            check_item_end(about_somebody=about, safe_online=safe_online, hide_because=hide_because)
            row.safe_online = safe_online if about else None
            row.hide_because = hide_because.strip() if about and safe_online is False else ""
        row.begun_at, row.ended_at = row.begun_at or held.moment, held.moment
        row.state = (ItemState.PUT_OFF if put_off else ItemState.DONE).value
        row.save(update_fields=["begun_at", "ended_at", "state", "safe_online", "hide_because"])
        held.touch()
        return row


@retry_deadlocks
def end_meeting(
    *, by: Reader, reference: str, came: Mapping[int, Attendance], key: str | None = None
) -> Meeting:
    """It has been held. `came` says of each participant how they took part, as it was.

    What nobody came to is put off. Each referral that was talked about says so to both sides.
    """
    with running(
        by=by, reference=reference, what="end", key=key, body={"came": dict(came)}
    ) as held:
        meeting = held.meeting
        if held.repeated or meeting.status == Status.HELD:
            return meeting
        held.check_pen()
        items = list(
            meeting.items.filter(removed_at__isnull=True)
            .annotate(mine=Exists(access.items_for(by, meeting).filter(pk=OuterRef("pk"))))
            .select_related("referral")
            .prefetch_related("contributions__participant__user")
        )
        check_end(
            running=next((_title(held, i) for i in items if i.begun_at and not i.ended_at), ""),
            not_used=sorted(
                {
                    c.participant.user.name
                    for i in items
                    for c in i.contributions.all()
                    if c.written_at and not c.used and _is_answered_for(i)
                }
            ),
            no_choice=[
                _title(held, i)
                for i in items
                if i.referral_id and i.state == ItemState.DONE and i.safe_online is None
            ],
        )
        _keep_attendance(held, came)
        _put_off_the_rest(items, held)
        held.record(Event.END, ended_at=held.moment, note_taker=None)
        for item in items:
            if item.state == ItemState.DONE:
                held.leave(item, MeetingEntry.Verb.HELD, "")
            else:
                held.leave(item, MeetingEntry.Verb.PUT_OFF, "")
        tell_of_minutes(held, items)
        return meeting


def _is_answered_for(item: Any) -> bool:
    """Whether the meeting says how it used what was written to an item: not where it is put off,
    nor where nobody with the pen could read it and so nobody has dealt with it."""
    return item.state == ItemState.DONE or (
        item.state == ItemState.OPEN and (item.mine or item.begun_at is not None)
    )


def _keep_attendance(held: Running, came: Mapping[int, Attendance]) -> None:
    for part in held.meeting.participants.filter(removed_at__isnull=True):
        how = came.get(part.pk)
        if how not in _CAME:
            raise Refused("Say of everybody how they took part.", code="invalid", field="came")
        part.came = how.value
        part.save(update_fields=["came"])


def _put_off_the_rest(items: Sequence[Item], held: Running) -> None:
    for item in items:
        if item.state == ItemState.OPEN:
            item.state = ItemState.PUT_OFF.value
            item.ended_at = held.moment
            item.save(update_fields=["state", "ended_at"])


def _running_item(held: Running) -> Item | None:
    rows = held.meeting.items.filter(removed_at__isnull=True)
    return rows.filter(begun_at__isnull=False, ended_at__isnull=True).first()


def _title(held: Running, item: Item) -> str:
    """As the reader may read it: of an item that is not theirs, its number in the agenda."""
    known = access.items_for(held.by, held.meeting).filter(pk=item.pk).exists()
    return item.title if known else f"{item.position}"

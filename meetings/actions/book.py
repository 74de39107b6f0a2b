"""Booking everyone at once, or no one; moving to another time; cancelling."""

from datetime import datetime

from meetings.actions import invite
from meetings.actions.changing import Changing, changing
from meetings.actions.clinics import forget, look_at_meeting
from meetings.actions.planning import plan
from meetings.asking import NO_CHANGE, Change, asked
from meetings.finder.shapes import Slot
from meetings.finding import mark_of, slot_at
from meetings.models import Meeting, Participant
from meetings.queries import named_by_referrals
from meetings.references import subject_of
from meetings.rules import check_begins_later, check_event, check_not_begun, check_reason
from meetings.states import Event, Status
from meetings.stays import span_of
from portal.accounts.access import Reader
from portal.core.refused import Refused
from portal.core.retrying import retry_deadlocks
from portal.ui.words import plural
from portal.worktime.actions import bookings
from portal.worktime.actions.bookings import AlreadyBooked
from portal.worktime.locking import lock_people
from portal.worktime.packing import minute_of, moment_of
from referrals.models import MeetingEntry


class SlotTaken(Refused):
    """The time is no longer as it was shown: nothing is booked, and others are to be offered."""

    code = "slot-taken"


@retry_deadlocks
def book(
    *,
    by: Reader,
    reference: str,
    start: datetime,
    version: int | None,
    key: str | None,
    shown: str = "",
    change: Change = NO_CHANGE,
) -> Meeting:
    """Book the meeting for this start; with the same key again, the same booking.

    What each does is worked out anew from how their time is now: `shown` is finding.mark_of what
    the reader saw, "" where they take it as it comes. `change` is what they changed to get this
    time, and is kept. Raises SlotTaken when it is not to be had, or not as shown; then nothing is
    kept.
    """
    return _at(Event.BOOK, by, reference, start, version, key, shown, change)


@retry_deadlocks
def move(
    *,
    by: Reader,
    reference: str,
    start: datetime,
    version: int | None,
    key: str | None,
    shown: str = "",
    change: Change = NO_CHANGE,
) -> Meeting:
    """Move a booked meeting to another start, as `book` does; everybody is asked again."""
    return _at(Event.MOVE, by, reference, start, version, key, shown, change)


@retry_deadlocks
def cancel(
    *, by: Reader, reference: str, words: str, version: int | None, key: str | None = None
) -> Meeting:
    """Cancel it; those who were invited are told why, in `words` that name no person."""
    with changing(
        by=by,
        reference=reference,
        for_="organise",
        what="cancel",
        version=version,
        key=key,
        body={"words": words},
    ) as change:
        meeting = change.meeting
        if change.repeated:
            return meeting
        check_event(Status(meeting.status), Event.CANCEL)
        check_not_begun(meeting.begun_at)
        check_reason(words, people=named_by_referrals(meeting))
        booked = meeting.starts_at is not None
        sequence = meeting.sequence + 1 if booked else meeting.sequence
        row = change.record(Event.CANCEL, note=words.strip(), sequence=sequence)
        if booked:
            bookings.release(subject=subject_of(meeting.reference))
            forget(meeting)
            change.on_referrals(MeetingEntry.Verb.CANCELLED, text=words.strip())
            people = Participant.objects.filter(meeting=meeting, removed_at__isnull=True)
            invite.cancelled(change, row, list(people.order_by("pk")))
        return meeting


def _at(
    event: Event,
    by: Reader,
    reference: str,
    start: datetime,
    version: int | None,
    key: str | None,
    shown: str,
    wanted: Change,
) -> Meeting:
    with changing(
        by=by,
        reference=reference,
        for_="organise",
        what=event.value,
        version=version,
        key=key,
        body={"start": start, "shown": shown, **wanted.given},
    ) as change:
        if change.repeated:
            return change.meeting
        check_event(Status(change.meeting.status), event)
        check_not_begun(change.meeting.begun_at)
        check_begins_later(start, change.moment)
        people = Participant.objects.filter(meeting=change.meeting, removed_at__isnull=True)
        # Before their time is read: whoever books any of them meanwhile waits, and then sees it.
        lock_people("booking", people.values_list("user_id", flat=True))
        made = asked(change.meeting, reader_id=by.user.pk, change=wanted)
        slot = slot_at(made, minute_of(start))
        if slot is None or (shown and mark_of(slot) != shown):
            raise _taken(slot is None)
        same = event is Event.MOVE and moment_of(slot.start) == change.meeting.starts_at
        # With a clash it can keep its time and be ordered anew.
        if same and not any(part.clash for part in made.people):
            raise Refused("The meeting is at that time already.", code="invalid")
        had = {part.pk: span for part in made.people if (span := span_of(part))}
        planned = plan(change, made, slot)
        _take_time(change, slot)
        sequence = change.meeting.sequence + (1 if event is Event.MOVE else 0)
        row = change.record(
            event,
            starts_at=moment_of(slot.start),
            ends_at=moment_of(slot.end),
            sequence=sequence,
        )
        look_at_meeting(change.meeting)
        booked = event is Event.BOOK
        change.on_referrals(MeetingEntry.Verb.ARRANGED if booked else MeetingEntry.Verb.MOVED)
        invite.everyone(change, row, planned, had, again=not booked)
        return change.meeting


def _take_time(change: Changing, slot: Slot) -> None:
    wanted = [
        (each.key, moment_of(first), moment_of(end))
        for each in slot.attends
        for first, end in each.stretches
    ]
    try:
        bookings.replace(subject=subject_of(change.meeting.reference), bookings=wanted)
    except AlreadyBooked as no:
        raise _taken(whole=True, count=len(no.user_ids)) from None


def _taken(whole: bool, count: int = 0) -> SlotTaken:
    if count:
        who = plural(count, "person has", "people have")
        return SlotTaken(f"{who} been booked for that time meanwhile. Nothing has been booked.")
    if whole:
        return SlotTaken(
            "That time has gone meanwhile: somebody has been booked, or works differently now."
            " Nothing has been booked."
        )
    return SlotTaken(
        "Somebody cannot come then as it was shown. Nothing has been booked: look at the times as"
        " they are now."
    )

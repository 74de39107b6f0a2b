"""When somebody can be there at a time that is booked already."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from meetings.models import Item, Meeting, Participant
from meetings.references import subject_of
from meetings.states import Attendance
from meetings.stays import Stretch, in_a_row, seat
from portal.worktime.actions import bookings
from portal.worktime.free import times_of
from portal.worktime.locking import lock_people
from portal.worktime.masks import mask
from portal.worktime.packing import minute_after, minute_of
from portal.worktime.states import HARD


def free_for(user_id: int, start: datetime, end: datetime) -> bool:
    """Whether nothing of theirs that is hard lies between the two moments. One query."""
    spans = times_of([user_id], start, end)[user_id].spans
    return not mask([spans], minute_of(start), minute_after(end), HARD).any()


def own_minutes(meeting: Meeting, part: Participant) -> list[Stretch]:
    """All of it where they are free for that; else the items for which they are needed, those
    that follow one another as one; else all of it, as they have said that they come."""
    if meeting.starts_at is None or meeting.ends_at is None:
        raise ValueError("Nobody comes to a meeting without a time.")
    whole = [(meeting.starts_at, meeting.ends_at)]
    needed = Item.objects.filter(
        meeting=meeting,
        needs__participant=part,
        removed_at__isnull=True,
        starts_at__isnull=False,
    ).order_by("starts_at")
    found = in_a_row(
        (item.starts_at, item.starts_at + timedelta(minutes=item.minutes))
        for item in needed
        if item.starts_at
    )
    if not found or found == whole or free_for(part.user_id, *whole[0]):
        return whole
    return found


def take_time(meeting: Meeting, part: Participant, stretches: Sequence[Stretch]) -> None:
    """Book them for it; raises AlreadyBooked, then nothing is kept. The caller saves `part`."""
    bookings.book(
        subject=subject_of(meeting.reference),
        bookings=[(part.user_id, first, end) for first, end in stretches],
    )
    whole = list(stretches) == [(meeting.starts_at, meeting.ends_at)]
    seat(part, Attendance.WHOLE if whole else Attendance.PART, stretches)


def take_if_free(meeting: Meeting, part: Participant, stretches: Sequence[Stretch]) -> bool:
    """Book them where nothing of theirs lies then, a clinic as little as another meeting; whether
    it could be. The caller saves `part`, which is as it was where it could not."""
    lock_people("booking", [part.user_id])
    if not all(free_for(part.user_id, *each) for each in stretches):
        return False
    try:
        take_time(meeting, part, stretches)
    except bookings.AlreadyBooked:
        return False
    return True

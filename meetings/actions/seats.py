"""Whoever comes for some items alone is there when these are due, also after the agenda changed."""

from datetime import timedelta

from django.db.models import Exists, OuterRef

from meetings.actions import invite
from meetings.actions.changing import Changing
from meetings.actions.clinics import look_at_meeting
from meetings.actions.joining import take_if_free
from meetings.actions.running import Running
from meetings.models import Contribution, Item, Participant, SeriesMember
from meetings.references import subject_of
from meetings.states import Answer, Attendance
from meetings.stays import Stretch, in_a_row, seat, span_of, stays_of, with_stays
from portal.worktime.actions import bookings


def seat_anew(held: Running) -> None:
    """In the transaction that changed the agenda: each is booked for their items as they lie now.

    They are told, and asked again; who has something else then is asked in writing. Who came for
    an item that is gone, and for nothing else, has their time back.
    """
    meeting = held.meeting
    member = SeriesMember.objects.filter(
        series=meeting.series_id, user=OuterRef("user"), removed_at__isnull=True
    )
    parts = meeting.participants.filter(removed_at__isnull=True, attendance=Attendance.PART)
    due = _due(held)
    moved = [
        (part, due.get(part.pk))
        for part in with_stays(parts.annotate(is_member=Exists(member))).order_by("user", "pk")
        if not _covers(stays_of(part), due.get(part.pk)) and (part.pk in due or not part.is_member)
    ]
    if not moved:
        return
    held.touch(sequence=meeting.sequence + 1)
    change = Changing(meeting, held.by, held.moment)
    for part, stays in moved:
        bookings.release(subject=subject_of(meeting.reference), user_id=part.user_id)
        invite.revoke_links(meeting, held.moment, part)
        event = f"meeting.agenda-moved:{part.pk}:{meeting.sequence}"
        if stays is None:
            _let_go(change, event, part)
        else:
            _seat(change, event, part, stays)
    look_at_meeting(meeting)


def _covers(booked: list[Stretch], due: list[Stretch] | None) -> bool:
    """Whether they are there for all that is due, from its first minute to its last. Whoever was
    booked to stay between two items is not asked anew for leaving."""
    if not booked or not due:
        return False
    ends = (booked[0][0], booked[-1][1]) == (due[0][0], due[-1][1])
    return ends and all(any(a <= first and end <= b for a, b in booked) for first, end in due)


def _due(held: Running) -> dict[int, list[Stretch]]:
    """By participant: when their items are, those that follow one another as one."""
    found: dict[int, list[Stretch]] = {}
    items = Item.objects.filter(
        meeting=held.meeting, removed_at__isnull=True, starts_at__isnull=False
    )
    for item in items.prefetch_related("needs").order_by("starts_at", "pk"):
        if item.starts_at is None:
            continue
        stay = item.starts_at, item.starts_at + timedelta(minutes=item.minutes)
        for need in item.needs.all():
            found.setdefault(need.participant_id, []).append(stay)
    return {part: in_a_row(stays) for part, stays in found.items()}


def _let_go(change: Changing, event: str, part: Participant) -> None:
    invite.removed(change, event, part)
    seat(part, Attendance.NOT_PLANNED)
    part.removed_at = change.moment
    part.save()


def _seat(change: Changing, event: str, part: Participant, stays: list[Stretch]) -> None:
    had = span_of(part)
    part.answer, part.answered_at = Answer.NONE.value, None
    if not take_if_free(change.meeting, part, stays):
        seat(part, Attendance.WRITING)
        ask_of_needs(change, part)
    part.save()
    invite.again(change, event, part, had)


def ask_of_needs(change: Changing, part: Participant) -> None:
    """Ask somebody in writing the points of the items for which they are needed."""
    needed = part.needs.filter(item__removed_at__isnull=True).values_list("item", flat=True)
    Contribution.objects.bulk_create(
        [
            Contribution(item_id=item, participant=part, asked_at=change.moment)
            for item in needed.order_by("item")
        ],
        ignore_conflicts=True,
    )

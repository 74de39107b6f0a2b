"""A slot written into rows: who comes when, when each item begins, who is asked in writing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from meetings.actions.changing import Changing
from meetings.asking import Asked
from meetings.finder.shapes import Attends, Presence, Slot
from meetings.models import Contribution, Item, Participant
from meetings.states import Answer, Attendance, Need
from meetings.stays import seat
from portal.worktime.packing import moment_of
from referrals.models import Party

ATTENDANCE: dict[Presence, Attendance] = {
    Presence.WHOLE: Attendance.WHOLE,
    Presence.PART: Attendance.PART,
    Presence.WRITING: Attendance.WRITING,
    Presence.MISSING: Attendance.MISSING,
}


def plan(change: Changing, made: Asked, slot: Slot) -> list[Participant]:
    """Write it down; everybody's answer begins anew, but of the one who books."""
    _keep_change(change, made)
    attends = {each.key: each for each in slot.attends}
    for part in made.people:
        _place(part, attends[part.user_id])
        comes = part.starts_at is not None and part.user_id == change.by.user.pk
        part.answer = (Answer.YES if comes else Answer.NONE).value
        part.answered_at = change.moment if comes else None
    Participant.objects.bulk_update(
        made.people,
        ["need", "attendance", "starts_at", "ends_at", "answer", "answered_at"],
    )
    _order(made, slot)
    _ask_in_writing(made, change.moment)
    return made.people


def _keep_change(change: Changing, made: Asked) -> None:
    """What the reader changed to get this time holds from now on."""
    wanted, meeting = made.change, change.meeting
    if wanted.without and wanted.without <= len(made.people):
        made.people[wanted.without - 1].need = Need.MAY.value
    if wanted.less:
        meeting.minutes -= wanted.less
        if wanted.item:
            made.items[wanted.item - 1].minutes -= wanted.less


def _place(part: Participant, attends: Attends) -> None:
    """From when to when somebody is there: from their first minute to their last."""
    there = [(moment_of(first), moment_of(end)) for first, end in attends.stretches]
    seat(part, ATTENDANCE[attends.presence], there)


def _order(made: Asked, slot: Slot) -> None:
    """The items in the order that makes this time possible, with the minute each begins."""
    starts = {key: moment_of(start) for key, start in slot.order}
    items: Sequence[Item] = made.items
    if starts:
        items = sorted(items, key=lambda item: (starts[item.pk], item.position))
    begins = moment_of(slot.start)
    for place, item in enumerate(items, start=1):
        item.position, item.starts_at = place, begins
        begins += timedelta(minutes=item.minutes)
    Item.objects.bulk_update(items, ["position", "starts_at", "minutes"])


def _ask_in_writing(made: Asked, moment: datetime) -> None:
    """Whoever cannot come is asked the points that they are needed for, once.

    Those who can come after all are not asked any more, unless they have written.
    """
    writing = [part for part in made.people if part.attendance == Attendance.WRITING]
    readable = _readable(made.items, writing)
    asked = [
        Contribution(item=item, participant=part, asked_at=moment)
        for part in writing
        for item in points_of(part, made.items, readable)
    ]
    kept = {(row.item_id, row.participant_id) for row in asked}
    for row in Contribution.objects.filter(item__meeting=made.meeting, written_at__isnull=True):
        if (row.item_id, row.participant_id) not in kept:
            row.delete()
    Contribution.objects.bulk_create(asked, ignore_conflicts=True)


def ask_one_in_writing(change: Changing, part: Participant) -> None:
    """Ask somebody who does not come after all."""
    items = list(
        Item.objects.filter(meeting=change.meeting, removed_at__isnull=True)
        .prefetch_related("needs")
        .order_by("position", "pk")
    )
    Contribution.objects.bulk_create(
        [
            Contribution(item=item, participant=part, asked_at=change.moment)
            for item in points_of(part, items, _readable(items, [part]))
        ],
        ignore_conflicts=True,
    )


def points_of(
    part: Participant, items: Sequence[Item], readable: set[tuple[int, int]]
) -> list[Item]:
    """The items that somebody is needed for. Who is needed for none in particular is for all,
    of which they are asked those about nobody or about a referral of their team's."""
    own = [i for i in items if any(n.participant_id == part.pk for n in i.needs.all())]
    return own or [
        item
        for item in items
        if item.referral_id is None or (item.referral_id, part.team_id) in readable
    ]


def _readable(items: Sequence[Item], people: Sequence[Participant]) -> set[tuple[int, int]]:
    """(referral, team) of those that have a part in what the items are about: one query."""
    rows = Party.objects.filter(
        referral__in={item.referral_id for item in items if item.referral_id},
        team__in={part.team_id for part in people},
    )
    return set(rows.values_list("referral_id", "team_id"))

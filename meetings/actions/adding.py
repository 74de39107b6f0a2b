"""Adding somebody to a meeting of a series, from their referral; and taking the item off again."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db import transaction

from meetings.actions import invite
from meetings.actions.arrange import Invited, check_members
from meetings.actions.changing import Changing
from meetings.actions.clinics import look_at_meeting
from meetings.actions.joining import take_if_free
from meetings.actions.running import Running
from meetings.actions.seats import seat_anew
from meetings.models import Contribution, Item, ItemNeed, Meeting, Participant
from meetings.outcome_access import get_open_meeting
from meetings.outcome_queries import people_for
from meetings.references import path_to
from meetings.rules import ITEMS_OF_SERIES, check_title
from meetings.series_rules import check_takes_items
from meetings.states import Answer, Attendance, ItemState, Need, Status
from meetings.stays import seat
from portal.accounts.access import Reader
from portal.accounts.desks import at_their_desks
from portal.audit.actions import record_access
from portal.audit.models import AccessEvent
from portal.core import once
from portal.core.clock import now
from portal.core.refused import Refused
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import tell
from portal.ui.words import short_when
from referrals import access as referrals
from referrals.models import MeetingEntry, Referral


@retry_deadlocks
def add_item(
    *,
    by: Reader,
    meeting: str,
    referral: str,
    title: str,
    minutes: int,
    points: str,
    owner: int | None,
    needs: Sequence[Invited],
    key: str,
) -> Item:
    """Put somebody on the agenda. Whoever is needed for the item reads it, part or no part.

    `owner` brings it: somebody who takes part and may read it; None for the reader, or else the
    first of their colleagues. Those who are needed and do not take part yet are asked for this
    item alone, and write where they have something else. With the same key again, the same item.
    """
    typed = {"meeting": meeting, "referral": referral, "title": title, "minutes": minutes}
    with transaction.atomic():
        about = referrals.get_referral(by, referral)
        row = get_open_meeting(by, meeting, lock=True)
        held = Running(row, by, now())
        taken, first = once.take(
            key=key,
            by=by.user,
            purpose="meeting.add",
            body={**typed, "points": points, "owner": owner, "needs": list(needs)},
        )
        if not first:
            return Item.objects.get(pk=int(taken.result))
        _check(row, about, title, minutes)
        item = _write(held, about, title, minutes, points)
        put_on(held, item, needs, owner=owner)
        once.keep_result(taken, str(item.pk))
        record_access(
            by=by.user,
            verb=AccessEvent.Verb.READ,
            subject_kind="referral",
            subjects=[about.reference],
            reason="put on the agenda of a meeting",
        )
        return item


def put_on(held: Running, item: Item, needs: Sequence[Invited], *, owner: int | None) -> None:
    """Plan a new item, the last of the agenda; seat those who are needed, and tell them."""
    _plan(held.meeting)
    item.refresh_from_db(fields=["starts_at"])
    for each in needs:
        _need(held, item, each)
    seat_anew(held)
    item.owner_id = _owner(held.by, item, owner)
    item.save(update_fields=["owner"])
    held.leave(item, MeetingEntry.Verb.ARRANGED, f"On the agenda: {held.meeting.title}")
    held.touch()
    _tell(held, item, "Read the points of a new item")


@retry_deadlocks
def take_off(*, by: Reader, meeting: str, item: int, why: str) -> None:
    """Take an item off the agenda before the meeting begins; its referral says so and why."""
    with transaction.atomic():
        row = get_open_meeting(by, meeting, lock=True)
        held = Running(row, by, now())
        gone = held.item(item)
        if row.series_id is None:
            raise Refused(
                "The agenda of this meeting was arranged with its time. Cancel it, or"
                " arrange another one."
            )
        if row.begun_at is not None or row.status != Status.BOOKED:
            raise Refused("This meeting has begun. Put the item off instead.", code="begun")
        if not why.strip():
            raise Refused("Say why it is taken off.", field="why")
        gone.removed_at = held.moment
        gone.save(update_fields=["removed_at"])
        _plan(row)
        seat_anew(held)
        held.leave(gone, MeetingEntry.Verb.TAKEN_OFF, why.strip())
        held.touch()


def minutes_left(meeting: Meeting) -> int:
    """How much of a meeting no item has taken yet: one query."""
    rows = meeting.items.filter(removed_at__isnull=True).exclude(state=ItemState.PUT_OFF)
    return meeting.minutes - sum(rows.values_list("minutes", flat=True))


def _check(meeting: Meeting, about: Referral, title: str, minutes: int) -> None:
    if meeting.series_id is None:
        raise Refused("People are added to meetings of a series. Arrange another meeting.")
    check_takes_items(
        status=Status(meeting.status),
        begun_at=meeting.begun_at,
        left=minutes_left(meeting),
        minutes=minutes,
    )
    there = meeting.items.filter(removed_at__isnull=True)
    if there.count() >= ITEMS_OF_SERIES:
        raise Refused("The agenda is full. Choose the next meeting.", code="full")
    if there.filter(referral=about).exists():
        raise Refused("This referral is on the agenda of that meeting already.", code="there")
    if not title.strip():
        raise Refused("Say what it is about, without a name.", field="title")
    person = about.person
    check_title(title, field="title", people=[(person.name, person.nhs_number or "")])


def _write(held: Running, about: Referral, title: str, minutes: int, points: str) -> Item:
    last = held.meeting.items.order_by("-position").values_list("position", flat=True).first()
    return Item.objects.create(
        meeting=held.meeting,
        position=(last or 0) + 1,
        title=title.strip(),
        referral=about,
        points=points.strip(),
        minutes=minutes,
        owner=held.by.user,
        added_by=held.by.user,
        added_at=held.moment,
    )


def _plan(meeting: Meeting) -> None:
    """When each item is due to begin: one after the other, as long as each takes."""
    at = meeting.starts_at
    for item in meeting.items.filter(removed_at__isnull=True).order_by("position", "pk"):
        if item.starts_at != at:
            item.starts_at = at
            item.save(update_fields=["starts_at"])
        at = at + timedelta(minutes=item.minutes) if at else None


def _need(held: Running, item: Item, each: Invited) -> None:
    """Somebody who is needed for the item; who does not take part yet is asked for it alone."""
    rows = held.meeting.participants.filter(user=each.user_id)
    part = rows.first()
    if part is None or part.removed_at is not None:
        check_members([each])
        part = _seat(held, item, each, part)
    ItemNeed.objects.create(item=item, participant=part)
    if part.attendance in (Attendance.WRITING, Attendance.MISSING):
        # Held without them: their points are put to them beforehand.
        Contribution.objects.create(item=item, participant=part, asked_at=held.moment)


def _seat(held: Running, item: Item, each: Invited, known: Participant | None) -> Participant:
    """For the item alone, and asked anew; in writing where they have something else then."""
    meeting = held.meeting
    part = known or Participant(meeting=meeting, user_id=each.user_id)
    part.team_id, part.need, part.removed_at = each.team_id, Need.MAY.value, None
    part.answer, part.answered_at = Answer.NONE.value, None
    seat(part, Attendance.WRITING)
    if item.starts_at:
        stay = item.starts_at, item.starts_at + timedelta(minutes=item.minutes)
        take_if_free(meeting, part, [stay])
    part.save()
    look_at_meeting(meeting)
    invite.somebody(Changing(meeting, held.by, held.moment), part)
    return part


def _owner(by: Reader, item: Item, wanted: int | None) -> int:
    """Who brings it: somebody who takes part and may read it."""
    people = people_for(item)
    ids = [part.user_id for part in people]
    if wanted is not None and wanted not in ids:
        raise Refused(
            "Choose somebody who takes part and may read this item.", code="invalid", field="owner"
        )
    if wanted is not None or by.user.pk in ids:
        return wanted or by.user.pk
    mine = {membership.team_id for membership in by.memberships}
    colleagues: Collection[int] = [part.user_id for part in people if part.team_id in mine]
    if not (colleagues or ids):
        raise Refused(
            "Nobody who takes part may read this. Name somebody who is needed for it.",
            code="invalid",
            field="needs",
        )
    return next(iter(colleagues or ids))


def _tell(held: Running, item: Item, wanted: str) -> None:
    meeting = held.meeting
    needed = Participant.objects.filter(needs__item=item) | Participant.objects.filter(
        meeting=meeting, user=item.owner_id
    )
    people = needed.exclude(user=held.by.user).distinct().values_list("user_id", "team_id")
    tell(
        event=f"meeting.agenda:{item.pk}",
        kind="meeting.agenda",
        recipients=at_their_desks(people),
        facts={
            "team": meeting.team.name,
            "wanted": wanted,
            "by": short_when(meeting.starts_at) if meeting.starts_at else "",
            "reference": meeting.reference,
        },
        path=path_to(meeting.reference),
    )

"""Somebody is added to a meeting afterwards, or taken out of it."""

from datetime import datetime

from meetings.actions import invite
from meetings.actions.changing import Changing, changing
from meetings.actions.clinics import look_at_meeting
from meetings.actions.joining import take_if_free
from meetings.actions.planning import ask_one_in_writing
from meetings.colleagues import Colleague
from meetings.models import Contribution, ItemNeed, Meeting, Participant
from meetings.references import subject_of
from meetings.rules import check_people, check_stays_a_meeting, check_still_ahead
from meetings.states import Answer, Attendance, Kind, Need, Status
from meetings.stays import seat
from portal.accounts.access import Reader
from portal.core.refused import Refused
from portal.core.retrying import retry_deadlocks
from portal.worktime.actions import bookings


@retry_deadlocks
def add(
    *, by: Reader, reference: str, who: Colleague, need: Need, version: int | None
) -> Participant:
    """Have somebody come as well. Where a time is booked, they are booked and invited for it; who
    must come and has no time then is asked in writing."""
    with changing(
        by=by, reference=reference, for_="organise", what="add", version=version
    ) as change:
        meeting = change.meeting
        check_still_ahead(Status(meeting.status), meeting.begun_at)
        there = Participant.objects.filter(meeting=meeting, removed_at__isnull=True)
        check_people(Kind(meeting.kind), [*there.values_list("user_id", flat=True), who.user_id])
        part, _ = Participant.objects.update_or_create(
            meeting=meeting,
            user_id=who.user_id,
            defaults={
                "team_id": who.team_id,
                "need": need.value,
                "attendance": Attendance.NOT_PLANNED.value,
                "starts_at": None,
                "ends_at": None,
                "answer": Answer.NONE.value,
                "answered_at": None,
                "removed_at": None,
            },
        )
        change.touch()
        if meeting.status == Status.BOOKED and meeting.starts_at and meeting.ends_at:
            _join(change, part, meeting.starts_at, meeting.ends_at)
        return part


@retry_deadlocks
def remove(*, by: Reader, reference: str, participant: int, version: int | None) -> Meeting:
    """Take somebody out: their time is theirs again. What they have written stays."""
    with changing(
        by=by, reference=reference, for_="organise", what="remove", version=version
    ) as change:
        meeting = change.meeting
        check_still_ahead(Status(meeting.status), meeting.begun_at)
        there = Participant.objects.filter(meeting=meeting, removed_at__isnull=True)
        part = there.filter(pk=participant).first()
        if part is None:
            raise Refused("They are not among those who are invited.", code="invalid")
        check_stays_a_meeting(there.count() - 1)
        if meeting.status == Status.BOOKED:
            # Should they be added again, their calendar knows the newer invitation by it.
            change.touch(sequence=meeting.sequence + 1)
            invite.removed(change, f"meeting.removed:{part.pk}:{meeting.version}", part)
        else:
            change.touch()
        take_out(change, part)
        return meeting


def take_out(change: Changing, part: Participant) -> None:
    """They take no part any more, and nothing of theirs is held for it; the caller tells."""
    meeting = change.meeting
    invite.revoke_links(meeting, change.moment, part)
    bookings.release(subject=subject_of(meeting.reference), user_id=part.user_id)
    ItemNeed.objects.filter(participant=part).delete()
    Contribution.objects.filter(participant=part, written_at__isnull=True).delete()
    seat(part, Attendance.NOT_PLANNED)
    part.removed_at = change.moment
    part.save()
    look_at_meeting(meeting)


def _join(change: Changing, part: Participant, start: datetime, end: datetime) -> None:
    if not take_if_free(change.meeting, part, [(start, end)]):
        seat(part, Attendance.WRITING if part.need == Need.MUST else Attendance.MISSING)
    part.save()
    look_at_meeting(change.meeting)
    if part.attendance == Attendance.WRITING:
        ask_one_in_writing(change, part)
    invite.somebody(change, part)

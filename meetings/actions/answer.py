"""Whoever is invited says whether they come; by the page, or by the link in their mail."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from meetings import access
from meetings.actions import invite
from meetings.actions.changing import Changing, changing
from meetings.actions.clinics import look_at_meeting
from meetings.actions.joining import own_minutes, take_time
from meetings.actions.planning import ask_one_in_writing
from meetings.models import AnswerLink, Contribution, Item, Meeting, Participant
from meetings.references import path_to, subject_of
from meetings.rules import check_answer
from meetings.states import Answer, Attendance, Status
from meetings.stays import Stretch, seat, whole_stay
from portal.accounts.access import Reader, reader_for
from portal.accounts.desks import at_their_desks
from portal.core.clock import now
from portal.core.digests import digest_of
from portal.core.refused import NotYours, Refused
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import tell
from portal.worktime.actions import bookings
from portal.worktime.actions.bookings import AlreadyBooked

ANSWER_WORDS: dict[Answer, str] = {
    Answer.YES: "Somebody comes",
    Answer.NO: "Somebody cannot come",
    Answer.WRITING: "Somebody answers in writing",
}


@retry_deadlocks
def answer(*, by: Reader, reference: str, answer: Answer) -> Meeting:
    """Say whether one comes. Said again, the last word counts; the organiser hears each change.

    Who does not come has their time back; who answers in writing is asked their points.
    """
    with changing(by=by, reference=reference, for_="read", what="answer") as change:
        _answer(change, access.own_part(by, change.meeting), answer)
        return change.meeting


def find_link(token: str) -> AnswerLink:
    """The link that still answers; NotYours (404) for any other."""
    rows = AnswerLink.objects.filter(
        token_digest=digest_of(token),
        revoked_at__isnull=True,
        expires_at__gt=now(),
        participant__removed_at__isnull=True,
        participant__user__is_active=True,
    )
    link = rows.select_related("participant__meeting", "participant__user").first()
    if link is None:
        raise NotYours("answer link", "")
    return link


@retry_deadlocks
def answer_by_link(*, token: str, answer: Answer) -> Meeting:
    """The same, by whoever has the link: it answers for one participant of one meeting."""
    with transaction.atomic():
        found = find_link(token)
        meeting = Meeting.objects.select_for_update(of=("self",)).get(
            pk=found.participant.meeting_id
        )
        # Once more, under the lock: it may have been moved meanwhile.
        part = find_link(token).participant
        change = Changing(meeting, reader_for(part.user), now())
        _answer(change, part, answer)
        return meeting


def _answer(change: Changing, part: Participant, answer: Answer) -> None:
    meeting, moment = change.meeting, change.moment
    items = Item.objects.filter(meeting=meeting, removed_at__isnull=True)
    over = meeting.ends_at is not None and meeting.ends_at <= moment
    check_answer(answer, status=Status(meeting.status), over=over, has_items=items.exists())
    if part.answer == answer and part.answered_at is not None:
        return
    had = whole_stay(part)
    _attend(change, part, answer)
    part.answer, part.answered_at = answer.value, moment
    part.save()
    look_at_meeting(meeting)
    _tell_calendar(change, part, had)
    _tell_organiser(meeting, part, answer, moment)


def _tell_calendar(change: Changing, part: Participant, had: Sequence[Stretch]) -> None:
    """It goes out of the calendar of who does not come, and into that of who comes after all."""
    comes = part.starts_at is not None
    if comes == bool(had):
        return
    # By it their calendar knows which of the two is the newer.
    change.meeting.sequence += 1
    change.meeting.save(update_fields=["sequence"])
    if comes:
        invite.somebody(change, part)
    else:
        invite.declined(change, part, had[0])


def _attend(change: Changing, part: Participant, answer: Answer) -> None:
    """Their time is theirs again when they do not come, and taken anew when they do after all."""
    meeting = change.meeting
    if answer is Answer.YES:
        if part.starts_at is None:
            _come_after_all(meeting, part)
        return
    bookings.release(subject=subject_of(meeting.reference), user_id=part.user_id)
    seat(part, Attendance.WRITING if answer is Answer.WRITING else Attendance.MISSING)
    if answer is Answer.WRITING:
        ask_one_in_writing(change, part)


def _come_after_all(meeting: Meeting, part: Participant) -> None:
    """Whoever can stay for their own items only comes for these, as when it was booked."""
    try:
        take_time(meeting, part, own_minutes(meeting, part))
    except AlreadyBooked:
        raise Refused(
            "You have been booked elsewhere for that time meanwhile. Ask the organiser to move the"
            " meeting, or answer in writing.",
            code="already-booked",
        ) from None
    # Only what nobody has written to yet: they say it themselves now.
    Contribution.objects.filter(participant=part, written_at__isnull=True).delete()


def _tell_organiser(meeting: Meeting, part: Participant, answer: Answer, at: datetime) -> None:
    if part.user_id == meeting.organiser_id:
        return
    tell(
        event=f"meeting.answered:{part.pk}:{at.timestamp()}",
        kind="meeting.answered",
        recipients=at_their_desks([(meeting.organiser_id, meeting.team_id)]),
        facts={
            "title": meeting.title,
            "wanted": ANSWER_WORDS[answer],
            "team": part.team.name,
            "reference": meeting.reference,
        },
        path=path_to(meeting.reference),
    )

"""A visit is asked for, and the host says whether it suits them; then it is in both calendars."""

from datetime import datetime, time, timedelta

from django.db import transaction

from meetings.actions import invite
from meetings.actions.arrange import Invited, arrange
from meetings.actions.changing import Changing, changing
from meetings.actions.clinics import look_at_meeting
from meetings.models import Meeting, Participant, Visit
from meetings.partners import partner
from meetings.references import path_to, subject_of
from meetings.rules import TITLE_AT_MOST
from meetings.states import Answer, Attendance, Event, How, Kind, Said, Status
from meetings.stays import seat
from meetings.visit_times import offered_times, still_fits
from meetings.visiting import TO_SEE
from portal.accounts.access import Reader
from portal.accounts.desks import at_their_desks, desk_of_team
from portal.accounts.models import Team
from portal.core import once
from portal.core.clock import london, now
from portal.core.refused import NotAllowed, NotYours, Refused
from portal.core.retrying import retry_deadlocks
from portal.notifications.actions import Recipient, tell
from portal.ui.words import short_when
from portal.worktime.actions import bookings
from portal.worktime.actions.bookings import AlreadyBooked
from portal.worktime.locking import lock_people
from portal.worktime.states import SessionKind

_GONE = "That time does not fit any more. Choose another."
_NOT_NOW = (
    "That time does not fit any more: one of you is somewhere else by now. Say that it does not"
    " suit you, and your visitor can ask for another."
)


@retry_deadlocks
def ask_for_visit(
    *,
    by: Reader,
    team_id: int,
    other_id: int,
    host: Invited,
    kind: SessionKind,
    minutes: int,
    start: datetime,
    words: str,
    key: str,
) -> Meeting:
    """Ask somebody of a team that one works with; they are told, nothing is booked yet.

    Raises NotYours for teams that share nothing, Refused where the time does not fit (any more).
    """
    with transaction.atomic():
        row, first = once.take(
            key=key,
            by=by.user,
            purpose="meeting.visit",
            body={"host": host, "kind": kind, "start": start, "minutes": minutes},
        )
        if not first:
            return Meeting.objects.get(reference=row.result)
        found = partner(by, team_id, other_id)
        if host.team_id != other_id:
            raise NotYours("team", str(other_id))
        begins, ends = _checked(by.user.pk, host.user_id, kind, minutes, start)
        teams = Team.objects.in_bulk([team_id, other_id])
        meeting = arrange(
            by=by,
            key=key,
            kind=Kind.VISIT,
            team=teams[team_id],
            other_team=teams[other_id],
            title=f"Visit to {found.other}: {TO_SEE[kind].lower()}"[:TITLE_AT_MOST],
            minutes=(ends - begins) // timedelta(minutes=1),
            how=How.IN_PERSON,
            where=found.other,
            from_day=london(begins).date(),
            until_day=london(begins).date() + timedelta(days=1),
            earliest=time(0),
            latest=time(23, 59),
            people=[Invited(by.user.pk, team_id), host],
            items=[],
        )
        visit = Visit.objects.create(
            meeting=meeting,
            host_id=host.user_id,
            kind=kind.value,
            words=words.strip(),
            starts_at=begins,
            ends_at=ends,
            asked_at=now(),
        )
        _tell_host(visit, desk_of_team(host.team_id))
        once.keep_result(row, meeting.reference)
        return meeting


@retry_deadlocks
def ask_again(
    *, by: Reader, reference: str, start: datetime, version: int | None, key: str
) -> Meeting:
    """Another time, after the host has said no or before they have said anything."""
    with changing(
        by=by,
        reference=reference,
        for_="organise",
        what="visit again",
        version=version,
        key=key,
        body={"start": start},
    ) as change:
        if change.repeated:
            return change.meeting
        visit = _waiting(change)
        minutes = (visit.ends_at - visit.starts_at) // timedelta(minutes=1)
        kind = SessionKind(visit.kind)
        begins, ends = _checked(change.meeting.organiser_id, visit.host_id, kind, minutes, start)
        visit.starts_at, visit.ends_at, visit.asked_at = begins, ends, change.moment
        visit.said, visit.said_at, visit.reply = Said.NOTHING.value, None, ""
        visit.save()
        change.touch(
            from_day=london(begins).date(),
            until_day=london(begins).date() + timedelta(days=1),
            minutes=(ends - begins) // timedelta(minutes=1),
        )
        host = Participant.objects.get(meeting=change.meeting, user=visit.host_id)
        _tell_host(visit, desk_of_team(host.team_id))
        return change.meeting


@retry_deadlocks
def accept_visit(*, by: Reader, reference: str, version: int | None, key: str) -> Meeting:
    """The host says yes: both are booked, or it is refused because the time does not fit now."""
    with changing(
        by=by, reference=reference, for_="read", what="visit yes", version=version, key=key
    ) as change:
        if change.repeated:
            return change.meeting
        visit = _as_host(change)
        meeting = change.meeting
        lock_people("booking", [visit.host_id, meeting.organiser_id])
        if not still_fits(
            visitor_id=meeting.organiser_id,
            host_id=visit.host_id,
            kind=SessionKind(visit.kind),
            start=visit.starts_at,
            end=visit.ends_at,
        ):
            raise Refused(_NOT_NOW, code="slot-taken")
        people = list(Participant.objects.filter(meeting=meeting, removed_at__isnull=True))
        wanted = [(each.user_id, visit.starts_at, visit.ends_at) for each in people]
        try:
            bookings.book(subject=subject_of(meeting.reference), bookings=wanted)
        except AlreadyBooked:
            raise Refused(_NOT_NOW, code="slot-taken") from None
        for each in people:
            seat(each, Attendance.WHOLE, [(visit.starts_at, visit.ends_at)])
            each.answer, each.answered_at = Answer.YES.value, change.moment
        Participant.objects.bulk_update(
            people, ["attendance", "starts_at", "ends_at", "answer", "answered_at"]
        )
        _say(visit, Said.YES, "", change.moment)
        row = change.record(Event.BOOK, starts_at=visit.starts_at, ends_at=visit.ends_at)
        look_at_meeting(meeting)
        invite.everyone(change, row, people, {}, again=False)
        return meeting


@retry_deadlocks
def decline_visit(
    *, by: Reader, reference: str, words: str, version: int | None, key: str
) -> Meeting:
    """The host says no to this time; the visitor is told, and can ask for another."""
    with changing(
        by=by,
        reference=reference,
        for_="read",
        what="visit no",
        version=version,
        key=key,
        body={"words": words},
    ) as change:
        if change.repeated:
            return change.meeting
        visit = _as_host(change)
        _say(visit, Said.NO, words.strip(), change.moment)
        change.touch()
        meeting = change.meeting
        tell(
            event=f"meeting.visit-declined:{meeting.reference}:{meeting.version}",
            kind="meeting.visit-declined",
            recipients=at_their_desks([(meeting.organiser_id, meeting.team_id)]),
            facts=_facts(visit, "Choose another time, or leave it"),
            path=path_to(meeting.reference),
        )
        return meeting


def _checked(
    visitor_id: int, host_id: int, kind: SessionKind, minutes: int, start: datetime
) -> tuple[datetime, datetime]:
    """The time as it is offered now; Refused where it is not."""
    offered = offered_times(visitor_id=visitor_id, host_id=host_id, kind=kind, minutes=minutes)
    found = next((each for each in offered.times if each[0] == start), None)
    if found is None:
        raise Refused(_GONE, code="slot-taken", field="start")
    return found


def _waiting(change: Changing) -> Visit:
    visit = Visit.objects.select_for_update().filter(meeting=change.meeting).first()
    if visit is None or change.meeting.status != Status.ARRANGING:
        raise Refused("Nothing is asked for here any more.", code="wrong-status")
    return visit


def _as_host(change: Changing) -> Visit:
    visit = _waiting(change)
    if visit.host_id != change.by.user.pk:
        raise NotAllowed(
            "Whoever is visited says whether it suits them.",
            subject_kind="meeting",
            subject=change.meeting.reference,
        )
    if visit.said != Said.NOTHING:
        raise Refused("You have answered this already.", code="wrong-status")
    return visit


def _say(visit: Visit, said: Said, reply: str, moment: datetime) -> None:
    visit.said, visit.reply, visit.said_at = said.value, reply, moment
    visit.save()


def _tell_host(visit: Visit, desk: str) -> None:
    tell(
        event=f"meeting.visit-asked:{visit.meeting.reference}:{visit.asked_at.isoformat()}",
        kind="meeting.visit-asked",
        recipients=[Recipient.person(visit.host_id, desk)],
        facts=_facts(visit, "Say whether it suits you"),
        path=path_to(visit.meeting.reference),
    )


def _facts(visit: Visit, wanted: str) -> dict[str, str]:
    return {
        "team": visit.meeting.team.name,
        "wanted": wanted,
        "by": short_when(visit.starts_at),
        "reference": visit.meeting.reference,
    }

"""What lies on somebody's part of a meeting: minutes inside their clinics are counted, a clash is
told once, and forgotten when it has gone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from meetings.clashes import clash_of, is_host
from meetings.models import Meeting, Participant
from meetings.references import path_to
from meetings.states import THERE, Clash, Status
from meetings.stays import Stretch, stretches_of
from portal.accounts.desks import desk_of_team
from portal.core.clock import now
from portal.notifications.actions import Recipient, tell
from portal.worktime.free import Times, times_of
from portal.worktime.locking import lock_people
from portal.worktime.packing import minute_after, minute_of
from portal.worktime.quiet import clinic_minutes

# Nearer than this, those concerned are mailed whatever they have chosen.
SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Seen:
    """What lies on one part, as it is now."""

    minutes: int = 0
    clash: Clash = Clash.NONE


def hear(user_ids: list[int]) -> None:
    """These people's time has changed: look at all that they are booked for (worktime/changed.py).

    In the transaction of the change, so that there is no moment at which it is so and nobody has
    been told.
    """
    parts = Participant.objects.filter(
        user_id__in=user_ids,
        removed_at__isnull=True,
        starts_at__isnull=False,
        meeting__status=Status.BOOKED,
        meeting__begun_at__isnull=True,
        ends_at__gt=now(),
    )
    _look_at(list(parts.select_related("meeting__team").order_by("pk")))


def look_at_meeting(meeting: Meeting) -> None:
    """It has been booked or moved, or somebody takes part in another way: look at all its parts.

    Whoever is not there at a time of their own has nothing that could lie on it.
    """
    parts = Participant.objects.filter(meeting=meeting).order_by("pk")
    _look_at(list(parts.select_related("meeting__team")))


def forget(meeting: Meeting) -> None:
    """It is cancelled: nothing counts any more. Of one that was held, the count stays."""
    gone = Participant.objects.filter(meeting=meeting)
    gone.update(clinic_minutes=0, clash=Clash.NONE.value, clash_told_at=None)


def _look_at(parts: Sequence[Participant]) -> None:
    if not parts:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("A clash is told in the transaction of what made it.")
    moment = now()
    there = [part for part in parts if _is_there(part)]
    # Whoever changes the time of any of them meanwhile waits, and then hears of this meeting.
    lock_people("packing", [part.user_id for part in there])
    seen = _seen(there)
    changed = []
    for part in parts:
        found = seen.get(part.pk, Seen())
        if (found.minutes, found.clash) == (part.clinic_minutes, part.clash):
            continue
        began = bool(found.clash) and not part.clash
        part.clinic_minutes, part.clash = found.minutes, found.clash.value
        if not found.clash:
            part.clash_told_at = None
        elif began:
            part.clash_told_at = moment
            _tell(part, moment)
        changed.append(part)
    Participant.objects.bulk_update(changed, ["clinic_minutes", "clash", "clash_told_at"])


def _is_there(part: Participant) -> bool:
    return part.removed_at is None and part.attendance in THERE


def _seen(parts: Sequence[Participant]) -> dict[int, Seen]:
    """Three queries, however many they are."""
    there = stretches_of(parts)
    asked = [(part.user_id, *each) for part in parts for each in there[part.pk]]
    if not asked:
        return {}
    inside = iter(clinic_minutes(asked))
    times = times_of(
        sorted({user_id for user_id, _, _ in asked}),
        min(start for _, start, _ in asked),
        max(end for _, _, end in asked),
    )
    return {part.pk: _one(part, there[part.pk], times[part.user_id], inside) for part in parts}


def _one(
    part: Participant, stretches: Sequence[Stretch], times: Times, inside: Iterator[int]
) -> Seen:
    """`inside` are the minutes in clinics of the stretches to come, in their order."""
    host = is_host(part.meeting.kind, part.meeting.organiser_id, part.user_id)
    total, first = 0, Clash.NONE
    for start, end in stretches:
        minutes = next(inside)
        total += 0 if host else minutes
        first = first or clash_of(
            times.spans,
            minute_of(start),
            minute_after(end),
            clinic_minutes=minutes,
            host=host,
        )
    return Seen(total, first)


def _tell(part: Participant, moment: datetime) -> None:
    """The person and the organiser; what they can do stands on the meeting's page."""
    meeting = part.meeting
    desk = desk_of_team(part.team_id)
    recipients = [Recipient.person(part.user_id, desk)]
    if meeting.organiser_id != part.user_id:
        recipients.append(Recipient.person(meeting.organiser_id, desk_of_team(meeting.team_id)))
    starts_at = meeting.starts_at or moment
    tell(
        event=f"meeting {meeting.reference} clash {part.pk} {moment.isoformat()}",
        kind="meeting.clash",
        recipients=recipients,
        facts={
            "team": meeting.team.name,
            "wanted": "Choose another time, or another way to take part",
            "by": starts_at.isoformat(),
            "reference": meeting.reference,
        },
        path=path_to(meeting.reference),
        urgent=starts_at - moment < SOON,
    )

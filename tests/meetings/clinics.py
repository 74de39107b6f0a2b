"""Clinics of the cast, and meetings that are booked for them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from meetings.actions.clinics import look_at_meeting
from meetings.models import Meeting, Participant
from meetings.states import Attendance, Status
from portal.core.clock import LONDON
from portal.worktime.actions.patterns import set_pattern
from portal.worktime.given import SessionGiven
from portal.worktime.models import Pattern
from portal.worktime.states import SessionKind
from tests.cast import Cast

Clinic = tuple[int, str, str]  # weekday, from, until


def works(
    cast: Cast,
    name: str,
    clinics: Sequence[Clinic],
    *,
    starts_on: date,
    place: str = "Park Practice",
    kind: SessionKind = SessionKind.CLINIC,
    **changes: object,
) -> Pattern:
    """Office hours on weekdays, with these clinics in them."""
    held = [
        SessionGiven(0, day, time.fromisoformat(begins), time.fromisoformat(ends), kind)
        for day, begins, ends in clinics
    ]
    desk = [SessionGiven(0, day, time(7, 30), time(8), SessionKind.DESK) for day in range(5)]
    desk += [SessionGiven(0, day, time(18), time(19), SessionKind.DESK) for day in range(5)]
    given = {"nation": "England", "weeks": 1, **changes}
    return set_pattern(
        by=cast.users[name],
        user_id=cast.users[name].pk,
        place=place,
        starts_on=starts_on,
        sessions=[*desk, *held],
        **given,  # type: ignore[arg-type]
    )


def at(day: date, clock: str) -> datetime:
    """A moment by London's clocks, in UTC: so that minutes can be added to it."""
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=LONDON).astimezone(UTC)


def booked_for(meeting: Meeting, start: datetime, *, part: str = "", writes: str = "") -> Meeting:
    """The meeting at this time: whole for all, but the last ten minutes for `part`, and `writes`
    in writing (names of users). What lies on it is looked at, as when people book."""
    end = start + timedelta(minutes=meeting.minutes)
    with transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(
            status=Status.BOOKED.value, starts_at=start, ends_at=end
        )
        meeting.refresh_from_db()
        for place in Participant.objects.filter(meeting=meeting).select_related("user"):
            place.attendance, place.starts_at, place.ends_at = Attendance.WHOLE, start, end
            if place.user.name == writes:
                place.attendance, place.starts_at, place.ends_at = Attendance.WRITING, None, None
            elif place.user.name == part:
                place.attendance, place.starts_at = Attendance.PART, end - timedelta(minutes=10)
            place.save()
        look_at_meeting(meeting)
    return meeting

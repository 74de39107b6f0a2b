"""Meetings of a series, made some weeks ahead: by themselves every day, and when asked.

Each is made once, for the day that its series means it for: one that has been moved or called off
is not made again. Whoever has something else at that time is told, and can write instead.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from meetings.actions import invite
from meetings.actions.arrange import new_uid
from meetings.actions.changing import Changing
from meetings.actions.clinics import look_at_meeting
from meetings.models import Meeting, MeetingChange, Participant, Series, SeriesMember
from meetings.queries import people_of
from meetings.references import subject_of
from meetings.rhythm import Occurrence, begins, occurrences
from meetings.series_access import get_series
from meetings.series_rules import check_not_ended
from meetings.states import Attendance, Event, Status
from portal.accounts.access import Reader, reader_for
from portal.accounts.models import Membership
from portal.core.clock import now, today
from portal.core.references import new_reference
from portal.core.retrying import retry_deadlocks
from portal.worktime.actions import bookings

# As far as the finder looks; and a monthly meeting always has the one after the next.
AHEAD = timedelta(weeks=9)


def make_ahead() -> None:
    """Make what every series means for the coming weeks (daily, see `MeetingsConfig.ready`)."""
    for pk in Series.objects.filter(ended_at__isnull=True).order_by("pk").values_list("pk"):
        for one in _due(Series.objects.select_related("team__organisation").get(pk=pk[0])):
            _make(pk[0], one)


@retry_deadlocks
def make_for(*, by: Reader, reference: str) -> int:
    """The same for one series, now: how many meetings were made."""
    series = get_series(by, reference, "change")
    check_not_ended(series.ended_at)
    return sum(_make(series.pk, one) is not None for one in _due(series))


def _due(series: Series) -> list[Occurrence]:
    day = today()
    first = max(day, series.starts_on)
    nation = series.team.organisation.nation
    return occurrences(series.rhythm, nation, first, day + AHEAD)


@retry_deadlocks
def _make(series_id: int, one: Occurrence) -> Meeting | None:
    """One meeting with its people; None where there is one, or its time has passed."""
    with transaction.atomic():
        # Two that make ahead at once: the second waits here, then sees what the first has made.
        series = (
            Series.objects.select_for_update(of=("self",))
            .select_related("organiser", "team")
            .get(pk=series_id)
        )
        start = begins(one.day, series.at)
        made = Meeting.objects.filter(series=series, series_day=one.meant_for).exists()
        if series.ended_at or made or start <= now():
            return None
        meeting, row = _write(series, one, start)
        _seat(meeting, _members(series))
        change = Changing(meeting, reader_for(series.organiser), now())
        invite.everyone(change, row, list(people_of(meeting)), {}, again=False)
        return meeting


def _write(series: Series, one: Occurrence, start: datetime) -> tuple[Meeting, MeetingChange]:
    end, moment = start + timedelta(minutes=series.minutes), now()
    meeting = Meeting.objects.create(
        reference=new_reference("M"),
        kind=series.kind,
        title=series.title,
        series=series,
        series_day=one.meant_for,
        team_id=series.team_id,
        other_team_id=series.other_team_id,
        organiser_id=series.organiser_id,
        status=Status.BOOKED.value,
        minutes=series.minutes,
        how=series.how,
        where=series.where,
        from_day=one.day,
        until_day=one.day + timedelta(days=1),
        earliest=series.at,
        latest=(datetime.combine(date.min, series.at) + timedelta(minutes=series.minutes)).time(),
        starts_at=start,
        ends_at=end,
        uid=new_uid(),
        created_at=moment,
        changed_at=moment,
    )
    row = MeetingChange.objects.create(
        meeting=meeting,
        event=Event.BOOK.value,
        by_id=series.organiser_id,
        at=moment,
        note=one.note,
        starts_at=start,
        ends_at=end,
    )
    return meeting, row


def _members(series: Series) -> list[SeriesMember]:
    """Those who still work in the team for which they take part."""
    rows = list(series.members.filter(removed_at__isnull=True).order_by("pk"))
    work = set(
        Membership.objects.current()
        .filter(user__in=[each.user_id for each in rows])
        .values_list("user_id", "team_id")
    )
    return [each for each in rows if (each.user_id, each.team_id) in work]


def _seat(meeting: Meeting, members: list[SeriesMember]) -> None:
    """Everybody who can; whoever has something else is told so, and can write instead."""
    taken = _book(meeting, [each.user_id for each in members])
    Participant.objects.bulk_create(
        Participant(
            meeting=meeting,
            user_id=each.user_id,
            team_id=each.team_id,
            need=each.need,
            attendance=Attendance.MISSING if each.user_id in taken else Attendance.WHOLE,
            starts_at=None if each.user_id in taken else meeting.starts_at,
            ends_at=None if each.user_id in taken else meeting.ends_at,
        )
        for each in members
    )
    look_at_meeting(meeting)


def _book(meeting: Meeting, user_ids: list[int]) -> set[int]:
    """Take the time of those who have it: who has not."""
    start = begins(meeting.from_day, meeting.earliest)
    end = start + timedelta(minutes=meeting.minutes)
    taken: set[int] = set()
    while free := [pk for pk in user_ids if pk not in taken]:
        try:
            bookings.book(
                subject=subject_of(meeting.reference),
                bookings=[(pk, start, end) for pk in free],
            )
        except bookings.AlreadyBooked as clash:
            taken |= set(clash.user_ids)
        else:
            break
    return taken

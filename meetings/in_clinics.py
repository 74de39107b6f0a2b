"""Minutes of meetings that lie inside clinics, by person and team: what the rows say, added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from meetings.models import Participant
from meetings.states import THERE, Status
from portal.core.clock import LONDON, today

# Nobody has so many colleagues that a list of them needs pages.
PEOPLE_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """One person for one team: `meetings` they are at, and how many minutes of those, in clinics.

    `clashes` are how many meetings to come something has come to lie on.
    """

    name: str
    team: str
    meetings: int
    minutes: int
    clashes: int


def month_of(day: date) -> tuple[datetime, datetime]:
    """The first moment of the day's month in London, and of the month after."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    begin, end = (datetime.combine(each, time(0), tzinfo=LONDON) for each in (first, after))
    return begin, end


def minutes_in_clinics(team_ids: Iterable[int], day: date | None = None) -> int:
    """Of all people of these teams, in the month of the day (today's). One query."""
    found = _there(team_ids, day).aggregate(minutes=Sum("clinic_minutes"))
    return int(found["minutes"] or 0)


def counted_by_person(team_ids: Iterable[int], day: date | None = None) -> list[Counted]:
    """Everybody of these teams who has a meeting in the month, most minutes first. One query."""
    rows = (
        _there(team_ids, day)
        .values("user_id", "user__name", "team_id", "team__name")
        .annotate(
            meetings=Count("pk"),
            minutes=Sum("clinic_minutes"),
            clashes=Count("pk", filter=~Q(clash="") & Q(meeting__status=Status.BOOKED)),
        )
        .order_by("-minutes", "user__name", "user_id", "team_id")
    )
    return [
        Counted(
            name=row["user__name"],
            team=row["team__name"],
            meetings=row["meetings"],
            minutes=row["minutes"],
            clashes=row["clashes"],
        )
        for row in rows[:PEOPLE_AT_MOST]
    ]


def _there(team_ids: Iterable[int], day: date | None) -> QuerySet[Participant]:
    """Those who are at a meeting that is booked or was held, in the month."""
    begin, end = month_of(day or today())
    as_it_was = Q(came="") | Q(came__in=THERE)
    return Participant.objects.filter(
        as_it_was,
        team__in=sorted(team_ids),
        removed_at__isnull=True,
        attendance__in=THERE,
        meeting__status__in=[Status.BOOKED, Status.HELD],
        starts_at__gte=begin,
        starts_at__lt=end,
    )

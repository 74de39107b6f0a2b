"""What the pages about working weeks read."""

from dataclasses import dataclass
from datetime import date

from portal.accounts.access import Reader
from portal.accounts.models import Membership, User
from portal.accounts.roles import May
from portal.core.clock import now
from portal.worktime.models import DayOff, OneOff, OutsideCalendar, Pattern
from portal.worktime.reading import given_of
from portal.worktime.twice import same_hours

_MOST_PEOPLE = 300


@dataclass(frozen=True)
class Week:
    """What somebody has said of their time that is not over yet."""

    patterns: list[Pattern]
    one_offs: list[OneOff]
    leave: list[DayOff]


def week_of(user_id: int, day: date) -> Week:
    """From this day on. Four queries."""
    return Week(
        patterns=patterns_of(user_id, day),
        one_offs=list(OneOff.objects.filter(user_id=user_id, day__gte=day)),
        leave=list(DayOff.objects.filter(user_id=user_id, ends_at__gt=now())),
    )


def patterns_of(user_id: int, day: date) -> list[Pattern]:
    """The weeks that hold on this day or later, with their sessions."""
    rows = Pattern.objects.filter(user_id=user_id).exclude(ends_on__lte=day)
    return list(rows.prefetch_related("sessions"))


def in_two_places(pattern: Pattern, day: date) -> tuple[str, str]:
    """Another place with hours that `pattern` has too, and these: ("Park Practice", "Monday 08:30
    to 11:30"); ("", "") where there is none. Two queries."""
    others = patterns_of(pattern.user_id, day)
    given = next((given_of(each) for each in others if each.pk == pattern.pk), None)
    for other in others:
        if given and other.pk != pattern.pk and (hours := same_hours(given, given_of(other), day)):
            return other.place, hours
    return "", ""


def has_week(user_id: int, day: date) -> bool:
    """Whether any week holds on this day or later."""
    return Pattern.objects.filter(user_id=user_id).exclude(ends_on__lte=day).exists()


def colleagues(reader: Reader) -> list[tuple[User, list[str]]]:
    """Who is in the teams whose weeks the reader looks after, by name, with those teams' names."""
    rows = (
        Membership.objects.current()
        .filter(team__in=reader.team_ids(May.SET_WEEKS), user__is_active=True)
        .select_related("user", "team")
        .order_by("user__name", "user_id", "team__name", "pk")
    )
    found: dict[int, tuple[User, list[str]]] = {}
    for row in rows[:_MOST_PEOPLE]:
        _, teams = found.setdefault(row.user_id, (row.user, []))
        if row.team and row.team.name not in teams:
            teams.append(row.team.name)
    return list(found.values())


def with_a_week(user_ids: list[int], day: date) -> set[int]:
    """Those of them who have one, on this day or later."""
    rows = Pattern.objects.filter(user_id__in=user_ids).exclude(ends_on__lte=day)
    return set(rows.values_list("user_id", flat=True))


def calendars_of(user_id: int) -> list[OutsideCalendar]:
    """Somebody's other calendars, in the order in which they were added."""
    rows = OutsideCalendar.objects.filter(user_id=user_id, removed_at__isnull=True)
    return list(rows.defer("busy"))

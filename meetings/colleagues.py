"""Who can be invited: everybody who works in a team that the portal knows. Names, jobs and teams
of colleagues are for all who sign in; nothing else of them is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from portal.accounts.access import Reader
from portal.accounts.models import Membership
from portal.accounts.roles import May, roles_that
from portal.core.numbers import typed_number

FOUND_AT_MOST = 20
_KEY_PARTS = 2


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in a team of theirs. `key` is how a form knows the two."""

    user_id: int
    team_id: int
    name: str
    job_title: str
    team: str

    @property
    def key(self) -> str:
        """`12-3`: user and team."""
        return f"{self.user_id}-{self.team_id}"

    @property
    def name_and_job(self) -> str:
        """`Dr Alice Abbot, GP`."""
        return ", ".join(part for part in (self.name, self.job_title) if part)

    @property
    def words(self) -> str:
        """`Dr Alice Abbot, GP, Park Practice`."""
        return ", ".join(part for part in (self.name_and_job, self.team) if part)


def named(keys: Sequence[str]) -> list[Colleague]:
    """Those with these keys who work there now, in this order, each person once: one query.

    What is no key, or of somebody who has left, is left out.
    """
    pairs = [pair for key in keys if (pair := _pair(key))]
    rows = _working().filter(
        user__in=[user for user, _ in pairs], team__in=[team for _, team in pairs]
    )
    known = {(each.user_id, each.team_id): each for each in _colleagues(rows)}
    found: dict[int, Colleague] = {}
    for pair in pairs:
        if pair in known:
            found.setdefault(pair[0], known[pair])
    return list(found.values())


def of_teams(team_ids: Iterable[int], *, without: Iterable[int] = ()) -> list[Colleague]:
    """Everybody of these teams by name, but those: one query."""
    rows = _working().filter(team__in=list(team_ids)).exclude(user__in=list(without))
    return _colleagues(rows)[: 2 * FOUND_AT_MOST]


def searched(words: str, *, without: Iterable[int] = ()) -> list[Colleague]:
    """Those whose name, job or team has every word: FOUND_AT_MOST by name, one query."""
    rows = _working().exclude(user__in=list(without))
    wanted = words.split()[:6]
    for word in wanted:
        rows = rows.filter(
            Q(user__name__icontains=word)
            | Q(user__job_title__icontains=word)
            | Q(team__name__icontains=word)
        )
    return _colleagues(rows)[:FOUND_AT_MOST] if wanted else []


def looked_after(reader: Reader, user_ids: Sequence[int]) -> set[int]:
    """Those of them whose working weeks the reader may set: one query, none for most readers."""
    teams = reader.team_ids(May.SET_WEEKS)
    if not teams:
        return set()
    rows = Membership.objects.current().filter(
        user__in=user_ids, team__in=teams, user__is_active=True
    )
    return set(rows.values_list("user_id", flat=True))


def _working() -> QuerySet[Membership]:
    rows = Membership.objects.current().filter(
        team__closed_on__isnull=True, role__in=roles_that(May.READ_REFERRALS)
    )
    return rows.select_related("user", "team").order_by("user__name", "user", "team__name", "team")


def _colleagues(rows: QuerySet[Membership]) -> list[Colleague]:
    found = {
        (row.user_id, row.team_id): Colleague(
            user_id=row.user_id,
            team_id=row.team_id,
            name=row.user.name,
            job_title=row.user.job_title,
            team=row.team.name,
        )
        for row in rows[: 4 * FOUND_AT_MOST]
        if row.team_id and row.team
    }
    return list(found.values())


def _pair(key: str) -> tuple[int, int] | None:
    parts = key.split("-")
    numbers = [number for part in parts if (number := typed_number(part)) is not None]
    if len(parts) != _KEY_PARTS or len(numbers) != _KEY_PARTS:
        return None
    return numbers[0], numbers[1]

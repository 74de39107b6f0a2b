"""Somebody with their current memberships, read on every request of whoever is signed in.

By one statement that is put together once. Building it from the models anew took a third of the
time of a short answer; the columns are still the models' own.
"""

from dataclasses import dataclass

from django.db import connection

from portal.accounts.models import Membership, Organisation, Team, User
from portal.accounts.roles import May, roles_that
from portal.core.clock import today
from portal.core.joined import Joined

_READ = Joined(("u", User), ("m", Membership), ("o", Organisation), ("t", Team))
# Of an `accounts_user u` and an `accounts_membership m`, with `today` among the values: whether it
# holds. The same as MembershipQuerySet.current(); a test holds them together.
HOLDS = "u.is_active AND m.since <= %(today)s AND (m.until IS NULL OR m.until > %(today)s)"
_STATEMENT = f"""
SELECT {_READ.columns}
FROM accounts_user u
LEFT JOIN accounts_membership m ON m.user_id = u.id AND {HOLDS}
LEFT JOIN accounts_organisation o ON o.id = m.organisation_id
LEFT JOIN accounts_team t ON t.id = m.team_id
WHERE u.id = %(user)s
ORDER BY m.since, m.id
""".strip()  # noqa: S608 (column names are ours)


@dataclass(frozen=True, slots=True)
class Found:
    """A user, and the memberships that hold today with team and organisations, the oldest first.

    None for somebody who has left.
    """

    user: User
    memberships: tuple[Membership, ...]


def find_user(pk: int) -> Found | None:
    """A user with what they belong to today; None where there is no such user. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"user": pk, "today": today()})
        rows = [_READ.made(row) for row in cursor.fetchall()]
    if not rows:
        return None
    user = rows[0][0]
    return Found(user, tuple(_linked(user, *parts) for _, *parts in rows if parts[0]))


def current_memberships(user: User) -> tuple[Membership, ...]:
    """Those that hold today, the oldest first, with team and organisations: one query."""
    found = find_user(user.pk)
    if found is None:
        return ()
    for membership in found.memberships:
        membership.user = user
    return found.memberships


_IN_TEAM = f"""
SELECT DISTINCT m.user_id
FROM accounts_membership m
JOIN accounts_user u ON u.id = m.user_id
WHERE m.team_id = %(team)s AND m.role = ANY(%(roles)s) AND {HOLDS}
ORDER BY m.user_id
""".strip()  # noqa: S608 (text of ours)


def user_ids_of(team: Team, may: May) -> list[int]:
    """Who may do something in a team today, in the order of their numbers: one query."""
    roles = [str(role) for role in roles_that(may)]
    with connection.cursor() as cursor:
        cursor.execute(_IN_TEAM, {"team": team.pk, "roles": roles, "today": today()})
        return [pk for (pk,) in cursor.fetchall()]


# Whether somebody is in a team in a role, among the values of another statement.
IS_IN_TEAM = f"""
EXISTS (
    SELECT 1
    FROM accounts_membership m
    JOIN accounts_user u ON u.id = m.user_id
    WHERE m.user_id = %(user)s AND m.team_id = %(team)s AND m.role = %(role)s AND {HOLDS}
)
""".strip()  # noqa: S608 (text of ours)


def _linked(
    user: User, membership: Membership, organisation: Organisation, team: Team | None
) -> Membership:
    membership.user, membership.organisation, membership.team = user, organisation, team
    if team is not None and team.organisation_id == organisation.pk:
        team.organisation = organisation  # as good as always
    return membership

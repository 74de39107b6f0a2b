"""The current memberships of somebody, read on every request of whoever is signed in.

By one statement that is put together once. Building it from the models anew took a third of the
time of a short answer; the columns are still the models' own.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection, models

from portal.accounts.models import Membership, Organisation, Team, User
from portal.core.clock import today

_PARTS: tuple[tuple[str, type[models.Model]], ...] = (
    ("m", Membership),
    ("o", Organisation),
    ("t", Team),
)
_NAMES = [[field.attname for field in model._meta.concrete_fields] for _, model in _PARTS]
_COLUMNS = ", ".join(
    f'{alias}."{field.column}"' for alias, model in _PARTS for field in model._meta.concrete_fields
)
# The same as MembershipQuerySet.current(); a test holds them together. Few joins, because planning
# them takes longer than reading the rows.
_STATEMENT = f"""
SELECT {_COLUMNS}
FROM accounts_membership m
JOIN accounts_organisation o ON o.id = m.organisation_id
LEFT JOIN accounts_team t ON t.id = m.team_id
WHERE m.user_id = %(user)s
    AND m.since <= %(today)s
    AND (m.until IS NULL OR m.until > %(today)s)
    AND (SELECT u.is_active FROM accounts_user u WHERE u.id = m.user_id)
ORDER BY m.since, m.id
""".strip()  # noqa: S608 (column names are ours)


def current_memberships(user: User) -> tuple[Membership, ...]:
    """Those that hold today, the oldest first, with team and organisations: one query.

    None for somebody who has left.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"user": user.pk, "today": today()})
        return tuple(_membership(user, row) for row in cursor.fetchall())


def _membership(user: User, row: tuple[Any, ...]) -> Membership:
    membership, organisation, team = _made(row)
    membership.user, membership.organisation, membership.team = user, organisation, team
    if team is not None and team.organisation_id == organisation.pk:
        team.organisation = organisation  # as good as always
    return membership  # type: ignore[no-any-return]


def _made(row: tuple[Any, ...]) -> Iterator[Any]:
    begin = 0
    for (_, model), names in zip(_PARTS, _NAMES, strict=True):
        values = row[begin : begin + len(names)]
        begin += len(names)
        yield None if values[0] is None else model.from_db(connection.alias, names, values)

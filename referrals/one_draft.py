"""One draft as its page needs it, by statements that are put together once.

Sending one reads it three times: to show what it is, and locked to save and to empty it. Built from
the models, these were a third of the work of sending by the page.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection

from contacts.one_service import COLUMNS, JOINS, WIDTH, service_of
from portal.accounts.memberships import HOLDS
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.core.clock import today
from portal.core.joined import Joined
from portal.ui.words import titled
from referrals.models import Draft

_DRAFT = Joined(("d", Draft))
_READ = Joined(("d", Draft), ("a", User), ("b", User))
# Its team's clinicians of today: [[id, name, job title], ...].
_CLINICIANS = f"""
(
    SELECT json_agg(json_build_array(u.id, u.name, u.job_title) ORDER BY u.name, u.id)
    FROM accounts_user u
    WHERE EXISTS (
        SELECT 1
        FROM accounts_membership m
        WHERE m.user_id = u.id AND m.team_id = d.team_id AND m.role = %(clinician)s AND {HOLDS}
    )
)
""".strip()  # noqa: S608 (text of ours)
_FIND = f"""
SELECT {COLUMNS}, {_READ.columns}, {_CLINICIANS}
FROM referrals_draft d
JOIN contacts_service s ON s.id = d.service_id
{JOINS}
JOIN accounts_user a ON a.id = d.author_id
LEFT JOIN accounts_user b ON b.id = d.saved_by_id
WHERE d.key = %(key)s AND d.team_id = ANY(%(teams)s::bigint[])
""".strip()  # noqa: S608 (column names are ours)
_LOCK = f"""
SELECT {_DRAFT.columns}
FROM referrals_draft d
WHERE d.id = %(pk)s AND d.team_id = ANY(%(teams)s::bigint[])
FOR UPDATE
""".strip()  # noqa: S608 (column names are ours)


def find_draft(key: str, team_ids: Collection[int]) -> Draft | None:
    """The draft of one of the teams, with its service, its author and who saved it last.

    And with the clinicians for whom it can be prepared. None where there is none. One query.
    """
    of = {"key": key, "teams": sorted(team_ids), "clinician": Role.CLINICIAN.value}
    row = _row(_FIND, {**of, "today": today()})
    if row is None:
        return None
    draft: Draft
    draft, author, saved_by = _READ.made(row[WIDTH:])
    draft.service, draft.author, draft.saved_by = service_of(row), author, saved_by
    draft.clinicians = [(pk, titled(name, title)) for pk, name, title in row[-1] or ()]
    return draft


def lock_draft(pk: int, team_ids: Collection[int]) -> Draft | None:
    """The bare row, locked; None where it is not a draft of the teams. One query."""
    row = _row(_LOCK, {"pk": pk, "teams": sorted(team_ids)})
    return None if row is None else _DRAFT.made(row)[0]


def _row(statement: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()  # type: ignore[no-any-return]

"""One draft as its page needs it, by statements that are put together once.

Sending one reads it three times: to show what it is, and locked to save and to empty it. Built from
the models, these were a third of the work of sending by the page.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection

from contacts.one_service import COLUMNS, JOINS, WIDTH, service_of
from portal.accounts.models import User
from portal.core.joined import Joined
from referrals.models import Draft

_DRAFT = Joined(("d", Draft))
_READ = Joined(("d", Draft), ("a", User), ("b", User))
_FIND = f"""
SELECT {COLUMNS}, {_READ.columns}
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

    None where there is none. One query.
    """
    row = _row(_FIND, {"key": key, "teams": sorted(team_ids)})
    if row is None:
        return None
    draft: Draft
    draft, author, saved_by = _READ.made(row[WIDTH:])
    draft.service, draft.author, draft.saved_by = service_of(row), author, saved_by
    return draft


def lock_draft(pk: int, team_ids: Collection[int]) -> Draft | None:
    """The bare row, locked; None where it is not a draft of the teams. One query."""
    row = _row(_LOCK, {"pk": pk, "teams": sorted(team_ids)})
    return None if row is None else _DRAFT.made(row)[0]


def _row(statement: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()  # type: ignore[no-any-return]

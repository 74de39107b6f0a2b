"""One directory entry as sending to it needs it: with its organisation, its team and its hours.

By one statement that is put together once, as accounts/memberships.py does: four built from the
models were a quarter of the work of sending a referral.
"""

from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache
from typing import Any

from django.db import connection

from contacts.models import Service
from portal.accounts.models import Organisation, Team
from portal.core.joined import Joined
from portal.worktime.hours import Opening, WeeklyHours

_READ = Joined(("s", Service), ("o", Organisation), ("t", Team))
# Its hours in one text, for `hours_of`.
_OPENINGS = (
    "(SELECT string_agg(concat_ws(' ', h.weekday, h.opens, h.closes), ',')"
    " FROM contacts_servicehours h WHERE h.service_id = s.id)"
)
# What a statement about a `contacts_service s` reads of it, and what it joins for that.
COLUMNS = f"{_READ.columns}, {_OPENINGS}"
JOINS = """
JOIN accounts_organisation o ON o.id = s.organisation_id
LEFT JOIN accounts_team t ON t.id = s.receiving_team_id
""".strip()
WIDTH = _READ.width + 1
# Open entries only, as access.entries().
_STATEMENT = f"""
SELECT {COLUMNS}
FROM contacts_service s
{JOINS}
WHERE s.reference = %(reference)s AND (s.closed_on IS NULL OR s.closed_on > %(today)s)
""".strip()  # noqa: S608 (column names are ours)


def find_service(reference: str, today: date) -> Service | None:
    """The open entry with this reference; None where there is none. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"reference": reference, "today": today})
        row = cursor.fetchone()
    return None if row is None else service_of(row)


def service_of(values: Sequence[Any]) -> Service:
    """The entry that was read by COLUMNS: organisation, team and hours are there."""
    service: Service
    service, organisation, team = _READ.made(values)
    service.organisation, service.receiving_team = organisation, team
    if team is not None and team.organisation_id == organisation.pk:
        team.organisation = organisation
    keep_hours(service, values[_READ.width])
    return service


def keep_hours(service: Service, openings: str | None) -> None:
    """Keep on a service the hours that were read with it: `hours()` asks no more."""
    service.read_with = (
        WeeklyHours.always(service.nation)
        if service.is_always_open
        else hours_of(openings or "", service.nation, service.closed_on_bank_holidays)
    )


@lru_cache(maxsize=256)
def hours_of(openings: str, nation: str, closed_on_bank_holidays: bool) -> WeeklyHours:
    """From "0 08:30:00 17:00:00,1 ...": weekday, opens and closes, as a statement gives them."""
    read = (opening.split() for opening in openings.split(",") if opening)
    found = (Opening(int(d), time.fromisoformat(o), time.fromisoformat(c)) for d, o, c in read)
    return WeeklyHours(tuple(sorted(found)), nation, closed_on_bank_holidays)

"""One directory entry as sending to it needs it: with its organisation, its team and its hours.

By one statement that is put together once, as accounts/memberships.py does: four built from the
models were a quarter of the work of sending a referral.
"""

from datetime import date, time
from functools import lru_cache
from typing import Any

from django.db import connection, models

from contacts.models import Service
from portal.accounts.models import Organisation, Team
from portal.worktime.hours import Opening, WeeklyHours

_PARTS: tuple[tuple[str, type[models.Model]], ...] = (
    ("s", Service),
    ("o", Organisation),
    ("t", Team),
)
_NAMES = [[field.attname for field in model._meta.concrete_fields] for _, model in _PARTS]
_COLUMNS = ", ".join(
    f'{alias}."{field.column}"' for alias, model in _PARTS for field in model._meta.concrete_fields
)
# A service's hours in one text, for `hours_of`; {service} is its number.
OPENINGS = (
    "SELECT string_agg(concat_ws(' ', h.weekday, h.opens, h.closes), ',')"
    " FROM contacts_servicehours h WHERE h.service_id = {service}"
)
# Open entries only, as access.entries().
_STATEMENT = f"""
SELECT {_COLUMNS}, ({OPENINGS.format(service="s.id")})
FROM contacts_service s
JOIN accounts_organisation o ON o.id = s.organisation_id
LEFT JOIN accounts_team t ON t.id = s.receiving_team_id
WHERE s.reference = %(reference)s AND (s.closed_on IS NULL OR s.closed_on > %(today)s)
""".strip()  # noqa: S608 (column names are ours)


def find_service(reference: str, today: date) -> Service | None:
    """The open entry with this reference; None where there is none. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"reference": reference, "today": today})
        row = cursor.fetchone()
    if row is None:
        return None
    service, organisation, team = _made(row)
    service.organisation, service.receiving_team = organisation, team
    if team is not None and team.organisation_id == organisation.pk:
        team.organisation = organisation
    keep_hours(service, row[-1])
    return service  # type: ignore[no-any-return]


def keep_hours(service: Service, openings: str | None) -> None:
    """Keep on a service the hours that were read with it (OPENINGS): `hours()` asks no more."""
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


def _made(row: tuple[Any, ...]) -> list[Any]:
    found, begin = [], 0
    for (_, model), names in zip(_PARTS, _NAMES, strict=True):
        values = row[begin : begin + len(names)]
        begin += len(names)
        made = None if values[0] is None else model.from_db(connection.alias, names, values)
        found.append(made)
    return found

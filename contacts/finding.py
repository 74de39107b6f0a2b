"""Finding entries for whoever is signed in: the search, and what helps where it finds nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from contacts import upkeep
from contacts.access import entries, entries_in_order
from contacts.entry import Entry, entry_of
from contacts.search import MOST, PAGE, Found, search
from contacts.search_spelling import nearest
from contacts.search_words import wanted
from contacts.states import Kind
from portal.core.clock import today

# Councils that have entries of their own or answer for a district that one covers.
_COUNCILS = """
SELECT c.gss, c.short_name, c.organisation_id FROM contacts_council c
WHERE c.gss <> '' AND c.organisation_id IN (
    SELECT organisation_id FROM contacts_service WHERE closed_on IS NULL OR closed_on > %(day)s
    UNION
    SELECT r.authority_id FROM contacts_responsibility r
    JOIN contacts_servicearea a USING (area_gss)
    JOIN contacts_service s ON s.id = a.service_id
    WHERE (s.closed_on IS NULL OR s.closed_on > %(day)s)
        AND r.from_date <= %(day)s AND (r.until IS NULL OR r.until > %(day)s)
)
ORDER BY c.short_name, c.gss
"""


@dataclass(frozen=True, slots=True)
class CouncilChoice:
    """A council to browse by."""

    gss: str
    short_name: str
    organisation_id: int


@dataclass(frozen=True, slots=True)
class Result:
    """One page of what was found.

    `instead` is the text that was looked for where nothing was found for the one typed, and
    `elsewhere` are sentences about what the portal does not cover. `reporters` by reference.
    """

    entries: tuple[Entry, ...]
    total: int
    page: int
    pages: int
    instead: str
    elsewhere: tuple[str, ...]
    reporters: Mapping[str, tuple[int, datetime]]


def councils() -> list[CouncilChoice]:
    """The councils of which the directory has something, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNCILS.strip(), {"day": today()})
        return [CouncilChoice(*row) for row in cursor.fetchall()]


def kinds() -> set[Kind]:
    """The kinds of which there are entries."""
    return {Kind(kind) for kind in entries().values_list("kind", flat=True).distinct()}


def find(
    text: str, *, kind: Kind | None = None, council: CouncilChoice | None = None, page: int = 1
) -> Result:
    """The entries that meet all words of the text, whatever their order."""
    council_id = council.organisation_id if council else None
    asked = wanted(text)
    found, instead = search(asked.parts, kind=kind, council_id=council_id, page=page), ""
    if not found.total and (better := nearest(text, asked.parts)):
        other = search(wanted(better).parts, kind=kind, council_id=council_id, page=page)
        if other.total:
            found, instead = other, better
    rows = entries_in_order(found.ids)
    reporters = upkeep.reporters(found.ids)
    return Result(
        entries=tuple(entry_of(row, signed_in=True) for row in rows),
        total=found.total,
        page=page,
        pages=_pages(found),
        instead=instead,
        elsewhere=asked.elsewhere,
        reporters={row.reference: reporters[row.pk] for row in rows if row.pk in reporters},
    )


def _pages(found: Found) -> int:
    return -(-min(found.total, MOST) // PAGE)

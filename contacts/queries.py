"""The one statement of "who to contact": a postcode, and the state of the directory."""

from django.db import connection

from contacts.codes import OUTSIDE
from contacts.dated import COUNTIES, dated_fact
from contacts.directory import AreaRow, Directory, directory_at
from contacts.facts import Place, PracticeFacts
from contacts.postcodes import display, parts

# By hand: building it from models takes longer than PostgreSQL takes to answer it.
_POSTCODE = """
SELECT p.key, p.nation, p.district_gss, p.terminated_on, d.revision
FROM (SELECT 1) AS one
LEFT JOIN contacts_directoryrevision d ON d.id = 1
LEFT JOIN contacts_postcode p ON p.key = %s
"""
_REVISION = "SELECT revision FROM contacts_directoryrevision WHERE id = 1"
_NOWHERE = AreaRow("", ())


def look_up(key: str) -> tuple[Place | None, Directory]:
    """A postcode's place with its authorities in time, None when not known; and the directory."""
    with connection.cursor() as cursor:
        cursor.execute(_POSTCODE.strip(), [key])
        known, nation, district, terminated_on, revision = cursor.fetchone()
    directory = directory_at(revision)
    if known is None:
        return None, directory
    area = directory.area(district) if district and district not in OUTSIDE else _NOWHERE
    place = Place(
        postcode=display(key),
        nation=nation,
        area_gss=district,
        area_name=area.name,
        terminated_on=terminated_on,
        tenures=area.tenures,
        planned=dated_fact(COUNTIES),
    )
    return place, directory


def directory_now() -> Directory:
    """The directory as it stands, where no postcode is asked for (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(_REVISION)
        row = cursor.fetchone()
    return directory_at(row[0] if row else None)


def practice_facts(
    directory: Directory, *, ods: str = "", organisation_id: int | None = None, home: str
) -> PracticeFacts | None:
    """A practice by its code, or else the reader's own by its organisation.

    `home` is a postcode's key. None when the practice is not known here.
    """
    key = ods or organisation_id
    row = directory.practice(key) if key else None
    if row is None:
        return None
    return PracticeFacts(
        ods=row.ods,
        name=row.name,
        nation=row.nation,
        area_gss=row.area_gss,
        tenures=directory.area(row.area_gss).tenures if row.area_gss else (),
        covers_home=not row.catchment.isdisjoint(parts(home)) if row.catchment else None,
        shares=row.shares,
        is_readers_own=not ods,
    )

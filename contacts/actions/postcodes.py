"""Take in postcodes: staged beside the table, checked, then put in by one statement."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyarrow as pa
from django.db import connection, transaction
from pyarrow import csv as pacsv

from contacts.importing.postcodes import COLUMNS
from contacts.models import Responsibility
from portal.core.refused import InvalidInput

_NAMES = ", ".join(COLUMNS)
_STAGE = """
CREATE TEMPORARY TABLE postcodes_given (
    key text, nation text, district_gss text, county_gss text,
    latitude float8, longitude float8, terminated_on date
)
"""
# The same postcode twice is harmless, twice with different facts is not.
_CONTRADICTIONS = f"""
SELECT key FROM (SELECT DISTINCT {_NAMES} FROM postcodes_given) given
GROUP BY key HAVING count(*) > 1 LIMIT 1
"""  # noqa: S608 (names of ours)
_PUT_IN = f"""
INSERT INTO contacts_postcode AS kept ({_NAMES})
SELECT DISTINCT {_NAMES} FROM postcodes_given ORDER BY key
ON CONFLICT (key) DO UPDATE SET
    nation = excluded.nation, district_gss = excluded.district_gss,
    county_gss = excluded.county_gss, terminated_on = excluded.terminated_on,
    latitude = coalesce(excluded.latitude, kept.latitude),
    longitude = coalesce(excluded.longitude, kept.longitude)
WHERE (kept.nation, kept.district_gss, kept.county_gss, kept.terminated_on)
      IS DISTINCT FROM
      (excluded.nation, excluded.district_gss, excluded.county_gss, excluded.terminated_on)
   OR (excluded.latitude IS NOT NULL AND (kept.latitude, kept.longitude)
      IS DISTINCT FROM (excluded.latitude, excluded.longitude))
"""  # noqa: S608 (names of ours)


@dataclass(frozen=True, slots=True)
class PostcodesTaken:
    """What an import did. `unanswered` are districts for which nobody is recorded."""

    read: int
    changed: int
    unanswered: tuple[str, ...]


@transaction.atomic
def record_postcodes(
    *, batches: Iterable[pa.RecordBatch], on_progress: Callable[[int], None]
) -> PostcodesTaken:
    """Add and update postcodes; none is ever removed, a terminated one keeps its row and date.

    The same file again changes nothing. `on_progress` hears how many rows have been read.
    Raises InvalidInput, with nothing changed, where a batch is wrong or the file contradicts
    itself. Readers are not held up meanwhile.
    """
    read = 0
    with connection.cursor() as cursor:
        # A whole country takes longer than a page may.
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(_STAGE)
        for batch in batches:
            _copy(cursor, batch)
            read += batch.num_rows
            on_progress(read)
        cursor.execute(_CONTRADICTIONS)
        if twice := cursor.fetchone():
            raise InvalidInput(
                f"{twice[0]} is in the file twice, in two places. Nothing was changed.",
                code="contradiction",
            )
        cursor.execute("SELECT DISTINCT district_gss FROM postcodes_given")
        districts = {row[0] for row in cursor.fetchall()}
        cursor.execute(_PUT_IN)
        changed = cursor.rowcount
        cursor.execute("DROP TABLE postcodes_given")
    return PostcodesTaken(read, changed, _unanswered(districts))


def _copy(cursor: object, batch: pa.RecordBatch) -> None:
    text = io.BytesIO()
    pacsv.write_csv(pa.Table.from_batches([batch]), text, pacsv.WriteOptions(include_header=False))
    text.seek(0)
    # psycopg2's own cursor lies beneath Django's wrapper.
    cursor.cursor.copy_expert(  # type: ignore[attr-defined]
        "COPY postcodes_given FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL"
        " (key, nation, district_gss, county_gss))",
        text,
    )


def _unanswered(districts: set[str]) -> tuple[str, ...]:
    within = {gss for gss in districts if gss and not gss.endswith("99999999")}
    known = Responsibility.objects.filter(area_gss__in=within).values_list("area_gss", flat=True)
    return tuple(sorted(within - set(known)))

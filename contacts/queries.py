"""What "who to contact" reads: one statement for the place, one for the practice, one for the
services.

They are written by hand (contacts/sql/) because this is the portal's most asked question:
building the same joins and prefetches from models takes longer than PostgreSQL takes to answer.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection

from contacts.access import visibilities
from contacts.entry import Entry, Way, weekly_hours
from contacts.postcodes import display, parts
from contacts.states import Basis, Channel, How, Kind
from contacts.who import Authority, Place, PracticeFacts, Share, Tenure

_SQL = {path.stem: path.read_text() for path in Path(__file__).with_name("sql").glob("*.sql")}
Row = dict[str, Any]


class Found(NamedTuple):
    """A single point of access, the districts it was found for, whether it is a council's."""

    entry: Entry
    areas: frozenset[str]
    is_councils: bool


def find_place(key: str) -> Place | None:
    """The place of a postcode with its authorities in time; None when it is not known here."""
    for row in _rows("place", {"key": key}):
        tenures = row["tenures"] or []
        return Place(
            postcode=display(key),
            nation=row["nation"],
            area_gss=row["district_gss"],
            area_name=tenures[0][0] if tenures else "",
            terminated_on=row["terminated_on"],
            tenures=_tenures(tenures),
        )
    return None


def find_practice(
    *, ods: str | None = None, organisation_id: int | None = None, home: str
) -> PracticeFacts | None:
    """A practice by its code, or the reader's own by its organisation; `home` is a postcode's key.

    None when it is not known here.
    """
    for row in _rows("practice", {"ods": ods, "organisation_id": organisation_id}):
        catchment = row["catchment"]
        return PracticeFacts(
            ods=row["ods"],
            name=row["name"],
            nation=row["nation"],
            area_gss=row["area_gss"],
            tenures=_tenures(row["tenures"] or []),
            covers_home=any(part in catchment for part in parts(home)) if catchment else None,
            shares=tuple(
                Share(Authority(name, gss or None, short or name, pk), float(share))
                for gss, pk, name, short, share in row["shares"] or []
            ),
            is_readers_own=organisation_id is not None,
        )
    return None


def single_points_of_access(*, areas: Sequence[str], on: date, signed_in: bool) -> list[Found]:
    """Those that cover one of the districts, by name, with only the contacts the reader may see."""
    seen = visibilities(signed_in=signed_in)
    rows = _rows("services", {"areas": list(areas), "on": on, "seen": seen})
    plain = {row["id"]: _entry(row, None) for row in rows}
    return [
        Found(
            _entry(row, plain.get(row["out_of_hours_id"])),
            frozenset(row["areas"]),
            row["organisation_kind"] == "council",
        )
        for row in rows
        if row["areas"]
    ]


def _rows(statement: str, values: Mapping[str, object]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(_SQL[statement], values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _tenures(rows: Sequence[Sequence[Any]]) -> tuple[Tenure, ...]:
    return tuple(
        Tenure(
            authority=Authority(name, gss or None, short or area, pk) if pk else None,
            how=How(how),
            from_date=date.fromisoformat(begun),
            until=date.fromisoformat(until) if until else None,
        )
        for area, how, begun, until, gss, pk, name, short in rows
    )


def _entry(row: Row, out_of_hours: Entry | None) -> Entry:
    return Entry(
        reference=row["reference"],
        name=row["name"],
        organisation_id=row["organisation_id"],
        organisation=row["organisation"],
        kind=Kind(row["kind"]),
        basis=Basis(row["basis"]),
        summary=row["summary"],
        needs=tuple(row["what_it_needs"]),
        does_not_do=tuple(row["what_it_does_not_do"]),
        how_it_takes_referrals=row["how_it_takes_referrals"],
        hours=weekly_hours(
            row["hours"] or [],
            row["nation"],
            always=row["is_always_open"],
            closed_on_bank_holidays=row["closed_on_bank_holidays"],
        ),
        ways=tuple(
            Way(Channel(kind), value, label) for kind, value, label in row["contacts"] or []
        ),
        routine_minutes=row["routine_minutes"],
        last_checked_on=row["last_checked_on"],
        checked_by_owner=row["checked_by_owner"],
        takes_referrals=row["takes_referrals"],
        is_invented=row["is_invented"],
        out_of_hours=out_of_hours,
    )

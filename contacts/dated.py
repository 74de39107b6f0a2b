"""Facts that hold from or until a day, with where they are from: read from the bundled data."""

from datetime import date
from functools import cache
from pathlib import Path

from contacts.facts import DatedFact, KnownList, Source
from contacts.importing.practices import read_practices
from contacts.importing.tables import iso_day, read_table

_DATA = Path(__file__).resolve().parent / "data"
_FACTS, _PLANNED = _DATA / "dated_facts.csv", _DATA / "planned_changes.csv"
_LISTS = _DATA / "lists.csv"
COUNTIES, CARE_BOARDS = "counties", "care-boards"


def dated_fact(key: str) -> DatedFact:
    """One fact by its key: when, in which words, from where."""
    return _facts()[key]


def source_of_change(district_gss: str, on: date) -> Source | None:
    """Where it is from that a district goes to another council on that day; None where the change
    is not one of those that are bundled."""
    return _changes().get((district_gss, on))


@cache
def bundled_practices() -> tuple[KnownList, frozenset[str]]:
    """The bundled list of practices, and the codes of those in it."""
    columns = ("file", "what", "covers", "as_of", "source")
    row = next(one for one in read_table(_LISTS, columns) if one["what"] == "practices")
    known = KnownList(row["covers"], date.fromisoformat(f"{row['as_of']}-01"), row["source"])
    return known, frozenset(one.code for one in read_practices(_DATA / row["file"]))


@cache
def _facts() -> dict[str, DatedFact]:
    rows = read_table(_FACTS, ("key", "on", "sentence", "source", "source_on"))
    return {
        row["key"]: DatedFact(
            date.fromisoformat(row["on"]),
            row["sentence"],
            Source(row["source"], date.fromisoformat(row["source_on"])),
        )
        for row in rows
    }


@cache
def _changes() -> dict[tuple[str, date], Source]:
    rows = read_table(_PLANNED, ("district_gss", "from", "source", "source_on"))
    found = {}
    for row in rows:
        on, since = iso_day(_PLANNED, row["from"]), iso_day(_PLANNED, row["source_on"])
        if on and since:
            found[row["district_gss"], on] = Source(row["source"], since)
    return found

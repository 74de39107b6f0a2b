"""What the first letters of a postcode say where the postcode itself is not loaded."""

import re
from functools import cache
from pathlib import Path

from contacts.facts import PostalArea
from contacts.importing.tables import read_table

_FILE = Path(__file__).resolve().parent / "data" / "postcode_areas.csv"
_LETTERS = re.compile(r"[A-Z]{1,2}")


def letters_of(key: str) -> str:
    """The letters that a postcode begins with: "M" of M332RH."""
    found = _LETTERS.match(key)
    return found[0] if found else ""


def postal_area(key: str) -> PostalArea | None:
    """The area of a well-formed postcode; None where no postcode begins so."""
    return _areas().get(letters_of(key))


@cache
def _areas() -> dict[str, PostalArea]:
    rows = read_table(_FILE, ("area", "name", "nations", "councils"))
    return {
        row["area"]: PostalArea(
            row["area"], row["name"], _several(row["nations"]), _several(row["councils"])
        )
        for row in rows
    }


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()

"""GP practices and trusts, from the NHS ODS files: 27 columns, no header."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contacts.importing.tables import iso_day, read_rows, read_table, unreadable

_WIDTH = 27
_CODE, _NAME, _BOARD, _POSTCODE, _OPENED, _CLOSED, _STATUS = 0, 1, 3, 9, 10, 11, 12
_ADDRESS = slice(4, 9)
_COMMISSIONER, _TELEPHONE, _SETTING = 14, 17, 25
_GP_PRACTICE = "4"
_ACTIVE = "A"
_STATUSES = {"A", "C", "D", "P"}
_SMALL = {"and", "at", "by", "for", "in", "of", "on", "the", "to", "with", "upon"}
_KEPT = {"NHS", "GP", "PCN", "UK", "II", "III"}


@dataclass(frozen=True, slots=True)
class OdsRow:
    """An organisation of the NHS. `board` is its integrated care board's code.

    `commissioner` is the code of the sub-ICB location; the codes are in the file of the day, and
    boards are older there than the changes of April 2026.
    """

    code: str
    name: str
    nation: str
    board: str
    commissioner: str
    address: str
    postcode: str
    telephone: str
    opened: date | None
    closed: date | None
    active: bool


def read_practices(path: Path) -> list[OdsRow]:
    """The GP practices (prescribing setting 4) of an epraccur file, closed ones too.

    Other prescribing cost centres (hospices, prisons, clinics) are no practices and left out.
    """
    rows = read_rows(path, _WIDTH)
    wrong = next((row for row in rows if row[_STATUS] not in _STATUSES), None)
    if wrong:
        raise unreadable(path, f"“{wrong[_STATUS][:20]}” is no status (A, C, D or P).")
    found = [_row(path, row) for row in rows if row[_SETTING] == _GP_PRACTICE]
    if not found:
        raise unreadable(path, "it has no row with prescribing setting 4 (GP practice).")
    return _once(path, found)


def read_trusts(path: Path) -> list[OdsRow]:
    """The NHS trusts of an etr file, closed ones too: one is open that has no close date."""
    rows = read_rows(path, _WIDTH)
    if any(row[_STATUS] for row in rows):
        raise unreadable(path, "it has statuses of practices: this is not a file of trusts.")
    return _once(path, [_row(path, row) for row in rows])


def read_commissioner_areas(path: Path) -> dict[str, str]:
    """Code of a sub-ICB location to the district that has the same boundary."""
    return {row["code"]: row["area_gss"] for row in read_table(path, ("code", "area_gss"))}


def _row(path: Path, row: list[str]) -> OdsRow:
    code = row[_CODE].strip()
    if not re.fullmatch(r"[A-Z0-9]{3,8}", code):
        raise unreadable(path, f"“{code[:20]}” is not an ODS code.")
    closed = iso_day(path, row[_CLOSED].strip())
    return OdsRow(
        code=code,
        name=as_written(row[_NAME]),
        nation="Wales" if code.startswith("W") and row[_SETTING] else "England",
        board=row[_BOARD],
        commissioner=row[_COMMISSIONER],
        address=", ".join(as_written(part) for part in row[_ADDRESS] if part.strip()),
        postcode=row[_POSTCODE].strip(),
        telephone=row[_TELEPHONE].strip(),
        opened=iso_day(path, row[_OPENED].strip()),
        closed=closed,
        active=row[_STATUS] == _ACTIVE if row[_STATUS] else closed is None,
    )


def _once(path: Path, rows: list[OdsRow]) -> list[OdsRow]:
    seen: set[str] = set()
    for row in rows:
        if row.code in seen:
            raise unreadable(path, f"{row.code} is there twice.")
        seen.add(row.code)
    return rows


def as_written(capitals: str) -> str:
    """“THE DENSHAM SURGERY” as a letterhead has it: The Densham Surgery.

    Initials without a vowel stay as they are (RK MEDICAL PRACTICE), as do a few known ones.
    """
    words = capitals.split()
    return " ".join(_word(word, first=not place) for place, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    if word in _KEPT or re.fullmatch(r"[B-DF-HJ-NP-TV-XZ]{2,3}", word):
        return "Drs" if word == "DRS" else "St" if word == "ST" else word
    if word.lower() in _SMALL and not first:
        return word.lower()
    # Not str.title(), which makes "George'S" of it.
    return re.sub(r"(^|[-/(.&])([a-z])", lambda m: m[1] + m[2].upper(), word.lower())

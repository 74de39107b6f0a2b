"""The lists of councils, as mySociety and ONS publish them (docs/data.md)."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from contacts.codes import AREA, COUNTY
from contacts.importing.tables import header_of, iso_day, read_table, unreadable
from contacts.states import CouncilType
from contacts.timelines import CouncilRow, Exceptional, Lists, Planned, Recoding

_TYPES = {
    "UA": CouncilType.UNITARY,
    "MD": CouncilType.METROPOLITAN,
    "LBO": CouncilType.LONDON,
    "CC": CouncilType.LONDON,  # the City of London Corporation
    "CTY": CouncilType.COUNTY,
    "NMD": CouncilType.DISTRICT,
    "WPA": CouncilType.WELSH,
    "SCO": CouncilType.SCOTTISH,
    "NID": CouncilType.NORTHERN_IRISH,
}
# Combined authorities and the Greater London Authority: the councils beneath them live on.
_NOT_COUNCILS = {"COMB", "SRA"}
# No council began in 2005: where the list says so it is the year its own register was begun.
_REGISTER_BEGUN = 2005
_SAME_COUNCIL = {"new_code", "new_geo"}


class Files(NamedTuple):
    """Where the lists are. Only the first must be there."""

    councils: Path
    code_changes: Path | None = None
    districts: Path | None = None
    planned: Path | None = None
    boards: Path | None = None


class Board(NamedTuple):
    """An NHS board that runs adult social care for a council."""

    area_gss: str
    gss: str
    name: str
    short_name: str
    nation: str


def read_lists(files: Files) -> tuple[Lists, list[Board]]:
    """All lists together; raises InvalidInput for a file that is not what it should be."""
    councils = _read_councils(files.councils)
    recodings = _read_recodings(files.code_changes, councils) if files.code_changes else []
    boards = _read_boards(files.boards) if files.boards else []
    lists = Lists(
        councils=_recoded(councils, recodings),
        county_of_district=_read_districts(files.districts) if files.districts else {},
        recodings=recodings,
        planned=_read_planned(files.planned) if files.planned else [],
        exceptional=[Exceptional(board.area_gss, board.gss) for board in boards],
    )
    return lists, boards


def _read_councils(path: Path) -> list[CouncilRow]:
    columns = (
        *("local-authority-code", "official-name", "nice-name", "gss-code", "start-date"),
        *("end-date", "replaced-by", "nation", "local-authority-type", "county-la"),
        "former-gss-codes",
    )
    rows: list[CouncilRow] = []
    for row in read_table(path, columns):
        type_code, gss = row["local-authority-type"], row["gss-code"]
        if type_code in _NOT_COUNCILS or not gss:
            continue  # districts of Northern Ireland before 2015 have no code
        if type_code not in _TYPES:
            raise unreadable(path, f"{row['official-name']} has an unknown type, “{type_code}”.")
        if not (AREA.match(gss) or COUNTY.match(gss)):
            raise unreadable(path, f"{row['official-name']} has no council's code: “{gss}”.")
        rows.append(_council(path, row, gss))
    repeated = {row.gss for row in rows if sum(row.gss == other.gss for other in rows) > 1}
    if repeated:
        raise unreadable(path, f"{min(repeated)} is there twice.")
    return rows


def _council(path: Path, row: dict[str, str], gss: str) -> CouncilRow:
    started = iso_day(path, row["start-date"])
    return CouncilRow(
        key=row["local-authority-code"],
        name=_tidy(row["official-name"]),
        short_name=_tidy(row["nice-name"]).removesuffix(" Council"),
        type=_TYPES[row["local-authority-type"]],
        nation=row["nation"],
        gss=gss,
        started=None if started and started.year == _REGISTER_BEGUN else started,
        ended=iso_day(path, row["end-date"]) is not None,
        replaced_by=_listed(row["replaced-by"]),
        county_key=row["county-la"],
        former_gss=tuple(code for code in _listed(row["former-gss-codes"]) if AREA.match(code)),
    )


def _read_recodings(path: Path, councils: list[CouncilRow]) -> list[Recoding]:
    """Codes that changed while the council lived on.

    Rows of the type new_geo are a trap: most point at combined authorities (E47), which take no
    council's place, but Glasgow's and North Lanarkshire's are real.
    """
    living = {council.gss for council in councils} | {
        code for council in councils for code in council.former_gss
    }
    found = []
    for row in read_table(path, ("oldcd", "newcd", "type", "start")):
        old, new = row["oldcd"], row["newcd"]
        if row["type"] not in _SAME_COUNCIL or not (AREA.match(old) and AREA.match(new)):
            continue
        if not re.fullmatch(r"(19|20)\d\d", row["start"]):
            raise unreadable(path, f"“{row['start'][:20]}” is not a year.")
        if old in living or new in living:
            found.append(Recoding(old, new, date(int(row["start"]), 4, 1)))
    return found


def _recoded(councils: list[CouncilRow], recodings: list[Recoding]) -> list[CouncilRow]:
    """The councils under their present codes: the list still has Barnsley's and Sheffield's old."""
    new_of = {recoding.old: recoding.new for recoding in recodings}
    result = []
    for council in councils:
        present, former = council.gss, list(council.former_gss)
        while present in new_of:
            former.append(present)
            present = new_of[present]
        former += [old for old, new in new_of.items() if new == present and old not in former]
        result.append(replace(council, gss=present, former_gss=tuple(former)))
    return result


def _read_districts(path: Path) -> dict[str, str]:
    """District to county, from a lookup of any year: LAD21CD and CTY21CD, LAD24CD and CTY24CD."""
    district, county = _coded_columns(path)
    return {row[district]: row[county] for row in read_table(path, (district, county))}


def _coded_columns(path: Path) -> tuple[str, str]:
    header = header_of(path)
    found = {
        kind: next((name for name in header if re.fullmatch(rf"{kind}\d\dCD", name)), "")
        for kind in ("LAD", "CTY")
    }
    if not all(found.values()):
        raise unreadable(path, "it has no columns LAD..CD and CTY..CD for district and county.")
    return found["LAD"], found["CTY"]


def _read_planned(path: Path) -> list[Planned]:
    columns = ("district_gss", "until_county_gss", "new_council", "new_council_gss", "from")
    found = []
    for row in read_table(path, columns):
        day = iso_day(path, row["from"])
        if day is None or not AREA.match(row["district_gss"]) or not row["new_council"]:
            raise unreadable(path, "each row needs a district's code, a council and a date.")
        if row["new_council_gss"] and not AREA.match(row["new_council_gss"]):
            raise unreadable(path, f"“{row['new_council_gss']}” is no council's code.")
        found.append(
            Planned(
                row["district_gss"],
                row["until_county_gss"],
                _tidy(row["new_council"]),
                row["new_council_gss"],
                day,
            )
        )
    return found


def _read_boards(path: Path) -> list[Board]:
    columns = ("area_gss", "authority_gss", "name", "short_name", "nation")
    return [Board(*row.values()) for row in read_table(path, columns)]


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _tidy(name: str) -> str:
    return " ".join(name.split())

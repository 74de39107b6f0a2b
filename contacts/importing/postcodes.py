"""The ONS Postcode Directory, streamed: 2.7 million rows never stand in memory at once.

Columns are found by name, never by place, because their order and number change from year to
year. Three shapes are read:

- ONSPD: `pcds`, `doterm`, `oscty`, `oslaua`, `lat`, `long` (and `ctry` where it is there), as
  in the issues up to 2024 with 52 columns, and those of 2023 with 53;
- a council's extract: `postcode`, `la_code`, `lat`, `lon`, all in use;
- public buildings: `postcode`, `nation`, `district_gss`, `county_gss`, without coordinates.

Anything else is refused with the names of the columns that are missing.
"""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as pacsv

from contacts.codes import COUNTY_PATTERN, NATION_OF_LETTER
from contacts.importing.tables import unreadable

KEY_PATTERN = r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$"
DISTRICT_PATTERN = r"^((E0[6-9]|W06|S12|N09)[0-9]{6}|L99999999|M99999999|)$"
COLUMNS = (
    *("key", "nation", "district_gss", "county_gss"),
    *("latitude", "longitude", "terminated_on"),
)
_BLOCK = 8 * 1024 * 1024
# Our name to theirs; a name that is not there is left empty, except where it must be.
_SHAPES: dict[str, dict[str, str]] = {
    "the ONS Postcode Directory": {
        "postcode": "pcds",
        "terminated": "doterm",
        "county": "oscty",
        "district": "oslaua",
        "latitude": "lat",
        "longitude": "long",
    },
    "a council's extract": {
        "postcode": "postcode",
        "district": "la_code",
        "latitude": "lat",
        "longitude": "lon",
    },
    "public buildings": {
        "postcode": "postcode",
        "district": "district_gss",
        "county": "county_gss",
        "nation": "nation",
    },
}
_NATION_OF_COUNTRY = {"E92": "E", "W92": "W", "S92": "S", "N92": "N", "L93": "L", "M83": "M"}


def read_postcodes(path: Path) -> Iterator[pa.RecordBatch]:
    """Batches of COLUMNS, checked; raises InvalidInput with the name of what is wrong."""
    names = _shape_of(path)
    wanted = [*names.values(), *(["ctry"] if "ctry" in _header(path) else [])]
    options = pacsv.ConvertOptions(
        include_columns=wanted,
        column_types={name: pa.string() for name in wanted},
        strings_can_be_null=False,
    )
    rows = 0
    try:
        with pacsv.open_csv(
            path, read_options=pacsv.ReadOptions(block_size=_BLOCK), convert_options=options
        ) as reader:
            for batch in reader:
                rows += batch.num_rows
                yield _checked(path, _tidied(path, batch, names))
    except (pa.ArrowInvalid, pa.ArrowKeyError, OSError) as error:
        raise unreadable(path, f"it cannot be read: {str(error).splitlines()[0][:160]}.") from None
    if not rows:
        raise unreadable(path, "there is nothing beneath its header.")


def _header(path: Path) -> list[str]:
    """The names in the first line, of a file that may be packed with gzip."""
    if not path.is_file():
        raise unreadable(path, "it is not there.")
    if path.suffix == ".zip":
        raise unreadable(path, "it is a zip archive: unpack it and give the CSV file within.")
    try:
        with pa.input_stream(str(path), compression="detect") as stream:
            first = stream.read(20_000).split(b"\n", 1)[0].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, pa.ArrowInvalid):
        raise unreadable(path, "it is not a CSV file in UTF-8.") from None
    return [name.strip().strip('"') for name in first.strip().split(",")]


def _shape_of(path: Path) -> dict[str, str]:
    header = set(_header(path))
    nearest: tuple[str, list[str]] = ("", [])
    for title, names in _SHAPES.items():
        missing = [name for name in names.values() if name not in header]
        if not missing:
            return names
        if not nearest[0] or len(missing) < len(nearest[1]):
            nearest = (title, missing)
    title, missing = nearest
    raise unreadable(
        path, f"its columns are not known. To be {title} it lacks {', '.join(missing)}."
    )


def _tidied(path: Path, batch: pa.RecordBatch, names: dict[str, str]) -> pa.RecordBatch:
    def column(ours: str) -> pa.Array:
        theirs = names.get(ours)
        if theirs is None:
            return pa.array([""] * batch.num_rows, pa.string())
        return pc.utf8_trim_whitespace(batch.column(theirs))

    key = pc.utf8_upper(pc.replace_substring(column("postcode"), " ", ""))
    district = column("district")
    county = column("county")
    # Pseudo codes (E99999999) and London's and the former metropolitan counties: no council.
    county = pc.if_else(pc.match_substring_regex(county, COUNTY_PATTERN), county, "")
    latitude, longitude = (
        _number(path, column(name), names.get(name, "")) for name in ("latitude", "longitude")
    )
    # 99.999999 stands for "no coordinates".
    known = pc.and_(pc.less(latitude, 90), pc.is_valid(longitude))
    nothing = pa.scalar(None, pa.float64())
    return pa.record_batch(
        [
            key,
            _nation(batch, names, district),
            district,
            county,
            pc.if_else(pc.fill_null(known, False), latitude, nothing),
            pc.if_else(pc.fill_null(known, False), longitude, nothing),
            _month(path, column("terminated")),
        ],
        names=list(COLUMNS),
    )


def _number(path: Path, texts: pa.Array, name: str) -> pa.Array:
    try:
        return pc.cast(
            pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts), "float64"
        )
    except pa.ArrowInvalid:
        raise unreadable(path, f"its column {name} has something that is not a number.") from None


def _month(path: Path, texts: pa.Array) -> pa.Array:
    """199606 as 1996-06-01; nothing for an empty text."""
    fits = pc.match_substring_regex(texts, r"^((19|20)[0-9]{2}(0[1-9]|1[0-2]))?$")
    if not pc.all(fits).as_py():
        example = texts.filter(pc.invert(fits))[0].as_py()[:20]
        raise unreadable(path, f"“{example}” is not a month (like 199606).")
    day = pc.binary_join_element_wise(
        pc.utf8_slice_codeunits(texts, 0, 4), pc.utf8_slice_codeunits(texts, 4, 6), "01", "-"
    )
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), day)


def _nation(batch: pa.RecordBatch, names: dict[str, str], district: pa.Array) -> pa.Array:
    """By its own column, else the country's code, else the district's first letter."""
    if "nation" in names:
        return pc.utf8_trim_whitespace(batch.column(names["nation"]))
    letter = pc.utf8_slice_codeunits(district, 0, 1)
    if "ctry" in batch.schema.names:
        country = pc.utf8_slice_codeunits(batch.column("ctry"), 0, 3)
        for code, of_it in _NATION_OF_COUNTRY.items():
            letter = pc.if_else(pc.equal(country, code), of_it, letter)
    nation = pa.array([""] * batch.num_rows, pa.string())
    for of_it, name in NATION_OF_LETTER.items():
        nation = pc.if_else(pc.equal(letter, of_it), name, nation)
    return nation


def _checked(path: Path, batch: pa.RecordBatch) -> pa.RecordBatch:
    checks = (
        ("key", KEY_PATTERN, "a postcode"),
        ("district_gss", DISTRICT_PATTERN, "a district's code"),
        ("nation", f"^({'|'.join(NATION_OF_LETTER.values())})$", "a nation"),
    )
    for name, pattern, what in checks:
        column = batch.column(name)
        wrong = pc.invert(pc.match_substring_regex(column, pattern))
        if pc.any(wrong).as_py():
            example = column.filter(wrong)[0].as_py()[:40]
            count = pc.sum(wrong).as_py()
            raise unreadable(path, f"“{example}” is not {what} ({count:,} such rows, or more).")
    return batch

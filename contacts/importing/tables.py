"""Small CSV files: every way in which one can be broken becomes a sentence."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from portal.core.refused import InvalidInput


def unreadable(path: Path, sentence: str) -> InvalidInput:
    """The refusal of a file: its name, then what is wrong. Nothing has been changed."""
    return InvalidInput(f"{path.name}: {sentence} Nothing was changed.", code="unreadable-file")


def read_table(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a CSV file with a header, as far as `columns`; raises InvalidInput."""
    with _opened(path) as lines:
        header = [name.strip() for name in next(lines, [])]
        missing = [name for name in columns if name not in header]
        if missing:
            raise unreadable(path, f"it has no column {', '.join(missing)}.")
        places = [header.index(name) for name in columns]
        rows = [
            dict(zip(columns, [row[place].strip() for place in places], strict=True))
            for row in _regular(path, lines, len(header))
        ]
    if not rows:
        raise unreadable(path, "there is nothing beneath its header.")
    return rows


def header_of(path: Path) -> list[str]:
    """The names of a CSV file's columns; raises InvalidInput."""
    with _opened(path) as lines:
        return [name.strip() for name in next(lines, [])]


def read_rows(path: Path, width: int) -> list[list[str]]:
    """The rows of a CSV file without a header, `width` columns each; raises InvalidInput."""
    with _opened(path) as lines:
        rows = list(_regular(path, lines, width))
    if not rows:
        raise unreadable(path, "it is empty.")
    return rows


def iso_day(path: Path, text: str) -> date | None:
    """A date as 2023-04-01 or 20230401; None for an empty text; raises InvalidInput."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise unreadable(path, f"“{text[:40]}” is not a date.") from None


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[list[str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield csv.reader(file, strict=True)
    except UnicodeDecodeError:
        raise unreadable(path, "it is not UTF-8 text.") from None
    except csv.Error as error:
        raise unreadable(path, f"it cannot be read as CSV: {error}.") from None
    except OSError as error:
        raise unreadable(path, f"it cannot be opened: {error.strerror}.") from None


def _regular(path: Path, lines: Iterator[list[str]], width: int) -> Iterator[list[str]]:
    """Rows that are not blank, each with the right number of columns and without NUL."""
    for number, row in enumerate(lines, start=1):
        if not any(row):
            continue
        if len(row) != width:
            raise unreadable(path, f"row {number} has {len(row)} columns, not {width}.")
        if any("\0" in value for value in row):
            raise unreadable(path, f"row {number} has a NUL character in it.")
        yield row

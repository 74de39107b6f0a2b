"""The table: on the terminal, and in docs/performance.md."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import django
from django.db import connection

from .measures import Measure
from .timing import Measured

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
BEGIN, END = "<!-- script/bench --write: begin -->", "<!-- script/bench --write: end -->"
TABLE = (BEGIN, END)
MAILS = tuple(mark.replace("--write", "--write, mails") for mark in TABLE)
_HEADS = (
    "Measure",
    "Ratio",
    "Rounds",
    "By work",
    "At least",
    "Queries at 1 row",
    "at 25 rows",
    "ms",
    "floor ms",
)


@dataclass(frozen=True)
class Line:
    """One measure with what was found; queries are None where there are no such rows."""

    measure: Measure
    measured: Measured
    queries_one: int | None
    queries_many: int | None

    @property
    def holds(self) -> bool:
        """Whether the rate is what it should be at least."""
        return self.measure.target is None or self.measured.ratio >= self.measure.target


@dataclass(frozen=True)
class Run:
    """How it was measured."""

    rows: int
    rounds: int
    seconds: float
    day: str


def cells(line: Line, run: Run) -> tuple[str, ...]:
    """The cells of a row of the table."""
    target, (low, high) = line.measure.target, line.measured.spread
    floor, portal = line.measured.milliseconds
    return (
        line.measure.words.format(f"{run.rows:,}"),
        f"{line.measured.ratio:.3f}" + ("" if line.holds else " (missed)"),
        f"{low:.3f} to {high:.3f}",
        "" if line.measured.work_ratio is None else f"{line.measured.work_ratio:.3f}",
        "" if target is None else f"{target}",
        *("" if n is None else str(n) for n in (line.queries_one, line.queries_many)),
        f"{portal:.2f}",
        f"{floor:.2f}",
    )


def as_text(lines: Sequence[Line], run: Run) -> str:
    """The table in columns."""
    rows = [_HEADS, *(cells(line, run) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def as_markdown(lines: Sequence[Line], run: Run) -> str:
    """The same for the page, with the machine named."""
    rows = [_HEADS, ("---", *["---:"] * (len(_HEADS) - 1)), *(cells(line, run) for line in lines)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    how = (
        f"{run.day}: {run.rounds} rounds of {run.seconds:g} seconds, shared evenly between the"
        f" floor and the portal. {machine()}"
    )
    return f"{how}\n\n{table}"


def machine() -> str:
    """What it ran on, in one sentence."""
    cores = len(os.sched_getaffinity(0))
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
        cursor.execute("SHOW fsync")
        fsync = cursor.fetchone()[0]
    return (
        f"{_processor()}, {cores} cores, {platform.system()}"
        f" {platform.release().split('-')[0]}; Python {platform.python_version()},"
        f" Django {django.get_version()}, PostgreSQL {server} (fsync {fsync})."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def write(markdown: str, marks: Sequence[str] = TABLE) -> None:
    """Put it between two marks of docs/performance.md; the rest stays as it is."""
    begin, end = marks
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{PAGE.name} has lost its marks: {begin} and {end}.")
    PAGE.write_text(f"{before}{begin}\n{markdown}\n{end}{after}", encoding="utf-8")

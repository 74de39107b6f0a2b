"""The figures: on the terminal, and between the marks of docs/reliability.md."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from .blows import BLOWS
from .compare import Outcome, first_lines
from .requests import Group

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"
STORM, RACES = "script/chaos --write", "script/chaos --races --write"

Rows = list[tuple[str, str]]


@dataclass
class Figures:
    """All that a storm has shown. `longest`: seconds that an answer might take. `drained` None:
    the outbox was not empty in time."""

    seed: int
    seconds: float
    blows: Mapping[str, int]
    repeated: int
    groups: Sequence[Group]
    longest: float
    drained: float | None
    outcome: Outcome
    trouble: list[str] = field(default_factory=list)

    @property
    def failed_requests(self) -> int:
        """Requests that failed or took too long although the web server was there."""
        return sum(group.wrong for group in self.groups)

    @property
    def well(self) -> bool:
        """Whether every promise of docs/reliability.md was kept."""
        return (
            self.outcome.nothing_lost
            and not self.failed_requests
            and self.drained is not None
            and not self.trouble
            and self.outcome.counts["referrals promised"] > 0
        )

    def rows(self) -> Rows:
        """The table."""
        counts = {name: f"{count:,}" for name, count in self.outcome.counts.items()}
        return [
            ("Blows", f"{sum(self.blows.values()):,} in {self.seconds:.0f} seconds"),
            *((f"· {blow}", f"{self.blows.get(blow, 0):,}") for blow in BLOWS),
            ("Referrals answered with 201", counts["referrals promised"]),
            ("Referrals kept", counts["referrals kept"]),
            ("Sent again with the same key", f"{self.repeated:,}"),
            ("Claims answered with 200", counts["claims answered"]),
            ("**Lost or doubled**", f"{self._many(*_REFERRALS):,}"),
            (
                "Told in the app, of so many",
                f"{counts['app rows found']} of {counts['app rows expected']}",
            ),
            ("**Not told, or told twice**", f"{self._many(*_APP):,}"),
            (
                "Mails to send; accepted in all",
                f"{counts['mails expected']}; {counts['mails accepted']}",
            ),
            ("**Without a mail**", f"{self._many(*_MAIL):,}"),
            ("Mails that came twice, known by their Message-ID", counts["mails accepted again"]),
            *((f"Requests, {_when(group)}", _told(group)) for group in self.groups),
            (
                f"**Failed or over {self.longest:.0f} s with the web server there**",
                f"{self.failed_requests:,}",
            ),
            (
                "Outbox empty after",
                f"{self.drained:.0f} s" if self.drained is not None else "never",
            ),
        ]

    def _many(self, *names: str) -> int:
        return sum(len(self.outcome.wrong[name]) for name in names)


_REFERRALS = (
    "acknowledged and lost",
    "kept twice",
    "answered with another reference",
    "sent by nobody",
    "never answered",
    "claimed otherwise than was answered",
)
_APP = ("not told in the app", "told in the app twice", "told in the app by mistake")
_MAIL = ("without a mail", "mailed by mistake", "left in the outbox")


def _when(group: Group) -> str:
    return group.name if group.name.startswith("nothing") else f"{group.name} struck"


def _told(group: Group) -> str:
    cut = f", {group.cut:,} cut off and sent again" if group.cut else ""
    if not group.count:
        return "none"
    return (
        f"{group.count:,}{cut}; median {group.median * 1000:.0f} ms, longest {group.longest:.1f} s"
    )


def as_text(figures: Figures) -> str:
    """The table in two columns, and what is wrong."""
    wrong = [*first_lines(figures.outcome.wrong), *figures.trouble]
    if not figures.well and not wrong:
        wrong = ["Requests failed, or the outbox did not empty: see above."]
    return rows_as_text(figures.rows(), wrong)


def rows_as_text(rows: Rows, wrong: Sequence[str]) -> str:
    """Any table in two columns, and how it ended."""
    plain = [(name.replace("**", ""), value) for name, value in rows]
    width = max(len(name) for name, _ in plain)
    end = "NOT AS PROMISED:\n" + "\n".join(wrong[:20]) if wrong else "Nothing was lost."
    return "\n".join(["", *(f"{n.ljust(width)}  {v}" for n, v in plain), "", end])


def as_markdown(figures: Figures) -> str:
    """The same for the page, with day, machine and dice."""
    return rows_as_markdown(figures.rows(), f", dice {figures.seed}")


def rows_as_markdown(rows: Rows, more: str = "") -> str:
    """Any table for the page."""
    lines = ["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)]
    return "\n".join([f"{_day()}{more}. {machine()}", "", *lines])


def _day() -> str:
    return f"{datetime.now(UTC):%-d %B %Y}"


def machine() -> str:
    """What it ran on, in one sentence."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    cores = len(os.sched_getaffinity(0))
    return (
        f"{next(named, platform.machine())}, {cores} cores, {platform.system()},"
        f" Python {platform.python_version()}."
    )


def write(which: str, markdown: str) -> None:
    """Put the table between its two marks of docs/reliability.md; the rest stays as it is."""
    begin, end = f"<!-- {which}: begin -->", f"<!-- {which}: end -->"
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{PAGE.name} has lost its marks: {begin} and {end}.")
    PAGE.write_text(f"{before}{begin}\n{markdown}\n{end}{after}", encoding="utf-8")

"""Working weeks to start from: chosen, changed where they do not fit, and kept.

They are data (data/weeks.json), read and checked once.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from portal.worktime.given import SessionGiven
from portal.worktime.rules import check_sessions
from portal.worktime.states import SessionKind

_DATA = Path(__file__).parent / "data" / "weeks.json"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Template:
    """A week to start from. `name` is what its chooser looks for, `says` how the days run."""

    key: str
    name: str
    says: str
    sessions: tuple[SessionGiven, ...]
    weeks: int
    works_on_bank_holidays: bool

    def on(self, weekdays: Collection[int]) -> tuple[SessionGiven, ...]:
        """Its sessions on these weekdays only: "not Wednesdays"."""
        return tuple(session for session in self.sessions if session.weekday in weekdays)

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The weekdays on which it has sessions, in order."""
        return tuple(sorted({session.weekday for session in self.sessions}))


def _template(entry: Mapping[str, Any]) -> Template:
    """One entry of the data; ValueError or Refused for one that could not be kept as it is."""
    sessions = tuple(session for days in entry["days"] for session in _sessions(**days))
    check_sessions(sessions, entry["weeks"])
    said = {name: value for name, value in entry.items() if name != "days"}
    return Template(**said, sessions=sessions)


def _sessions(*, week: int, on: str, sessions: list[str]) -> Iterator[SessionGiven]:
    """From `"Mon Tue"` and `["08:30-11:30 clinic"]`: each session on each of the days."""
    for day in on.split():
        for session in sessions:
            clock, _, kind = session.partition(" ")
            starts, ends = map(time.fromisoformat, clock.split("-"))
            yield SessionGiven(week, _DAYS.index(day), starts, ends, SessionKind(kind))


def _read() -> dict[str, Template]:
    entries = json.loads(_DATA.read_text(encoding="utf-8"))
    return {entry["key"]: _template(entry) for entry in entries}


TEMPLATES: dict[str, Template] = _read()

"""A working week in a few lines, as people say it: “surgery 08:30 to 11:30, Monday to Friday”."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from portal.worktime.given import SessionGiven
from portal.worktime.states import SessionKind


@dataclass(frozen=True, slots=True)
class Line:
    """The same session on several weekdays (Monday is 0), in one week of a fortnight or in all."""

    kind: SessionKind
    starts: time
    ends: time
    days: tuple[int, ...]
    week: int | None = None


def sessions_of(lines: Iterable[Line], weeks: int) -> list[SessionGiven]:
    """The single sessions of the lines, in the order of the week; each once."""
    found = {
        SessionGiven(week, day, line.starts, line.ends, line.kind)
        for line in lines
        for week in (range(weeks) if line.week is None else (line.week,))
        for day in line.days
    }
    return sorted(found)


def lines_of(sessions: Sequence[SessionGiven], weeks: int) -> list[Line]:
    """Sessions gathered into as few lines as say the same."""
    where: dict[tuple[SessionKind, time, time], dict[int, set[int]]] = {}
    for one in sorted(sessions, key=lambda one: (one.starts, one.ends, one.kind)):
        days = where.setdefault((one.kind, one.starts, one.ends), {})
        days.setdefault(one.week, set()).add(one.weekday)
    lines: list[Line] = []
    for (kind, starts, ends), by_week in where.items():
        if weeks == 2:
            both = by_week.get(0, set()) & by_week.get(1, set())
            alone = [(week, by_week.get(week, set()) - both) for week in (0, 1)]
            groups: list[tuple[int | None, set[int]]] = [(None, both), *alone]
        else:
            groups = [(None, by_week.get(0, set()))]
        lines += [
            Line(kind, starts, ends, tuple(sorted(days)), week) for week, days in groups if days
        ]
    return lines

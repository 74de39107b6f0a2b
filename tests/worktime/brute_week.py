"""Somebody's time told minute by minute, with nothing in common with the portal's own arithmetic.

Each minute is looked at by itself: which sessions is it in, by London's clocks as brute.py has
walked them? A session lasts from the first minute in which its day's clock shows its start, or
has passed it, to the first in which its end is shown.
"""

from datetime import date, time, timedelta
from functools import cache

from portal.worktime.given import OneOffGiven, PatternGiven, WorkGiven
from portal.worktime.states import SessionKind, Use
from tests.worktime.brute import BANK_HOLIDAYS, DAYS, MINUTE, minutes_of

DAY = timedelta(days=1)
CLINIC = {SessionKind.CLINIC, SessionKind.WARD_ROUND}
VISIT = {SessionKind.VISITS, SessionKind.DUTY}
Place = int  # minutes since the window began


@cache
def place_of(first: date, day: date, clock: time) -> Place:
    """The first minute of the window in which the clock of that day has reached the time."""
    wanted = clock.hour * 60 + clock.minute
    for place, (shown_day, shown) in enumerate(minutes_of(first)[1]):
        if (shown_day, shown) >= (day, wanted):
            return place
    return len(minutes_of(first)[1])


def lasts(first: date, day: date, starts: time, ends: time) -> range:
    """The minutes of a session of that day."""
    last_day = day + DAY if ends <= starts else day
    return range(place_of(first, day, starts), place_of(first, last_day, ends))


def sessions_of(pattern: PatternGiven, day: date) -> list[tuple[time, time, SessionKind]]:
    """By counting Mondays from the pattern's first day on."""
    if day < pattern.starts_on or (pattern.ends_on and day >= pattern.ends_on):
        return []
    if day in BANK_HOLIDAYS[pattern.nation] and not pattern.works_on_bank_holidays:
        return []
    mondays = sum(
        (pattern.starts_on + n * DAY).weekday() == 0
        for n in range(1, (day - pattern.starts_on).days + 1)
    )
    wanted = mondays % pattern.weeks, day.weekday()
    return [(s.starts, s.ends, s.kind) for s in pattern.sessions if (s.week, s.weekday) == wanted]


def hull(sessions: list[range]) -> range:
    return range(min(s.start for s in sessions), max(s.stop for s in sessions))


def uses(work: WorkGiven, first: date) -> tuple[list[Use | None], list[bool]]:
    """For every minute of the window: what it is, and whether it is in a clinic as such."""
    start, rows = minutes_of(first)
    clinics: dict[int, set[Place]] = {}
    visits: set[Place] = set()
    meetings: set[Place] = set()
    off: set[Place] = set()
    working: list[set[Place]] = [set() for _ in work.patterns]
    pauses: list[set[Place]] = [set() for _ in work.patterns]
    also: set[Place] = set()

    def add(kind: SessionKind, minutes: range, buffer: int) -> None:
        if kind in CLINIC:
            clinics.setdefault(buffer, set()).update(minutes)
        if kind in VISIT:
            visits.update(minutes)
        if kind is SessionKind.MEETING:
            meetings.update(minutes)

    for n in range(DAYS):
        day = first + n * DAY
        mine: list[OneOffGiven] = [one for one in work.one_offs if one.day == day]
        buffer = max([p.buffer_minutes for p in work.patterns if _in_force(p, day)] or [5])
        extra = []
        for one in mine:
            minutes = lasts(first, day, one.starts, one.ends)
            if one.kind is SessionKind.NOT_WORKING:
                off.update(minutes)
            else:
                extra.append(minutes)
                add(one.kind, minutes, buffer)
                also.update(minutes)
        lonely = True
        for number, pattern in enumerate(work.patterns):
            if any(one.instead for one in mine):
                continue
            worked = []
            for starts, ends, kind in sessions_of(pattern, day):
                minutes = lasts(first, day, starts, ends)
                if kind is SessionKind.NOT_WORKING:
                    pauses[number].update(minutes)
                else:
                    worked.append(minutes)
                    add(kind, minutes, pattern.buffer_minutes)
            if worked:
                lonely = False
                working[number].update(hull(worked + extra))
        if extra and lonely:
            also.update(hull(extra))
    leave = {
        place
        for place in range(len(rows))
        if any(a <= start + place * MINUTE < b for a, b in work.leave)
    }
    zero = int(start.timestamp()) // 60
    busy = {place for a, b in work.busy for place in range(a - zero, b - zero)}
    here = also.union(*(w - p for w, p in zip(working, pauses, strict=True))) - off
    core: set[Place] = set()
    wide: set[Place] = set()
    for buffer, places in clinics.items():
        held = places - leave - off
        core |= held
        wide.update(m + d for m in held for d in range(-buffer, buffer + 1))
    found: list[Use | None] = []
    for place in range(len(rows)):
        if place in leave:
            found.append(Use.LEAVE)
        elif place in wide:
            found.append(Use.CLINIC)
        elif place not in here:
            found.append(Use.AWAY)
        elif place in busy:
            found.append(Use.BUSY)
        elif place in visits:
            found.append(Use.MOVABLE)
        elif place in meetings:
            found.append(Use.MEETING)
        else:
            found.append(None)
    return found, [place in core for place in range(len(rows))]


def _in_force(pattern: PatternGiven, day: date) -> bool:
    return pattern.starts_on <= day and (pattern.ends_on is None or day < pattern.ends_on)

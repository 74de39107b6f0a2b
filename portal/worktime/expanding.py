"""From what somebody has said of their working time to stretches of it: pure, no database.

A stretch of days becomes one row of minutes in which the uses are painted, the weaker first, and
is then read off as spans. So the spans are in order and apart, whatever overlapped before.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.core.clock import london
from portal.worktime.given import (
    BUFFER_MINUTES,
    MOST_BUFFER,
    OneOffGiven,
    PatternGiven,
    WorkGiven,
)
from portal.worktime.hours import MIDNIGHT, clock_moment
from portal.worktime.packing import CODES, USES, minute_after, minute_of, moment_of
from portal.worktime.states import CLINICAL, MOVABLE, SessionKind, Use

Stretch = tuple[int, int]  # first minute since 1970 and first minute after it
Span = tuple[int, int, Use]
_DAY = timedelta(days=1)
# A session of the day before, with its buffer, can reach into the day after the next.
_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Expanded:
    """`spans` with clinics widened by their buffers; `clinics` as they are, those that touch one.

    Both are in order and apart. What is in no span is free, within a working day.
    """

    spans: list[Span]
    clinics: list[Stretch]


def expand(work: WorkGiven, first: date, last: date) -> Expanded:
    """The time of one person from `first` to the day before `last`, days of London.

    A working day of a pattern reaches from its first session to its last, and one-offs of the day
    lengthen it; what is outside of all patterns' days is AWAY. Where uses meet, leave goes first,
    then clinics, being away, other calendars, what is movable, and time for meetings.
    """
    # An hour more at both ends, for the buffers of clinics that end or begin there.
    minutes = _Minutes(midnight(first) - MOST_BUFFER, midnight(last) + MOST_BUFFER)
    said = _said(work, first - _BEFORE * _DAY, last)
    leave, not_working = minutes.painted(_leave(work)), minutes.painted(said.not_working)
    at_work = minutes.none()
    for one in said.at_work:
        at_work |= minutes.painted(one.days) & ~minutes.painted(one.pauses)
    at_work &= ~not_working
    clinics, widened = minutes.none(), minutes.none()
    for buffer, group in said.clinics.items():
        held = minutes.painted(group) & ~leave & ~not_working
        clinics |= held
        widened |= minutes.painted((a - buffer, b + buffer) for a, b in minutes.runs(held))
    codes = np.zeros(minutes.count, np.int8)
    for use, where in (
        (Use.MEETING, minutes.painted(said.meetings)),
        (Use.MOVABLE, minutes.painted(said.movable)),
        (Use.BUSY, minutes.painted(work.busy)),
        (Use.AWAY, ~at_work),
        (Use.CLINIC, widened),
        (Use.LEAVE, leave),
    ):
        codes[where] = CODES[use]
    asked = _Minutes(midnight(first), midnight(last))
    inside = slice(MOST_BUFFER, MOST_BUFFER + asked.count)
    return Expanded(asked.spans(codes[inside]), asked.runs(clinics[inside]))


def midnight(day: date) -> int:
    """The minute with which a day of London begins."""
    return minute_of(clock_moment(day, MIDNIGHT))


def expanded_between(work: WorkGiven, start: int, end: int) -> Expanded:
    """As `expand`, for the days that two minutes since 1970 touch."""
    first, last = (london(moment_of(minute)).date() for minute in (start, max(start, end - 1)))
    return expand(work, first, last + _DAY)


class _Minutes:
    """The minutes between two: rows of true and false are painted for them, and read off."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.count = start, max(0, end - start)

    def none(self) -> NDArray[np.bool_]:
        return np.zeros(self.count, np.bool_)

    def painted(self, stretches: Iterable[Stretch]) -> NDArray[np.bool_]:
        row = self.none()
        for first, after in stretches:
            row[max(0, first - self.start) : max(0, after - self.start)] = True
        return row

    def runs(self, row: NDArray[np.bool_]) -> list[Stretch]:
        return [(first, after) for first, after, code in self._steps(row) if code]

    def spans(self, codes: NDArray[np.int8]) -> list[Span]:
        return [(first, after, USES[code]) for first, after, code in self._steps(codes) if code]

    def _steps(self, row: NDArray[Any]) -> Iterator[tuple[int, int, int]]:
        edges = [0, *(np.flatnonzero(row[1:] != row[:-1]) + 1).tolist(), self.count]
        for first, after in pairwise(edges):
            if first < after:
                yield self.start + first, self.start + after, int(row[first])


@dataclass
class _AtWork:
    """Working days of one pattern (or of one-offs), and what is not worked in them."""

    days: list[Stretch] = field(default_factory=list)
    pauses: list[Stretch] = field(default_factory=list)


@dataclass
class _Said:
    """Stretches by what they are; `clinics` by the minutes of their buffer."""

    at_work: list[_AtWork]
    not_working: list[Stretch] = field(default_factory=list)
    clinics: dict[int, list[Stretch]] = field(default_factory=dict)
    movable: list[Stretch] = field(default_factory=list)
    meetings: list[Stretch] = field(default_factory=list)

    def add(self, kind: SessionKind, stretch: Stretch, buffer: int) -> None:
        """A session that is worked."""
        if kind in CLINICAL:
            self.clinics.setdefault(buffer, []).append(stretch)
        elif kind in MOVABLE:
            self.movable.append(stretch)
        elif kind is SessionKind.MEETING:
            self.meetings.append(stretch)


def _said(work: WorkGiven, first: date, last: date) -> _Said:
    """All sessions that begin on these days, the last included."""
    lone, *by_pattern = (_AtWork() for _ in range(1 + len(work.patterns)))
    said = _Said([lone, *by_pattern])
    one_offs: dict[date, list[OneOffGiven]] = {}
    for one_off in work.one_offs:
        one_offs.setdefault(one_off.day, []).append(one_off)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        singles = one_offs.get(day, [])
        extra = _one_offs(said, work.patterns, day, singles)
        lone.days += extra
        worked = False
        for pattern, at_work in zip(work.patterns, by_pattern, strict=True):
            if any(one_off.instead for one_off in singles):
                continue
            sessions = _sessions_of(said, pattern, day, at_work)
            if sessions:
                at_work.days.append(_around([*sessions, *extra]))
                worked = True
        if extra and not worked:
            lone.days.append(_around(extra))
    return said


def _one_offs(
    said: _Said, patterns: Sequence[PatternGiven], day: date, singles: Iterable[OneOffGiven]
) -> list[Stretch]:
    """Those of one day that are worked. They have the widest buffer of the patterns in force."""
    in_force = [pattern.buffer_minutes for pattern in patterns if pattern.holds_on(day)]
    buffer = max(in_force, default=BUFFER_MINUTES)
    worked = []
    for one_off in singles:
        stretch = _on_clocks(day, one_off.starts, one_off.ends)
        if one_off.kind is SessionKind.NOT_WORKING:
            said.not_working.append(stretch)
        else:
            said.add(one_off.kind, stretch, buffer)
            worked.append(stretch)
    return worked


def _sessions_of(said: _Said, pattern: PatternGiven, day: date, at_work: _AtWork) -> list[Stretch]:
    """A pattern's sessions of one day that are worked."""
    worked = []
    for session in pattern.sessions_on(day):
        stretch = _on_clocks(day, session.starts, session.ends)
        if session.kind is SessionKind.NOT_WORKING:
            at_work.pauses.append(stretch)
        else:
            said.add(session.kind, stretch, pattern.buffer_minutes)
            worked.append(stretch)
    return worked


def _on_clocks(day: date, starts: time, ends: time) -> Stretch:
    """A session's minutes. One that falls whole into a skipped hour is empty."""
    until = day if ends > starts else day + _DAY
    return minute_of(clock_moment(day, starts)), minute_of(clock_moment(until, ends))


def _around(sessions: Iterable[Stretch]) -> Stretch:
    """From the first to the last."""
    firsts, afters = zip(*sessions, strict=True)
    return min(firsts), max(afters)


def _leave(work: WorkGiven) -> Iterator[Stretch]:
    return ((minute_of(starts), minute_after(ends)) for starts, ends in work.leave)

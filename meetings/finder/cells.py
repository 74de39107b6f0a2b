"""People's time as cells of MARK minutes, only of the days and hours in which one could meet.

The days lie one after another, so neighbouring cells of two days are not neighbours in time: a
start is allowed only where the whole meeting lies within its day. A set of cells is a bool
array, or an int with a bit for each cell ("bits"), on which search is quickest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from meetings.finder.days import days_between, moment_on
from meetings.finder.shapes import DAY, MARK, Ask, Someone
from portal.worktime.states import HARD, Use

Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]
CODES = {use: code for code, use in enumerate(Use)}
# How much earlier and later than asked it is looked for what an hour more would open.
SLACK = 60
_HARD_CODES = np.array([CODES[use] for use in HARD], dtype=np.int32)
WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class Grid:
    """Days of cells. `minute` and `day` are by cell, `lows` and `firsts` (first cell) by day."""

    days: tuple[date, ...]
    lows: Ints
    firsts: Ints
    minute: Ints
    day: Ints

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.minute)

    def allowed(
        self, ask: Ask, *, minutes: int = 0, earlier: int = 0, later: int = 0, longer: int = 0
    ) -> Bools:
        """The cells in which a meeting may start, were the day and the weeks so much longer."""
        if not self.days:
            return np.zeros(0, dtype=np.bool_)
        opens, closes = max(ask.earliest - earlier, 0), min(ask.latest + later, DAY)
        lows = np.array([moment_on(day, opens) for day in self.days], dtype=np.int32)
        highs = np.array([moment_on(day, closes) for day in self.days], dtype=np.int32)
        ends = self.minute + (minutes or ask.minutes)
        return (
            (self.minute >= lows[self.day])
            & (ends <= highs[self.day])
            & (self.minute >= ask.start)
            & (ends <= ask.end + longer)
        )


def grid_of(ask: Ask) -> Grid:
    """All cells that the question, or a small change of it, is about."""
    end = min(max(ask.known_until or ask.end, ask.end), ask.end + WEEK)
    opens, closes = max(ask.earliest - SLACK, 0), min(ask.latest + SLACK, DAY)
    days, lows, sizes = [], [], []
    for day in days_between(ask.start, end, weekend=ask.weekend):
        low, high = max(moment_on(day, opens), ask.start), min(moment_on(day, closes), end)
        if (size := (high - low) // MARK) > 0:
            days.append(day)
            lows.append(low)
            sizes.append(size)
    firsts = np.concatenate([[0], np.cumsum(sizes, dtype=np.int32)]).astype(np.int32)
    day_of = np.repeat(np.arange(len(days), dtype=np.int32), sizes)
    starts = np.array(lows, dtype=np.int32)
    within = np.arange(firsts[-1], dtype=np.int32) - firsts[day_of]
    return Grid(tuple(days), starts, firsts, starts[day_of] + within * MARK, day_of)


@dataclass(frozen=True, slots=True)
class Times:
    """Everybody's cells, each of shape (people, cells)."""

    hard: Bools
    movable: Bools
    meeting: Bools


def times_of(grid: Grid, people: Sequence[Someone]) -> Times:
    """A cell is hard or movable where any of its minutes is, meeting time where all of them are."""
    who = np.repeat(np.arange(len(people)), [len(person.spans) for person in people])
    spans = np.concatenate([person.spans.reshape(-1, 3) for person in people])
    touched = _cell(grid, spans[:, 0]), _cell(grid, spans[:, 1] + MARK - 1)
    filled = _cell(grid, spans[:, 0] + MARK - 1), _cell(grid, spans[:, 1])

    def painted(chosen: Bools, ends: tuple[Ints, Ints]) -> Bools:
        return _painted(grid, len(people), who[chosen], ends[0][chosen], ends[1][chosen])

    codes = spans[:, 2]
    hard = painted(np.isin(codes, _HARD_CODES), touched)
    movable = painted(codes == CODES[Use.MOVABLE], touched)
    meeting = painted(codes == CODES[Use.MEETING], filled)
    return Times(hard, movable & ~hard, meeting & ~hard & ~movable)


def bits(cells: Bools) -> int:
    """A bool array as an int: bit n for cell n."""
    return int.from_bytes(np.packbits(cells, bitorder="little").tobytes(), "little")


def bools(cells: int, size: int) -> Bools:
    """The other way."""
    packed = np.frombuffer(cells.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little").astype(np.bool_)


def _cell(grid: Grid, minutes: Ints) -> Ints:
    """The cell that each minute lies in; between two days, the first one of the second."""
    if not grid.days:
        return np.zeros(len(minutes), dtype=np.int32)
    day = np.searchsorted(grid.lows, minutes, side="right") - 1
    known = np.maximum(day, 0)
    inside = (minutes - grid.lows[known]) // MARK
    cell = np.minimum(grid.firsts[known] + inside, grid.firsts[known + 1])
    return np.where(day < 0, 0, cell).astype(np.int32)


def _painted(grid: Grid, people: int, who: NDArray[np.intp], starts: Ints, ends: Ints) -> Bools:
    """Every cell from a start to its end, by listing them all: they are few beside the grid."""
    lengths = np.maximum(ends - starts, 0)
    first = who * grid.size + starts - (np.cumsum(lengths) - lengths)
    found = np.zeros(people * grid.size, dtype=np.bool_)
    found[np.repeat(first, lengths) + np.arange(lengths.sum())] = True
    return found.reshape(people, grid.size)

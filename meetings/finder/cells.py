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
from portal.worktime import masks

Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]
# How much earlier and later than asked it is looked for what an hour more would open.
SLACK = 60
WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class Grid:
    """Days of cells. `minute` and `day` are by cell; `firsts` by day, and the end of the last."""

    days: tuple[date, ...]
    firsts: Ints
    minute: Ints
    day: Ints

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.minute)

    def allowed(
        self, ask: Ask, *, minutes: int = 0, earlier: int = 0, later: int = 0, longer: int = 0
    ) -> int:
        """The cells in which a meeting may start, were the day and the weeks so much longer."""
        opens, closes = max(ask.earliest - earlier, 0), min(ask.latest + later, DAY)
        minutes, end = minutes or ask.minutes, ask.end + longer
        found = 0
        for day, first in zip(self.days, self.firsts.tolist(), strict=False):
            low = int(self.minute[first])
            begin = max(moment_on(day, opens), ask.start)
            last = min(moment_on(day, closes), end) - minutes
            if (count := (last - begin) // MARK + 1) > 0:
                found |= (1 << count) - 1 << first + (begin - low) // MARK
        return found


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
    return Grid(tuple(days), firsts, starts[day_of] + within * MARK, day_of)


@dataclass(frozen=True, slots=True)
class Times:
    """Everybody's cells, each of shape (people, cells)."""

    hard: Bools
    movable: Bools
    meeting: Bools


def times_of(grid: Grid, people: Sequence[Someone]) -> Times:
    """A cell is hard or movable where any of its minutes is, meeting time where all of them are."""
    if not grid.size:
        nothing = np.zeros((len(people), 0), dtype=np.bool_)
        return Times(nothing, nothing, nothing)
    first, last = int(grid.minute[0]), int(grid.minute[-1])
    known = masks.cells([person.spans for person in people], first, last + MARK)
    columns = (grid.minute - first) // MARK
    hard, movable, meeting = (
        cells[:, columns] for cells in (known.hard, known.movable, known.meeting)
    )
    return Times(hard, movable & ~hard, meeting & ~hard & ~movable)


def bits(cells: Bools) -> int:
    """A bool array as an int: bit n for cell n."""
    return int.from_bytes(np.packbits(cells, bitorder="little").tobytes(), "little")


def bools(cells: int, size: int) -> Bools:
    """The other way."""
    packed = np.frombuffer(cells.to_bytes((size + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little").astype(np.bool_)

"""What a time costs those who come, in minutes of inconvenience, and which few to offer.

Cheap is time that is kept for meetings, and a gap that somebody has already, between two things
or next to one. Dear is what has to be moved, and a cut through a long free stretch. Minutes count
more for those who have given more of late.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from meetings.finder.cells import Bools, Grid, Ints, Times
from meetings.finder.shapes import MARK, Someone

Costs = NDArray[np.float32]
KEPT = 0.5  # what a minute of time that is kept for meetings saves
CUT = 0.25  # what a minute costs that is parted from a long free stretch,
CUT_AT_MOST = 60  # and how many are counted
SHORT = 30  # a gap with no more than this beside the meeting is not long
A_WEEK_LATER = 3.0
NOT_THERE = 30.0  # somebody who may come does not
FOR_THEIR_TOPICS = 10.0  # somebody comes for their own topics only
SAME_DAY, SAME_WEEK = 45.0, 6.0
_FAIR = 60


class Ease:
    """How easy times are for each person. Cells are those of the grid."""

    def __init__(self, grid: Grid, times: Times, people: Sequence[Someone]) -> None:
        self._moved, self._kept = _summed(times.movable), _summed(times.meeting)
        self.gap_starts, self.gap_ends = _gaps(times.hard, grid)
        burdens = np.array([person.burden for person in people], dtype=np.float32)
        self._weights = (_FAIR + burdens) / (_FAIR + burdens.mean())

    def costs(self, cells: int) -> Costs:
        """Shape (people, starts): of a stay of so many cells, nonsense where somebody is not free.

        Starts are all cells of the grid, also those too near to its end.
        """
        size = self.gap_starts.shape[1]
        start = np.arange(size, dtype=np.int32)
        end = np.minimum(start + cells, size)
        cut = _cut(start - self.gap_starts, self.gap_ends - end)
        moved = self._moved[:, end] - self._moved[:, start]
        kept = self._kept[:, end] - self._kept[:, start]
        found: Costs = self._weights[:, None] * (MARK * moved + cut) - KEPT * MARK * kept
        return found

    def cost(self, person: int, start: int, end: int) -> float:
        """The same for one person from one cell to another."""
        left, right = start - self.gap_starts[person, start], self.gap_ends[person, start] - end
        dear = self.moved(person, start, end) + float(_cut(left, right))
        return float(self._weights[person] * dear - KEPT * self.kept(person, start, end))

    def moved(self, person: int, start: int, end: int) -> int:
        """Minutes that somebody would have to move."""
        return MARK * int(self._moved[person, end] - self._moved[person, start])

    def kept(self, person: int, start: int, end: int) -> int:
        """Minutes that somebody keeps for meetings."""
        return MARK * int(self._kept[person, end] - self._kept[person, start])


def _cut(left: Ints, right: Ints) -> Costs:
    """What is parted from a free stretch, with so many cells of it before and after."""
    parted = np.minimum(np.minimum(left, right) * MARK, CUT_AT_MOST)
    long = (left + right) * MARK > SHORT
    return (CUT * np.maximum(parted, 0) * long).astype(np.float32)


def _summed(cells: Bools) -> Ints:
    """Shape (people, cells + 1): how many cells there are before each."""
    people, size = cells.shape
    found = np.zeros((people, size + 1), dtype=np.int32)
    np.cumsum(cells, axis=1, out=found[:, 1:])
    return found


def _gaps(hard: Bools, grid: Grid) -> tuple[Ints, Ints]:
    """For each cell the first one of the gap that it lies in, and the first one after that gap."""
    size = grid.size
    cells = np.arange(size, dtype=np.int32)
    of_day = grid.firsts[grid.day], grid.firsts[grid.day + 1]
    last_hard = np.maximum.accumulate(np.where(hard, cells + 1, 0), axis=1)
    next_hard = np.where(hard, cells, size)[:, ::-1]
    next_hard = np.minimum.accumulate(next_hard, axis=1)[:, ::-1]
    return np.maximum(last_hard, of_day[0]), np.minimum(next_hard, of_day[1])


def later_weeks(grid: Grid) -> Costs:
    """By cell: what it costs that it lies in a later week."""
    mondays = np.array([day.toordinal() - day.weekday() for day in grid.days], dtype=np.int32)
    weeks = ((mondays - mondays[:1]) // 7).astype(np.float32)
    return (A_WEEK_LATER * weeks)[grid.day]


class Spread:
    """Chooses starts one by one: each cheap, and away from those chosen before."""

    def __init__(self, grid: Grid, cells: int) -> None:
        self._cells = cells
        self._dearer = np.zeros(grid.size, dtype=np.float32)
        self._apart = np.ones(grid.size, dtype=np.bool_)
        self._day = grid.day
        weeks = np.array([(day.toordinal() - day.weekday()) // 7 for day in grid.days])
        self._week = weeks[grid.day] if grid.days else grid.day

    def next(self, costs: Costs, starts: Bools) -> int | None:
        """The cheapest start apart from those taken; the earliest where several are."""
        candidates = (starts & self._apart).nonzero()[0]
        if not len(candidates):
            return None
        return int(candidates[np.argmin(costs[candidates] + self._dearer[candidates])])

    def take(self, start: int) -> None:
        """Keep the next ones away from it: no overlap, another day and week where possible."""
        self._apart[max(start - self._cells + 1, 0) : start + self._cells] = False
        self._dearer[self._day == self._day[start]] += SAME_DAY
        self._dearer[self._week == self._week[start]] += SAME_WEEK

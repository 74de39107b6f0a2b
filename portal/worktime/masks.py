"""Spans of many people as rows of cells, for whoever searches all of them at once. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.worktime.packing import CODES, Spans
from portal.worktime.states import HARD, Use

CELL_MINUTES = 5
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows for people in the order asked, columns for cells of CELL_MINUTES from `start` on.

    `hard` and `movable` are true where any minute of a cell is so, `meeting` where all are.
    A cell that is in none of them is a gap.
    """

    start: int
    hard: Mask
    movable: Mask
    meeting: Mask


def cells(people: Sequence[Spans], start: int, end: int) -> Cells:
    """The three masks of people whose spans these are, between two minutes since 1970."""
    return Cells(
        start=start,
        hard=mask(people, start, end, HARD),
        movable=mask(people, start, end, {Use.MOVABLE}),
        meeting=mask(people, start, end, {Use.MEETING}, whole=True),
    )


def mask(
    people: Sequence[Spans], start: int, end: int, uses: Collection[Use], *, whole: bool = False
) -> Mask:
    """Shape (people, cells): which cells are in one of the uses.

    The cells begin at `start`, a minute since 1970, and the last holds the minute before `end`.
    A cell counts when any minute of it is in a span or, with `whole`, when all minutes of it are
    in one span. Spans may overlap and stand in any order.
    """
    count = max(0, -((start - end) // CELL_MINUTES))
    if not count or not people:
        return np.zeros((len(people), count), np.bool_)
    lengths = [len(spans) for spans in people]
    spans = np.concatenate(people)
    wanted = np.flatnonzero(_wanted(spans, start, start + count * CELL_MINUTES, uses))
    rows = np.repeat(np.arange(len(people)), lengths)[wanted]
    up, down = (CELL_MINUTES - 1, 0) if whole else (0, CELL_MINUTES - 1)
    firsts = np.clip((spans[wanted, 0] - start + up) // CELL_MINUTES, 0, count)
    afters = np.clip((spans[wanted, 1] - start + down) // CELL_MINUTES, firsts, count)
    # All rows one after the other, so that a row ends where the next begins.
    begin = rows * count
    return _painted(begin + firsts, begin + afters, len(people) * count).reshape(-1, count)


def _painted(firsts: NDArray[np.int64], afters: NDArray[np.int64], size: int) -> Mask:
    """A row of so many cells, true from each first to the one before its after."""
    order = np.argsort(firsts, kind="stable")
    reached = np.maximum.accumulate(afters[order])
    # In turns: how many cells are free before a span, how many it adds to what was reached.
    edges = np.empty(2 * len(order) + 2, np.int64)
    edges[0], edges[-1] = 0, size
    edges[2:-1:2] = reached
    edges[1:-1:2] = np.maximum(firsts[order], edges[:-2:2])
    turns = np.arange(len(edges) - 1) % 2 == 1
    return np.repeat(turns, np.diff(edges))


def _wanted(spans: Spans, start: int, end: int, uses: Collection[Use]) -> Mask:
    """Which have one of the uses and reach into the cells: far more is packed than asked for."""
    chosen = np.zeros(max(CODES.values()) + 1, np.bool_)
    chosen[[CODES[use] for use in uses]] = True
    found: Mask = chosen[spans[:, 2]]
    found &= spans[:, 0] < end
    found &= spans[:, 1] > start
    return found

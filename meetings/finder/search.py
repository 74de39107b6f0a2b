"""One question, with everything that is worked out of it once."""

from dataclasses import dataclass

from meetings.finder.agenda import Agenda, agenda_of
from meetings.finder.cells import Bools, Grid, Times, bits, grid_of, times_of
from meetings.finder.part import part_starts
from meetings.finder.ranking import Ease
from meetings.finder.shapes import Ask
from meetings.finder.whole import whole_starts


@dataclass(frozen=True, slots=True)
class Search:
    """The question, its cells, and who is free in them: `free` has the bits of each person."""

    ask: Ask
    grid: Grid
    times: Times
    free: tuple[int, ...]
    agenda: Agenda
    ease: Ease

    @property
    def cells(self) -> int:
        """How long the meeting is."""
        return self.agenda.cells

    def window(self, start: int) -> Bools:
        """Shape (people, cells of the meeting): who is free in it."""
        free: Bools = ~self.times.hard[:, start : start + self.cells]
        return free

    def through(self, start: int) -> list[bool]:
        """Who is free for all of it."""
        return [not hard.any() for hard in self.times.hard[:, start : start + self.cells]]

    def minute(self, cell: int) -> int:
        """When a cell begins."""
        return int(self.grid.minute[cell])

    def label(self, person: int) -> str:
        """How sentences call them."""
        return self.ask.people[person].label


def search_of(ask: Ask) -> Search:
    """ValueError where there is nothing to ask."""
    grid = grid_of(ask)
    times = times_of(grid, ask.people)
    free = tuple(bits(~hard) for hard in times.hard)
    return Search(ask, grid, times, free, agenda_of(ask), Ease(grid, times, ask.people))


def whole_of(search: Search, starts: int, *, without: int | None = None) -> int:
    """Of `starts`, those at which all who must come are free for all of it."""
    obliged = [
        free
        for person, free in enumerate(search.free)
        if search.agenda.must[person] and person != without
    ]
    return whole_starts(starts, obliged, search.cells)


def possible(search: Search, starts: int, agenda: Agenda | None = None) -> int:
    """Of `starts`, those at which all who must come can be there for what is theirs."""
    return part_starts(starts, search.free, agenda or search.agenda)

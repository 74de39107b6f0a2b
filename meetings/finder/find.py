"""The finder: what is asked goes in, the best few times with their sentences come out."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from meetings.finder.agenda import members
from meetings.finder.cells import Bools, bools
from meetings.finder.most import Missing, fewest_missing, missing_at
from meetings.finder.obstacles import alone_in_way, obstacles_of
from meetings.finder.openings import openings_of
from meetings.finder.order import free_at
from meetings.finder.ranking import FOR_THEIR_TOPICS, NOT_THERE, Costs, Spread, later_weeks
from meetings.finder.search import Search, possible, search_of, whole_of
from meetings.finder.sentences import reasons_of, sentence_of
from meetings.finder.shapes import Ask, Fit, Found, Slot
from meetings.finder.slots import Draft, draft, slot_of

# So much is done to prove that fewer cannot be missing. Only crafted agendas need more.
_STEPS = 300_000
# One more missing is worse than any inconvenience.
_MISSED = 10_000.0
_A_MEETING = 2


def find(ask: Ask, *, best: int = 5) -> Found:
    """The best few times, of different days where possible; those for everyone come first.

    Counts and obstacles are exact: that there is no time for everyone is proved. Where there are
    few, times at which most can come follow.
    """
    search = search_of(ask)
    allowed = search.grid.allowed(ask)
    whole = whole_of(search, allowed)
    either = possible(search, allowed) | whole if ask.topics else whole
    alone = alone_in_way(search, allowed, either)
    drafts = list(_drafts(search, allowed, whole, either, best))
    counts = {
        "possible": allowed.bit_count(),
        "whole": whole.bit_count(),
        "part": (either & ~whole).bit_count(),
    }
    return Found(
        slots=tuple(_told(search, made) for made in drafts),
        whole=counts["whole"],
        part=counts["part"],
        obstacles=obstacles_of(search, allowed, alone),
        openings=openings_of(search, allowed, either, alone),
        unknown=tuple(person.label for person in ask.people if not person.known),
        counts=counts,
    )


def _told(search: Search, made: Draft) -> Slot:
    return slot_of(search, made, sentence_of(search, made), reasons_of(search, made))


def _drafts(search: Search, allowed: int, whole: int, either: int, best: int) -> Iterator[Draft]:
    size, spread = search.grid.size, Spread(search.grid, search.cells)
    if not allowed:
        return
    costs, left = _rough_costs(search), best
    for fit, starts in ((Fit.WHOLE, whole), (Fit.PART, either & ~whole)):
        found: list[Draft] = []
        while len(found) < left:
            start = spread.next(costs, bools(starts, size))
            if start is None:
                break
            spread.take(start)
            found.append(draft(search, fit, start))
        yield from sorted(found, key=lambda made: made.cost)
        left -= len(found)
    if left:
        rest = bools(allowed & ~either, size)
        yield from _most(search, rest, costs, spread, left, strict=left < best)


def _rough_costs(search: Search) -> Costs:
    """By start: what it costs those who are free all through, and that others are not."""
    free = _through(search)
    topics = np.array([FOR_THEIR_TOPICS if own else NOT_THERE for own in search.agenda.own])
    costs = np.where(free, search.ease.costs(search.cells), topics[:, None]).sum(axis=0)
    found: Costs = costs + later_weeks(search.grid)
    return found


def _through(search: Search) -> Bools:
    """Shape (people, starts): who is free for all of it."""
    size, cells = search.grid.size, search.cells
    before = np.zeros((len(search.free), size + 1), dtype=np.int32)
    np.cumsum(search.times.hard, axis=1, out=before[:, 1:])
    ends = np.minimum(np.arange(size) + cells, size)
    free: Bools = before[:, ends] == before[:, :-1]
    return free


def _most(
    search: Search, starts: Bools, costs: Costs, spread: Spread, left: int, *, strict: bool
) -> Iterator[Draft]:
    """Times at which the fewest are missing. `strict`: only where most of those who must come."""
    known = fewest_missing(search.free, search.agenda, search.grid.size)
    least, exact = known.least.copy(), known.least == known.most
    steps = _STEPS
    found: list[tuple[int, Draft]] = []
    sets: dict[int, int] = {}
    while len(found) < left:
        start = spread.next(costs + _MISSED * least, starts & _enough(search, least, strict))
        if start is None:
            break
        if start not in sets:
            sets[start], taken = _missing(search, known, start, steps)
            steps -= taken
            least[start] = sets[start].bit_count()
            if not exact[start]:
                continue
        spread.take(start)
        found.append((sets[start].bit_count(), draft(search, Fit.MOST, start, sets[start])))
    yield from (made for _, made in sorted(found, key=lambda one: (one[0], one[1].cost)))


def _missing(search: Search, known: Missing, start: int, steps: int) -> tuple[int, int]:
    """Who of those who must come is missing at a start, and the steps that it took."""
    agenda, through = search.agenda, search.through(start)
    always = sum(
        1 << person
        for person in members(agenda.obliged)
        if not agenda.own[person] and not through[person]
    )
    least = int(known.least[start]) - always.bit_count()
    topical, taken = missing_at(
        agenda, free_at(search.window(start), agenda), least=least, steps=steps
    )
    return always | topical, taken


def _enough(search: Search, least: NDArray[np.int16], strict: bool) -> Bools:
    """Where so few are missing that there is a meeting: two people at least."""
    obliged = sum(search.agenda.must)
    may = len(search.agenda.must) - obliged
    there: Bools = (obliged - least) + may >= _A_MEETING
    if strict:
        there &= least * 2 < obliged
    return there

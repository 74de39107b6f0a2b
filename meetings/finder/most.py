"""When not everybody can come: how few of those who must need be missing, at each start.

Somebody is missing who cannot be there for all of their own topics (or for all of the meeting,
where they have none). How few of them there need be is known exactly where nobody who is in the
way has two topics. Else it lies between two bounds, and is worked out for the starts that count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meetings.finder.agenda import Agenda, members
from meetings.finder.cells import bools
from meetings.finder.part import able_to_come
from meetings.finder.whole import stretch

Counts = NDArray[np.int16]
Free = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """By start: at least and at most so many of those who must come are missing."""

    least: Counts
    most: Counts


def fewest_missing(free: Sequence[int], agenda: Agenda, size: int) -> Missing:
    """For every cell of the grid, were it the start."""
    always, bound = np.zeros((2, size), dtype=np.int16)
    whole_grid = (1 << size) - 1
    in_way = np.zeros((len(agenda.lengths), size), dtype=np.int16)
    for person in members(agenda.obliged):
        own = agenda.own[person]
        unable = ~bools(able_to_come(free[person], own, agenda) & whole_grid, size)
        if own:
            bound += unable
        else:
            always += unable
        for topic in members(own):
            in_way[topic] += ~bools(stretch(free[person], agenda.lengths[topic]), size)
    most = always + _fewest_absences(in_way, agenda)
    one_topic_each = all(agenda.own[p].bit_count() <= 1 for p in members(agenda.obliged))
    return Missing(most if one_topic_each else always + bound, most)


def _fewest_absences(in_way: Counts, agenda: Agenda) -> Counts:
    """Over all orders: the fewest absences, one for each topic that somebody cannot come to."""
    size = in_way.shape[1]
    # Small numbers are added several times as fast.
    small = in_way.max(axis=1, initial=0).sum() <= np.iinfo(np.int8).max
    padded = np.pad(in_way.astype(np.int8 if small else np.int16), ((0, 0), (0, agenda.cells)))
    best = [np.zeros_like(padded[0, :size])]
    for (last, before, elapsed), *others in agenda.ways:
        fewest = best[before] + padded[last, elapsed : elapsed + size]
        for last, before, elapsed in others:
            absences = best[before] + padded[last, elapsed : elapsed + size]
            np.minimum(fewest, absences, out=fewest)
        best.append(fewest)
    return best[-1].astype(np.int16)


def who_is_missing(
    agenda: Agenda, free: Free, *, at_most: int, steps: int
) -> tuple[int, int] | None:
    """The smallest set of people, of those with topics, who are missing in the best order.

    With it, how many of `steps` were taken; None where they do not suffice, which takes many
    people with several topics each. `at_most`: so many are known to suffice.
    """
    sets: list[set[int]] = [{0}]
    taken = 0
    for ways in agenda.ways:
        found: set[int] = set()
        for last, before, elapsed in ways:
            absent = agenda.needed[last] & ~free[last][elapsed] & agenda.obliged
            found |= {missing | absent for missing in sets[before]}
            taken += len(sets[before])
            if taken > steps:
                return None
        sets.append({missing for missing in found if missing.bit_count() <= at_most})
    return min(sets[-1], key=lambda missing: (missing.bit_count(), missing)), taken


def missing_at(agenda: Agenda, free: Free, *, least: int, steps: int) -> tuple[int, int]:
    """A smallest set of people with topics who are missing at one start, and the steps it took.

    `least` is how few are known to be possible: a set as small needs no more proof.
    """
    absences: list[tuple[int, int]] = [(0, 0)]
    needed = [people & agenda.obliged for people in agenda.needed]
    for ways in agenda.ways:
        found = []
        for last, before, elapsed in ways:
            so_far, missing = absences[before]
            absent = needed[last] & ~free[last][elapsed]
            found.append((so_far + absent.bit_count(), missing | absent))
        absences.append(min(found))
    missing = absences[-1][1]
    if (few := missing.bit_count()) <= least:
        return missing, 0
    proved = who_is_missing(agenda, free, at_most=few, steps=steps)
    return (missing, steps) if proved is None else proved

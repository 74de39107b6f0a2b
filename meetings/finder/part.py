"""Starts at which some order of the topics lets everybody be there for their own: exact.

For each set of topics it is worked out, for all starts at once, whether they can come first in
some order: at most 256 sets, each with a bit for every start.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import and_

from meetings.finder.agenda import Agenda, members
from meetings.finder.whole import stretch


def part_starts(starts: int, free: Sequence[int], agenda: Agenda) -> int:
    """Of `starts`, those that some order makes possible. `free` has the bits of each person.

    Those who must come and have no topic of their own are free all through; those who may come
    never stand in the way.
    """
    for person in members(agenda.obliged):
        if starts:
            starts &= able_to_come(free[person], agenda.own[person], agenda)
    if not starts:
        return 0
    takes_place = [
        reduce(and_, (stretch(free[person], length) for person in members(people)), -1)
        for people, length in zip(agenda.needed_of_obliged, agenda.lengths, strict=True)
    ]
    return _in_some_order(starts, takes_place, agenda)


def able_to_come(free: int, own: int, agenda: Agenda) -> int:
    """The starts at which each of somebody's topics finds a place: all but the topics' order."""
    if not own:
        return stretch(free, agenda.cells)
    able = -1
    for topic in members(own):
        begins, somewhere = stretch(free, agenda.lengths[topic]), 0
        for elapsed in agenda.places[topic]:
            somewhere |= begins >> elapsed
        able &= somewhere
    return able


def _in_some_order(starts: int, takes_place: Sequence[int], agenda: Agenda) -> int:
    """`takes_place` has, for each topic, the cells at which it could begin."""
    shifted: dict[tuple[int, int], int] = {}
    reached = [starts]
    for ways in agenda.ways:
        found = 0
        for last, before, elapsed in ways:
            if not (so_far := reached[before]):
                continue
            if (begins := shifted.get((last, elapsed))) is None:
                begins = shifted[last, elapsed] = takes_place[last] >> elapsed
            found |= so_far & begins
        reached.append(found)
    return reached[-1]


def without(agenda: Agenda, person: int) -> Agenda:
    """The same agenda, were somebody not asked to come."""
    must = tuple(known and place != person for place, known in enumerate(agenda.must))
    return replace(agenda, must=must)


def shortened(agenda: Agenda, topic: int, less: int) -> Agenda:
    """The same agenda, were one topic so many cells shorter."""
    lengths = tuple(
        length - less if place == topic else length for place, length in enumerate(agenda.lengths)
    )
    return replace(agenda, lengths=lengths)

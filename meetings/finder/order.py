"""The best order of the topics at one start: exact, over sets of topics.

Everything that makes an order worse is said of one topic at the place that it has, given the
topics before it; so the best order of a set of topics is the best of its last topic.
"""

from dataclasses import dataclass

from meetings.finder.agenda import Agenda, members
from meetings.finder.cells import Bools

# What is worse counts more than all of what follows it.
_UNHEARD = 10**9  # somebody who may come is not free for their topic
_LEAVES = 10**6  # somebody has to leave and come back
_WAITS = 100  # a cell of waiting between one's own topics
_NEAR = 10  # a cell nearer to the clinic than need be
_TURNED = 1  # a topic comes before one that stands before it on the agenda


@dataclass(frozen=True, slots=True)
class AtStart:
    """What is known at one start: people as sets, `free[topic][elapsed]` those free then.

    `present` are all who come for topics of their own only; `hurried` those of them whose clinic
    begins soon after the meeting, `arriving` those whose clinic ends just before it.
    """

    free: tuple[tuple[int, ...], ...]
    obliged: int
    present: int
    hurried: int = 0
    arriving: int = 0


def free_at(window: Bools, agenda: Agenda) -> tuple[tuple[int, ...], ...]:
    """Of cells (people, cells of the meeting): for each topic and elapsed cells, who is free."""
    columns = [sum(1 << int(p) for p in column.nonzero()[0]) for column in window.T]
    found = []
    for length in agenda.lengths:
        row = []
        for elapsed in range(len(columns) - length + 1):
            everybody = -1
            for column in columns[elapsed : elapsed + length]:
                everybody &= column
            row.append(everybody)
        found.append(tuple(row))
    return tuple(found)


def best_order(agenda: Agenda, at: AtStart) -> tuple[int, ...] | None:
    """The topics in their best order, or None where none lets `obliged` be there for their own."""
    needed = agenda.needed
    waiting = _waiting(agenda, at.present)
    soon = [(people & at.hurried).bit_count() for people in needed]
    late = [(people & at.arriving).bit_count() for people in needed]
    best: list[tuple[int, int] | None] = [(0, -1)]
    for ways in agenda.ways:
        found: tuple[int, int] | None = None
        for last, before, elapsed in ways:
            reached = best[before]
            if reached is None:
                continue
            absent = needed[last] & ~at.free[last][elapsed]
            if absent & at.obliged:
                continue
            length = agenda.lengths[last]
            cost = (
                reached[0]
                + _NEAR * (soon[last] * (elapsed + length) + late[last] * (agenda.cells - elapsed))
                + _TURNED * ((1 << last) - 1 & ~before).bit_count()
            )
            if absent:
                cost += _UNHEARD * absent.bit_count()
            if wait := waiting[before] & ~needed[last]:
                leaves = (wait & ~at.free[last][elapsed]).bit_count()
                cost += _LEAVES * leaves + _WAITS * wait.bit_count() * length
            if found is None or cost < found[0]:
                found = cost, last
        best.append(found)
    return _unwound(best, agenda.everything)


def _waiting(agenda: Agenda, people: int) -> list[int]:
    """By set of topics that were: whoever of `people` has had some of their own, and not all."""
    found = [0] * (agenda.everything + 1)
    for person in members(people):
        own = agenda.own[person]
        if own & (own - 1):
            for before in range(1, agenda.everything):
                if own & before and own & ~before:
                    found[before] |= 1 << person
    return found


def _unwound(best: list[tuple[int, int] | None], chosen: int) -> tuple[int, ...] | None:
    order: list[int] = []
    while chosen:
        reached = best[chosen]
        if reached is None:
            return None
        order.append(reached[1])
        chosen ^= 1 << reached[1]
    return tuple(reversed(order))

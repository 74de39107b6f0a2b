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
    waiting = [_waiting(agenda, at.present, before) for before in range(agenda.everything + 1)]
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
            cost = reached[0] + _UNHEARD * absent.bit_count()
            cost += _cost(agenda, at, before, last, waiting[before] & ~needed[last])
            if found is None or cost < found[0]:
                found = cost, last
        best.append(found)
    return _unwound(best, agenda.everything)


def _cost(agenda: Agenda, at: AtStart, before: int, last: int, waiting: int) -> int:
    """What it costs that this topic comes after those, while some wait for their next one."""
    begins, length = agenda.elapsed[before], agenda.lengths[last]
    needed, leaves = agenda.needed[last], waiting & ~at.free[last][begins]
    near = (needed & at.hurried).bit_count() * (begins + length)
    near += (needed & at.arriving).bit_count() * (agenda.cells - begins)
    return (
        _LEAVES * leaves.bit_count()
        + _WAITS * waiting.bit_count() * length
        + _NEAR * near
        + _TURNED * ((1 << last) - 1 & ~before).bit_count()
    )


def _waiting(agenda: Agenda, people: int, before: int) -> int:
    """Whoever of `people` has had some of their own topics, and not all."""
    return sum(
        1 << person
        for person in members(people)
        if agenda.own[person] & before and agenda.own[person] & ~before
    )


def _unwound(best: list[tuple[int, int] | None], chosen: int) -> tuple[int, ...] | None:
    order: list[int] = []
    while chosen:
        reached = best[chosen]
        if reached is None:
            return None
        order.append(reached[1])
        chosen ^= 1 << reached[1]
    return tuple(reversed(order))

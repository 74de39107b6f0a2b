"""Starts at which some order of the topics lets everybody be there for their own: exact.

For each set of topics it is worked out, for all starts at once, whether they can come first in
some order: at most 256 sets, each with a bit for every start.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import and_

from meetings.finder.agenda import Agenda, members
from meetings.finder.whole import stretch, whole_starts


def part_starts(starts: int, free: Sequence[int], agenda: Agenda) -> int:
    """Of `starts`, those that some order makes possible. `free` has the bits of each person.

    Those who must come and have no topic of their own are free all through; those who may come
    never stand in the way.
    """
    obliged = [person for person, must in enumerate(agenda.must) if must]
    always = [free[person] for person in obliged if not agenda.own[person]]
    open_starts = whole_starts(starts, always, agenda.cells)
    takes_place = [
        reduce(
            and_,
            (
                stretch(free[person], length)
                for person in obliged
                if agenda.own[person] >> topic & 1
            ),
            -1,
        )
        for topic, length in enumerate(agenda.lengths)
    ]
    return _in_some_order(open_starts, takes_place, agenda)


def _in_some_order(starts: int, takes_place: Sequence[int], agenda: Agenda) -> int:
    """`takes_place` has, for each topic, the cells at which it could begin."""
    elapsed = agenda.elapsed
    later: dict[tuple[int, int], int] = {}
    reached = [starts]
    for chosen in range(1, agenda.everything + 1):
        found = 0
        for last in members(chosen):
            before = chosen ^ 1 << last
            if not (so_far := reached[before]):
                continue
            key = last, elapsed[before]
            if (begins := later.get(key)) is None:
                begins = later[key] = takes_place[last] >> key[1]
            found |= so_far & begins
        reached.append(found)
    return reached[-1]


def without(agenda: Agenda, person: int) -> Agenda:
    """The same agenda, were somebody not asked to come."""
    must = tuple(known and place != person for place, known in enumerate(agenda.must))
    return replace(agenda, must=must)

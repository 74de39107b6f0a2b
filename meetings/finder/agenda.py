"""Who is needed for what, with people and topics by their place in the question.

Sets of topics and sets of people are ints with a bit for each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from meetings.finder.shapes import MARK, Ask


@dataclass(frozen=True)
class Agenda:
    """The topics: `lengths` in cells, `own` the topics of each person (none: all of them).

    `must` are the people without whom the meeting cannot be.
    """

    lengths: tuple[int, ...]
    own: tuple[int, ...]
    must: tuple[bool, ...]

    @property
    def everything(self) -> int:
        """The set of all topics."""
        return (1 << len(self.lengths)) - 1

    @property
    def cells(self) -> int:
        """The whole length."""
        return sum(self.lengths)

    @property
    def elapsed(self) -> tuple[int, ...]:
        """For each set of topics, how many cells they take."""
        return _elapsed(self.lengths)

    @property
    def ways(self) -> "tuple[Ways, ...]":
        """For each set of topics but the empty one, in order: which can be the last."""
        return _ways(self.lengths)

    @cached_property
    def needed(self) -> tuple[int, ...]:
        """For each topic, the people whose own it is."""
        return tuple(
            sum(1 << person for person, own in enumerate(self.own) if own >> topic & 1)
            for topic in range(len(self.lengths))
        )

    @cached_property
    def needed_of_obliged(self) -> tuple[int, ...]:
        """The same, but only those who must come."""
        return tuple(people & self.obliged for people in self.needed)

    @cached_property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """For each topic, how many cells can come before it."""
        found: list[set[int]] = [set() for _ in self.lengths]
        for ways in self.ways:
            for last, _, elapsed in ways:
                found[last].add(elapsed)
        return tuple(tuple(sorted(each)) for each in found)

    @cached_property
    def obliged(self) -> int:
        """Those who must come."""
        return sum(1 << person for person, must in enumerate(self.must) if must)


class Way(NamedTuple):
    """A topic that comes after a set of others: these take so many cells."""

    last: int
    before: int
    elapsed: int


Ways = tuple[Way, ...]


@lru_cache(maxsize=256)
def _elapsed(lengths: tuple[int, ...]) -> tuple[int, ...]:
    found = [0]
    for length in lengths:
        found += [elapsed + length for elapsed in found]
    return tuple(found)


@lru_cache(maxsize=256)
def _ways(lengths: tuple[int, ...]) -> tuple[Ways, ...]:
    elapsed = _elapsed(lengths)
    return tuple(
        tuple(
            Way(last, before, elapsed[before])
            for last in members(chosen)
            for before in [chosen ^ 1 << last]
        )
        for chosen in range(1, len(elapsed))
    )


def members(chosen: int) -> Iterator[int]:
    """The members of a set, in order."""
    while chosen:
        lowest = chosen & -chosen
        yield lowest.bit_length() - 1
        chosen ^= lowest


def agenda_of(ask: Ask) -> Agenda:
    """The agenda that is asked about; a meeting without topics has one, which is nobody's own."""
    lengths = tuple(topic.minutes // MARK for topic in ask.topics) or (ask.minutes // MARK,)
    own = tuple(
        sum(1 << place for place, topic in enumerate(ask.topics) if person.key in topic.needs)
        for person in ask.people
    )
    return Agenda(lengths, own, tuple(person.must for person in ask.people))

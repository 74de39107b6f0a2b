"""What stands in the way of a time for everyone, person by person."""

from collections.abc import Mapping

import numpy as np

from meetings.finder.agenda import members
from meetings.finder.around import words_of
from meetings.finder.cells import Ints, bools
from meetings.finder.part import able_to_come, without
from meetings.finder.search import Search, possible
from meetings.finder.shapes import Obstacle, Someone
from meetings.finder.whole import stretch
from meetings.finder.wording import either_or, leading
from portal.worktime.packing import CODES
from portal.worktime.states import HARD, Use


def alone_in_way(search: Search, allowed: int, either: int) -> dict[int, int]:
    """For each who must come: the starts that would be possible, were they not asked to."""
    obliged, agenda = list(members(search.agenda.obliged)), search.agenda
    able = [able_to_come(search.free[person], agenda.own[person], agenda) for person in obliged]
    closed, before, after = allowed & ~either, [-1], [-1]
    for one, other in zip(able, reversed(able), strict=True):
        before.append(before[-1] & one)
        after.append(after[-1] & other)
    return {
        person: possible(
            search, closed & before[place] & after[len(able) - 1 - place], without(agenda, person)
        )
        for place, person in enumerate(obliged)
    }


def obstacles_of(search: Search, allowed: int, alone: Mapping[int, int]) -> tuple[Obstacle, ...]:
    """Whoever is not free for all of some possible start, those who block most first."""
    starts = search.grid.minute[bools(allowed, search.grid.size)]
    found = []
    for person, opened in alone.items():
        blocked = (allowed & ~stretch(search.free[person], search.cells)).bit_count()
        if not blocked:
            continue
        someone = search.ask.people[person]
        uses = _in_way(someone, starts, search.ask.minutes)
        sentence = (
            f"{leading(someone.label)}: {either_or(words_of(uses))} for {blocked:,} of"
            f" {len(starts):,} possible starts"
        )
        blocks = opened.bit_count()
        sentence += f", alone in the way of {blocks:,}." if blocks else "."
        found.append(
            (-blocks, -blocked, person, Obstacle(someone.key, someone.label, blocks, sentence))
        )
    return tuple(obstacle for *_, obstacle in sorted(found, key=lambda line: line[:3]))


def _in_way(someone: Someone, starts: Ints, minutes: int) -> set[Use]:
    """What this person has during any of the possible starts; `starts` in order."""
    spans = someone.spans.reshape(-1, 3)
    first = np.searchsorted(starts, spans[:, 0] - minutes, side="right")
    known = np.minimum(first, len(starts) - 1)
    met = set(spans[(first < len(starts)) & (starts[known] < spans[:, 1]), 2].tolist())
    return {use for use in HARD if CODES[use] in met}

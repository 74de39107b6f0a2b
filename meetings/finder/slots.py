"""One start made into a slot: the order of the topics, and who is there when."""

from collections.abc import Sequence
from dataclasses import dataclass

from meetings.finder.agenda import members
from meetings.finder.around import clinic_after, clinic_before, why_not
from meetings.finder.order import AtStart, best_order, free_at
from meetings.finder.ranking import FOR_THEIR_TOPICS, NOT_THERE
from meetings.finder.search import Search
from meetings.finder.shapes import MARK, Attends, Fit, Presence, Slot

Stretches = tuple[tuple[int, int], ...]  # cells, half-open


@dataclass(frozen=True, slots=True)
class Draft:
    """A slot before it has words. `begins` has the first cell of each topic, by its place."""

    fit: Fit
    start: int
    order: tuple[int, ...]
    begins: tuple[int, ...]
    presence: tuple[Presence, ...]
    stretches: tuple[Stretches, ...]
    cost: float


def draft(search: Search, fit: Fit, start: int, missing: int = 0) -> Draft:
    """The best way to meet at a start which is known to be possible without `missing`."""
    agenda, window = search.agenda, search.window(start)
    free, through = free_at(window, agenda), search.through(start)
    for_topics = sum(1 << p for p, own in enumerate(agenda.own) if own and not through[p])
    at = AtStart(
        free=free,
        obliged=agenda.obliged & ~missing,
        present=for_topics & ~missing,
        hurried=_those(search, for_topics, start, after=True),
        arriving=_those(search, for_topics, start, after=False),
    )
    order = best_order(agenda, at)
    if order is None:
        raise ValueError("No order of the topics makes this start possible.")
    begins, done = [0] * len(order), start
    for topic in order:
        begins[topic] = done
        done += agenda.lengths[topic]
    stays = tuple(
        _stay(search, start, person, tuple(begins), through[person], missing)
        for person in range(len(agenda.own))
    )
    presence = tuple(
        _presence(search, person, through[person], stay) for person, stay in enumerate(stays)
    )
    return Draft(fit, start, order, tuple(begins), presence, stays, _cost(search, start, stays))


def _those(search: Search, people: int, start: int, *, after: bool) -> int:
    clinic = clinic_after if after else clinic_before
    return sum(1 << person for person in members(people) if clinic(search, person, start))


def _stay(
    search: Search, start: int, person: int, begins: Sequence[int], through: bool, missing: int
) -> Stretches:
    """When somebody is there: for all of it, or around their own topics where they are free."""
    agenda = search.agenda
    if missing >> person & 1:
        return ()
    if through:
        return ((start, start + search.cells),)
    own = sorted((begins[t], begins[t] + agenda.lengths[t]) for t in members(agenda.own[person]))
    busy = search.times.hard[person]
    if not own or any(busy[first:end].any() for first, end in own):
        return ()
    stay = own[:1]
    for first, end in own[1:]:
        since = stay[-1][1]
        if busy[since:first].any():
            stay.append((first, end))
        else:
            stay[-1] = stay[-1][0], end
    return tuple(stay)


def _presence(search: Search, person: int, through: bool, stay: Stretches) -> Presence:
    if stay:
        return Presence.WHOLE if through else Presence.PART
    heard = search.agenda.must[person] or search.agenda.own[person]
    return Presence.WRITING if heard else Presence.MISSING


def _cost(search: Search, start: int, stays: Sequence[Stretches]) -> float:
    found = 0.0
    for person, stay in enumerate(stays):
        found += sum(search.ease.cost(person, first, end) for first, end in stay)
        if not stay:
            found += NOT_THERE
        elif stay != ((start, start + search.cells),):
            found += FOR_THEIR_TOPICS
    return found


def slot_of(search: Search, made: Draft, sentence: str, reasons: tuple[str, ...]) -> Slot:
    """The draft as others see it, in minutes and keys."""
    start, ask = search.minute(made.start), search.ask
    end = start + ask.minutes
    attends = []
    for person, stay in enumerate(made.stretches):
        times = tuple((_minute(made, start, a), _minute(made, start, b)) for a, b in stay)
        presence = made.presence[person]
        why = "" if presence is Presence.WHOLE else why_not(search, person, made.start)
        first, last = times[0] if times else (start, start)
        attends.append(Attends(ask.people[person].key, presence, first, last, why, times))
    order = tuple(
        (ask.topics[topic].key, _minute(made, start, made.begins[topic]))
        for topic in made.order
        if ask.topics
    )
    cost = round(made.cost, 2)
    return Slot(made.fit, start, end, tuple(attends), order, cost, sentence, reasons)


def _minute(made: Draft, start: int, cell: int) -> int:
    return start + (cell - made.start) * MARK

"""A draft in words: who comes, for what, who is heard how, and why this time is good."""

from collections.abc import Iterable, Iterator

from meetings.finder.agenda import members
from meetings.finder.around import clinics_beside, clock_of, what_stands
from meetings.finder.search import Search
from meetings.finder.shapes import Fit, Presence
from meetings.finder.slots import Draft
from meetings.finder.wording import joined, leading, number, owned, points, those

_WHY_AT_MOST = 2
_USED = "the meeting must say how it was used"


def sentence_of(search: Search, made: Draft) -> str:
    """In one breath: `Everyone, for all of it: in time that the GP keeps for meetings.`"""
    if made.fit is Fit.MOST:
        return _most(search, made)
    clauses = [*_joining(search, made), *_absent(search, made)]
    if made.fit is Fit.PART:
        if whole := _of(made, Presence.WHOLE):
            clauses.append(f"{_the_rest(search, made, whole)} for all of it")
        return f"{leading('; '.join(clauses))}."
    head = f"{_everyone(search, made)}, for all of it"
    why = list(_why(search, made))[:_WHY_AT_MOST]
    head += f": {', '.join(why)}" if why else ""
    return f"{'; '.join([head, *clauses])}."


def reasons_of(search: Search, made: Draft) -> tuple[str, ...]:
    """What else is to be known: the rest of the why, what has to be moved, the order."""
    found = [leading(f"{why}.") for why in _why(search, made)]
    if made.fit is Fit.WHOLE:
        found = found[_WHY_AT_MOST:]
    found += _moved(search, made)
    places = list(range(len(made.order)))
    if search.ask.topics and list(made.order) != places:
        order = joined([str(place + 1) for place in made.order])
        found.append(f"The points are taken in the order {order}.")
    return tuple(found)


def _everyone(search: Search, made: Draft) -> str:
    if len(search.ask.people) == 1:
        return leading(search.label(0))
    if len(_of(made, Presence.WHOLE)) == len(search.ask.people):
        return "Everyone"
    return "Everyone who must come"


def _the_rest(search: Search, made: Draft, whole: list[int]) -> str:
    if len(whole) == 1 and len(search.ask.people) > 1:
        return search.label(whole[0])
    absent = len(_of(made, Presence.WRITING)) + len(_of(made, Presence.MISSING))
    return f"the other {number(len(whole))}" if absent else "everyone else"


def _of(made: Draft, presence: Presence) -> list[int]:
    return [person for person, known in enumerate(made.presence) if known is presence]


def _joining(search: Search, made: Draft) -> Iterator[str]:
    """`Dr Example joins 12:45 to 12:55 for point 2 only`, the same words said once."""
    groups: dict[tuple[tuple[tuple[int, int], ...], int], list[int]] = {}
    for person in _of(made, Presence.PART):
        stay = made.stretches[person], search.agenda.own[person]
        groups.setdefault(stay, []).append(person)
    for (stretches, own), people in sorted(groups.items()):
        times = joined([_span(search, first, end) for first, end in stretches])
        verb = "joins" if len(people) == 1 else "join"
        who = joined([search.label(person) for person in people])
        yield f"{who} {verb} {times} for {points(list(members(own)))} only"


def _span(search: Search, first: int, end: int) -> str:
    return f"{clock_of(search.minute(first))} to {clock_of(search.minute(end - 1) + 5)}"


def _absent(search: Search, made: Draft) -> Iterator[str]:
    """Whoever is not there, why, and how they are heard; nobody is left out."""
    for (stands, own), people in _grouped(search, made, Presence.WRITING):
        verb = "is" if len(people) == 1 else "are"
        answer = "answers" if len(people) == 1 else "answer"
        what = _points(search, own)
        who = joined([search.label(person) for person in people])
        yield f"{who} {verb} {stands} and {answer} {what} in writing beforehand"
    for (stands, _own), people in _grouped(search, made, Presence.MISSING):
        verb = "is" if len(people) == 1 else "are"
        who = joined([search.label(person) for person in people])
        yield f"{who}, who may come, {verb} {stands}"


def _points(search: Search, own: int) -> str:
    if own and own != search.agenda.everything:
        return points(list(members(own)))
    return "every point" if own and len(search.ask.topics) > 1 else "the points put to them"


def _grouped(
    search: Search, made: Draft, presence: Presence
) -> Iterable[tuple[tuple[str, int], list[int]]]:
    groups: dict[tuple[str, int], list[int]] = {}
    for person in _of(made, presence):
        # Who is heard on every point is asked for all of them by their numbers.
        own = search.agenda.own[person]
        if not own and search.ask.topics and search.agenda.must[person]:
            own = search.agenda.everything
        groups.setdefault((what_stands(search, person, made.start), own), []).append(person)
    return groups.items()


def _most(search: Search, made: Draft) -> str:
    there = len(made.presence) - len(_of(made, Presence.WRITING)) - len(_of(made, Presence.MISSING))
    total = len(made.presence)
    clauses = [*_joining(search, made), *_absent(search, made)]
    if _of(made, Presence.WRITING):
        clauses.append(_USED)
    return f"{leading(number(there))} of {number(total)}. {leading('; '.join(clauses))}."


def _why(search: Search, made: Draft) -> Iterator[str]:
    """Why the time suits, each in a few words: between whose clinics, after or before whose."""
    between, after, before, kept = [], [], [], []
    for person, stretches in enumerate(made.stretches):
        for first, end in stretches[:1]:
            label = search.label(person)
            beside = clinics_beside(search, person, first, end)
            if beside == (True, True):
                between.append(label)
            elif beside[0]:
                after.append(label)
            elif beside[1]:
                before.append(label)
            if search.ease.kept(person, first, end) == (end - first) * 5:
                kept.append(label)
    for words, labels in (("between", between), ("after", after), ("before", before)):
        if labels:
            many = len(labels) > 1 or words == "between"
            yield f"{words} {owned(labels, 'clinics' if many else 'clinic')}"
    if kept:
        verb = "keeps" if len(kept) == 1 else "keep"
        yield f"in time that {those(kept)} {verb} for meetings"


def _moved(search: Search, made: Draft) -> Iterator[str]:
    """Who would move how much of what can be moved, the same number said once."""
    groups: dict[int, list[str]] = {}
    for person, stretches in enumerate(made.stretches):
        minutes = sum(search.ease.moved(person, first, end) for first, end in stretches)
        if minutes:
            groups.setdefault(minutes, []).append(search.label(person))
    for minutes, labels in sorted(groups.items(), reverse=True):
        each = " each" if len(labels) > 1 else ""
        yield f"{leading(joined(labels))} would move {minutes} minutes of visits or duty{each}."

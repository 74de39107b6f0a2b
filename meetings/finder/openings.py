"""The smallest changes that would open times for everyone: each counted exactly.

"For everyone" is for all of it, or for their own topics where there are some. A change is counted
by the starts that it makes possible and that are not possible without it.
"""

from collections.abc import Iterator, Mapping

from meetings.finder.cells import SLACK, WEEK
from meetings.finder.part import shortened
from meetings.finder.search import Search, possible
from meetings.finder.shapes import DAY, MARK, Opening
from meetings.finder.wording import leading, points

STEP = 15
PEOPLE_NAMED = 3
_HALF = 2


def openings_of(
    search: Search, allowed: int, either: int, alone: Mapping[int, int]
) -> tuple[Opening, ...]:
    """Without one person (the three that open most), shorter, earlier, later, a week longer."""
    found = list(_without(search, alone, bool(either)))
    if shorter := _shorter(search, either):
        found.append(shorter)
    # Everything that longer days and weeks could open is worked out at once.
    beyond = {(c, n): search.grid.allowed(search.ask, **{c: n}) for c, n in _changes(search)}
    reach = 0
    for starts in beyond.values():
        reach |= starts & ~allowed
    opened = possible(search, reach)
    for kind in ("earlier", "later", "longer"):
        for (change, minutes), starts in beyond.items():
            count = (opened & starts).bit_count() if change == kind else 0
            if count:
                found.append(_beyond(search, kind, minutes, count, bool(either)))
                break
    return tuple(found)


def _changes(search: Search) -> Iterator[tuple[str, int]]:
    ask = search.ask
    steps = range(STEP, SLACK + 1, STEP)
    yield from (("earlier", step) for step in steps if step <= ask.earliest)
    yield from (("later", step) for step in steps if ask.latest + step <= DAY)
    if ask.known_until is not None and ask.known_until >= ask.end + WEEK:
        yield "longer", WEEK


def _without(search: Search, alone: Mapping[int, int], more: bool) -> Iterator[Opening]:
    if len(search.ask.people) <= _HALF:
        return
    ranked = sorted(alone, key=lambda person: (-alone[person].bit_count(), person))
    for person in ranked[:PEOPLE_NAMED]:
        if count := alone[person].bit_count():
            someone = search.ask.people[person]
            words = f"Without {someone.label}: {_times(count, more)}"
            yield Opening("without", words, count, key=someone.key)


def _shorter(search: Search, either: int) -> Opening | None:
    """The smallest number of minutes less that opens anything, down to half of the meeting.

    Of a meeting with topics one is shorter: the one that opens most, the first where several do.
    """
    ask, lengths = search.ask, search.agenda.lengths
    for less in range(1, search.cells // _HALF + 1):
        starts = search.grid.allowed(ask, minutes=ask.minutes - less * MARK) & ~either
        counts = [
            possible(search, starts, shortened(search.agenda, place, less)).bit_count()
            if length > less
            else 0
            for place, length in enumerate(lengths)
        ]
        if count := max(counts):
            place = counts.index(count)
            what = f"{less * MARK} minutes shorter"
            if len(ask.topics) > 1:
                what = f"{leading(points([place]))} shorter by {less * MARK} minutes"
            key = ask.topics[place].key if ask.topics else 0
            words = f"{what}: {_times(count, bool(either))}"
            return Opening("shorter", words, count, key=key, minutes=less * MARK)
    return None


def _beyond(search: Search, kind: str, minutes: int, count: int, more: bool) -> Opening:
    words = {
        "earlier": f"From {_clock(search.ask.earliest - minutes)}",
        "later": f"Until {_clock(search.ask.latest + minutes)}",
        "longer": "One more week",
    }[kind] + f": {_times(count, more)}"
    name = "longer-window" if kind == "longer" else kind
    return Opening(name, words, count, minutes=minutes)


def _clock(minutes: int) -> str:
    return "midnight" if minutes == DAY else f"{minutes // 60:02}:{minutes % 60:02}"


def _times(count: int, more: bool) -> str:
    """`4 more`, or `4 slots` where there is none yet."""
    if more:
        return f"{count:,} more"
    return f"{count:,} slot" if count == 1 else f"{count:,} slots"

"""A slot drawn as lanes of time, and the same in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from meetings.finder.shapes import Ask, Attends, Presence, Slot, Someone
from portal.ui.shapes import Lane, Span
from portal.ui.words import clock_time, join_words, london
from portal.worktime.packing import CODES, moment_of
from portal.worktime.states import HARD, Use

HOURS = 6
_BEFORE = 2
_HOUR = 60
_DAY_HOURS = 24
_CLINIC = CODES[Use.CLINIC]
_TAKEN = frozenset(CODES[use] for use in HARD) - {_CLINIC}


def hours_of(slot: Slot) -> tuple[int, list[str]]:
    """The first minute of the picture, and the hours under it."""
    start = london(moment_of(slot.start))
    first = max(0, min(start.hour - _BEFORE, _DAY_HOURS - HOURS))
    begin = slot.start - (start.hour - first) * _HOUR - start.minute
    return begin, [str(first + n) for n in range(HOURS + 1)]


def lanes_of(slot: Slot, ask: Ask) -> list[Lane]:
    """A lane for each person, in the order in which they were named."""
    begin, _ = hours_of(slot)
    attends = {each.key: each for each in slot.attends}
    return [_lane(each, attends[each.key], slot, begin) for each in ask.people]


def _lane(someone: Someone, attends: Attends, slot: Slot, begin: int) -> Lane:
    end = begin + HOURS * _HOUR
    clinic = list(_between(someone, {_CLINIC}, begin, end))
    busy = list(_between(someone, _TAKEN, begin, end))
    there = list(attends.stretches)
    spans = [_span("busy", a, b, begin) for a, b in busy]
    spans += [_span("clinic", a, b, begin) for a, b in clinic]
    if attends.presence is Presence.WRITING:
        spans.append(_span("writing", slot.start, slot.end, begin))
    spans += [_span("meeting", a, b, begin) for a, b in there]
    return Lane(
        label=someone.label, words=_words(clinic, busy, there, attends.presence), spans=spans
    )


def _between(
    someone: Someone, codes: Iterable[int], begin: int, end: int
) -> Iterable[tuple[int, int]]:
    """Stretches in these uses, cut to the picture, those that touch as one."""
    wanted = set(codes)
    rows = sorted(
        (max(int(a), begin), min(int(b), end))
        for a, b, code in someone.spans
        if int(code) in wanted and a < end and b > begin
    )
    held: tuple[int, int] | None = None
    for a, b in rows:
        if held and a <= held[1]:
            held = held[0], max(held[1], b)
        else:
            if held:
                yield held
            held = a, b
    if held:
        yield held


def _span(kind: str, a: int, b: int, begin: int) -> Span:
    whole = HOURS * _HOUR
    first, last = (1000 * (minute - begin) // whole for minute in (a, b))
    return Span(kind=kind, start=first, length=max(last - first, 4))  # type: ignore[arg-type]


def _words(
    clinic: Sequence[tuple[int, int]],
    busy: Sequence[tuple[int, int]],
    there: Sequence[tuple[int, int]],
    presence: Presence,
) -> str:
    parts = []
    if there:
        parts.append(f"in this meeting {_times(there)}")
    elif presence is Presence.WRITING:
        parts.append("answers in writing")
    else:
        parts.append("not in this meeting")
    # The minutes kept free on either side are part of what is drawn.
    parts += [f"in clinic, or just before or after it, {_times(clinic)}"] if clinic else []
    parts += [f"busy {_times(busy)}"] if busy else []
    return "; ".join(parts)


def _times(stretches: Sequence[tuple[int, int]]) -> str:
    return join_words(f"{_clock(a)} to {_clock(b)}" for a, b in stretches)


def _clock(minute: int) -> str:
    moment: datetime = moment_of(minute)
    return clock_time(moment)

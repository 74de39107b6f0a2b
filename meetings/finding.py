"""What the finder answers for one meeting, and whether a time is still as it was shown."""

import hashlib
from dataclasses import replace

from meetings.asking import NO_CHANGE, Asked, Change, asked
from meetings.finder.find import find
from meetings.finder.shapes import Found, Opening, Slot
from meetings.models import Meeting
from portal.worktime.packing import minute_of

_MARK_LENGTH = 24


def found_for(
    meeting: Meeting, *, reader_id: int, change: Change = NO_CHANGE, best: int = 5
) -> tuple[Asked, Found]:
    """The best times: four queries, five for a meeting that is to be moved. That one is not offered
    the time that it has."""
    made = asked(meeting, reader_id=reader_id, change=change)
    if made.ask.end - made.ask.start < made.ask.minutes:
        return made, Found(slots=(), whole=0, part=0)
    found = find(made.ask, best=best + bool(meeting.starts_at))
    return made, replace(found, slots=tuple(_others(meeting, found))[:best])


def _others(meeting: Meeting, found: Found) -> list[Slot]:
    now_at = minute_of(meeting.starts_at) if meeting.starts_at else None
    return [slot for slot in found.slots if slot.start != now_at]


def slot_at(made: Asked, start: int) -> Slot | None:
    """What the meeting would be if it began at this minute; None where it cannot."""
    if start < made.ask.start or start + made.ask.minutes > made.ask.end:
        return None
    found = find(made.at(start), best=1)
    return next(iter(found.slots), None)


def mark_of(slot: Slot) -> str:
    """A short text that changes when who comes when, or the order of the items, does."""
    known = (
        slot.start,
        slot.end,
        slot.order,
        [(a.key, a.presence, a.stretches) for a in slot.attends],
    )
    return hashlib.sha256(repr(known).encode()).hexdigest()[:_MARK_LENGTH]


def change_for(opening: Opening, made: Asked) -> Change:
    """What a reader follows to ask again with that change, on top of what is changed already."""
    change = made.change
    match opening.kind:
        case "without":
            keys = [each.user_id for each in made.people]
            return replace(change, without=keys.index(opening.key) + 1)
        case "shorter":
            keys = [item.pk for item in made.items]
            place = keys.index(opening.key) + 1 if opening.key in keys else 0
            return replace(change, less=change.less + opening.minutes, item=place)
        case "earlier":
            return replace(change, earlier=change.earlier + opening.minutes)
        case "later":
            return replace(change, later=change.later + opening.minutes)
    return replace(change, longer=change.longer + opening.minutes // (24 * 60))

"""What somebody's day has in and around a slot: why they cannot come, and why it suits them."""

import numpy as np

from meetings.finder.days import london_of
from meetings.finder.search import Search
from meetings.finder.shapes import MARK, Spans
from portal.worktime.packing import CODES
from portal.worktime.states import Use

# Where several things are in the way, the first of these is what is said.
_SAID: dict[Use, str] = {
    Use.LEAVE: "on leave",
    Use.CLINIC: "in clinic",
    Use.BOOKED: "in another meeting",
    Use.BUSY: "busy",
    Use.AWAY: "not at work",
}
NEXT_TO = 60  # minutes: so near is "after the clinic"
HURRY = 30


def uses_between(spans: Spans, start: int, end: int) -> set[Use]:
    """What somebody has between two minutes."""
    found = set(spans[(spans[:, 0] < end) & (spans[:, 1] > start), 2].tolist())
    return {use for use in Use if CODES[use] in found}


def words_of(uses: set[Use]) -> list[str]:
    """`in clinic`, `busy`: what is in the way, the weightiest first."""
    return [words for use, words in _SAID.items() if use in uses]


def what_stands(search: Search, person: int, start: int) -> str:
    """`in clinic`: what is in the way of being there for all of a slot."""
    first = search.minute(start)
    end = first + search.ask.minutes
    words = words_of(uses_between(search.ask.people[person].spans, first, end))
    return words[0] if words else "not free"


def why_not(search: Search, person: int, start: int) -> str:
    """`in clinic, free from 11:35`, `in clinic, free until 12:55`, `on leave`."""
    words, hard = what_stands(search, person, start), search.times.hard[person]
    until = int(search.grid.firsts[search.grid.day[start] + 1])
    if not hard[start]:
        begins = start + int(np.argmax(hard[start:until]))
        # Until then, not "in clinic from": some minutes before a clinic are kept free.
        return f"{words}, free until {clock_of(search.minute(begins))}"
    free = ~hard[start:until]
    if not free.any() or words == _SAID[Use.LEAVE]:
        return words
    return f"{words}, free from {clock_of(search.minute(start + int(np.argmax(free))))}"


def clock_of(minute: int) -> str:
    """`13:05`, on London's clocks."""
    return f"{london_of(minute):%H:%M}"


def clinic_after(search: Search, person: int, start: int) -> bool:
    """Whether somebody's clinic begins within a slot or soon after it."""
    spans, first = search.ask.people[person].spans, search.minute(start)
    clinics = spans[spans[:, 2] == CODES[Use.CLINIC], 0]
    until = first + search.ask.minutes + HURRY
    return bool(((clinics > first) & (clinics <= until)).any())


def clinic_before(search: Search, person: int, start: int) -> bool:
    """Whether somebody's clinic ends within a slot or just before it."""
    spans, first = search.ask.people[person].spans, search.minute(start)
    clinics = spans[spans[:, 2] == CODES[Use.CLINIC], 1]
    until = first + search.ask.minutes
    return bool(((clinics < until) & (clinics >= first - HURRY)).any())


def clinics_beside(search: Search, person: int, first: int, end: int) -> tuple[bool, bool]:
    """Whether a stay comes next after a clinic, and next before one: within NEXT_TO minutes.

    Between two clinics both hold, however long the gap.
    """
    ease, spans = search.ease, search.ask.people[person].spans
    opens, closes = int(ease.gap_starts[person, first]), int(ease.gap_ends[person, first])
    if closes <= opens:
        return False, False
    opened, closed = search.minute(opens), search.minute(closes - 1) + MARK
    clinics = spans[spans[:, 2] == CODES[Use.CLINIC]]
    before = bool(((clinics[:, 1] <= opened) & (clinics[:, 1] > opened - MARK)).any())
    after = bool(((clinics[:, 0] >= closed) & (clinics[:, 0] < closed + MARK)).any())
    if before and after:
        return True, True
    near_before = (first - opens) * MARK <= NEXT_TO
    near_after = (closes - end) * MARK <= NEXT_TO
    return before and near_before, after and near_after

"""The finder told minute by minute and order by order, with nothing in common with its own code.

A day is open from the first minute at which its clock shows `earliest` or later until the first
at which it shows `latest`, or the next day begins. Every mark is tried, and every permutation.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import permutations
from zoneinfo import ZoneInfo

from meetings.finder.shapes import Ask, Someone
from portal.worktime.packing import CODES
from portal.worktime.states import HARD

LONDON = ZoneInfo("Europe/London")
_HARD = {CODES[use] for use in HARD}


@cache
def _clock(minute: int) -> tuple[str, int, int]:
    """Day, weekday and minute of the day that London's clocks show."""
    shown = datetime.fromtimestamp(minute * 60, tz=UTC).astimezone(LONDON)
    return shown.date().isoformat(), shown.weekday(), shown.hour * 60 + shown.minute


def _open_minutes(ask: Ask) -> dict[int, str]:
    """Each minute in which people may meet, with its day."""
    first = ask.start - 26 * 60
    latest_shown: dict[str, int] = {}
    found = {}
    for minute in range(first, ask.end):
        day, weekday, clock = _clock(minute)
        latest_shown[day] = max(latest_shown.get(day, 0), clock)
        if minute < ask.start or (weekday >= 5 and not ask.weekend):
            continue
        if ask.earliest <= latest_shown[day] < ask.latest:
            found[minute] = day
    return found


def possible_starts(ask: Ask) -> list[int]:
    """Every mark from which the whole meeting lies within one open day."""
    minutes = _open_minutes(ask)
    return [
        start
        for start in range(ask.start, ask.end, 5)
        if len({minutes.get(start + n) for n in range(ask.minutes)}) == 1 and start in minutes
    ]


def taken(person: Someone) -> set[int]:
    """Every minute in which somebody cannot come."""
    return {
        minute
        for start, end, code in person.spans.tolist()
        if code in _HARD
        for minute in range(start, end)
    }


class Brute:
    """All that can be said of a question by trying."""

    def __init__(self, ask: Ask) -> None:
        self.ask, self.starts = ask, possible_starts(ask)
        self.taken = {person.key: taken(person) for person in ask.people}
        self.must = [person.key for person in ask.people if person.must]
        self.own = {
            person.key: [t for t in ask.topics if person.key in t.needs] for person in ask.people
        }

    def free(self, key: int, start: int, minutes: int) -> bool:
        return self.taken[key].isdisjoint(range(start, start + minutes))

    def whole(self) -> set[int]:
        """Starts at which all who must are free for all of it."""
        return {
            start
            for start in self.starts
            if all(self.free(key, start, self.ask.minutes) for key in self.must)
        }

    def missing_by_order(self, start: int) -> Iterator[set[int]]:
        """For each order of the topics, those who must come and cannot for all of theirs."""
        always = {
            key
            for key in self.must
            if not self.own[key] and not self.free(key, start, self.ask.minutes)
        }
        for order in permutations(self.ask.topics):
            missing, at = set(always), start
            for topic in order:
                missing |= {
                    key
                    for key in self.must
                    if key in topic.needs and not self.free(key, at, topic.minutes)
                }
                at += topic.minutes
            yield missing

    def fewest_missing(self, start: int) -> int:
        """How few of those who must come need be missing."""
        return min(len(missing) for missing in self.missing_by_order(start))

    def feasible(self) -> set[int]:
        """Starts at which all who must can be there for what is theirs, in some order."""
        return {
            start
            for start in self.starts
            if any(not missing for missing in self.missing_by_order(start))
        }

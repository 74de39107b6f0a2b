"""What the finder is asked, and what it answers. Moments are minutes since 1970, UTC, as integers.

All starts lie on MARK, and so do all lengths: then a cell of MARK minutes is either free or not,
and the search over cells is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

MARK = 5
DAY = 1440
ITEMS_AT_MOST = 8
PEOPLE_AT_MOST = 100
DAYS_AT_MOST = 400

# Shape (n, 3), int32: first minute, first minute after it, code of the use
# (portal.worktime.packing); in any order, may overlap.
Spans = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Someone:
    """Who is to come. `key` is the caller's own (a user id); `must` when it cannot be without them.

    `label` is how sentences call them ("Dr A. Example", "the GP"). `known` is whether their
    working week is known; where it is not, `spans` rest on an assumption and the answer says so.
    `burden` is what this person has given to meetings in the weeks around: minutes outside their
    gaps, by which inconvenience is spread.
    """

    key: int
    label: str
    must: bool
    spans: Spans
    known: bool = True
    burden: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """An item of the agenda: how long, and the keys of those who are needed for it.

    Somebody who must come and is named for no topic is needed for all of them.
    """

    key: int
    label: str
    minutes: int
    needs: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Ask:
    """What is looked for: between `start` and `end`, on weekdays, within London clock times.

    `earliest` and `latest` are minutes of the London day (540 is 09:00). Without `topics` it is a
    meeting of `minutes` for everybody; with topics their minutes add up to `minutes`.
    `known_until` is how far the spans of everybody reach, when that is further than `end`: only
    then can it be said what one more week would open.
    ValueError for what is not on the marks, is empty, or is more than the bounds above.
    """

    people: tuple[Someone, ...]
    minutes: int
    start: int
    end: int
    earliest: int
    latest: int
    topics: tuple[Topic, ...] = ()
    weekend: bool = False
    known_until: int | None = None

    def __post_init__(self) -> None:
        keys = [person.key for person in self.people]
        if not 1 <= len(keys) <= PEOPLE_AT_MOST or len(set(keys)) < len(keys):
            raise ValueError(f"1 to {PEOPLE_AT_MOST} people, each of them once.")
        self._check_times()
        self._check_topics(frozenset(keys))

    def _check_times(self) -> None:
        times = (self.minutes, self.start, self.end, self.earliest, self.latest)
        if any(time % MARK for time in times):
            raise ValueError(f"Times and lengths lie on marks of {MARK} minutes.")
        if not 0 <= self.earliest < self.latest <= DAY or self.minutes <= 0:
            raise ValueError("A day ends after it begins, and a meeting takes some minutes.")
        if not 0 < self.end - self.start <= DAYS_AT_MOST * DAY:
            raise ValueError(f"The search ends after it starts, within {DAYS_AT_MOST} days.")

    def _check_topics(self, keys: frozenset[int]) -> None:
        if len(self.topics) > ITEMS_AT_MOST:
            raise ValueError(f"At most {ITEMS_AT_MOST} topics.")
        if len({topic.key for topic in self.topics}) < len(self.topics):
            raise ValueError("A topic is there once.")
        if any(topic.minutes <= 0 or topic.minutes % MARK for topic in self.topics):
            raise ValueError(f"A topic takes {MARK} minutes or a multiple of them.")
        if self.topics and sum(topic.minutes for topic in self.topics) != self.minutes:
            raise ValueError("The minutes of the topics add up to those of the meeting.")
        if not all(topic.needs <= keys for topic in self.topics):
            raise ValueError("Only people who are asked can be needed for a topic.")


class Fit(StrEnum):
    """How well a slot serves: everyone for all of it, each for their own items, or most."""

    WHOLE = "whole"
    PART = "part"
    MOST = "most"


class Presence(StrEnum):
    """How one person takes part in a slot."""

    WHOLE = "whole"
    PART = "part"
    WRITING = "writing"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Attends:
    """One person in a slot: from and until when (equal where they are not there).

    `stretches` are all the times in which they are there; `start` and `end` are the first of
    them. More than one only for somebody who cannot stay between two of their topics: they
    leave and come back. All of it lies in time that is free.
    """

    key: int
    presence: Presence
    start: int
    end: int
    why: str = ""  # what stands in the way: "in clinic, free from 11:35", "on leave"
    stretches: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """One possible time, with the agenda in the order that makes it possible.

    `order` are (topic key, start). `cost` is lower where it is easier for those who come.
    `sentence` says in one sentence who comes and why this time is good; `reasons` say more.
    """

    fit: Fit
    start: int
    end: int
    attends: tuple[Attends, ...]
    order: tuple[tuple[int, int], ...]
    cost: float
    sentence: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What one person has in the way; alone, of `blocks` starts that are else possible."""

    key: int
    label: str
    blocks: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The smallest change of one kind that opens slots for everyone: "Without X: 4 more".

    `slots` counts the starts that are not possible without it; `minutes` is how much shorter,
    earlier, later or longer; `key` whom it is about, or which topic would be shorter.
    """

    kind: str  # "without", "shorter", "earlier", "later", "longer-window"
    sentence: str
    slots: int
    key: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: the best few `slots`, and how many starts there are of each kind.

    `whole` counts those at which all who must come can be there for all of it, `part` those at
    which they can be there only for their own topics. `counts` has these two again as "whole"
    and "part", and "possible": the starts within the days, whoever is free.
    """

    slots: tuple[Slot, ...]
    whole: int
    part: int
    obstacles: tuple[Obstacle, ...] = ()
    openings: tuple[Opening, ...] = ()
    unknown: tuple[str, ...] = ()  # labels of people whose week is not known
    counts: Mapping[str, int] = field(default_factory=dict)

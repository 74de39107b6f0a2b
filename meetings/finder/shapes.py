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
ITEMS_AT_MOST = 8
PEOPLE_AT_MOST = 100

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
    """One person in a slot: from and until when (equal where they are not there)."""

    key: int
    presence: Presence
    start: int
    end: int
    why: str = ""  # what stands in the way, in words: "in clinic until 11:30", "on leave"


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
    """What stands in one person's way: alone responsible for so many starts being impossible."""

    key: int
    label: str
    blocks: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The smallest change of one kind that opens slots for everyone: "Without X: 4 more"."""

    kind: str  # "without", "shorter", "earlier", "later", "longer-window"
    sentence: str
    slots: int
    key: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: `whole` and `part` count the starts of each kind, `slots` are the best few."""

    slots: tuple[Slot, ...]
    whole: int
    part: int
    obstacles: tuple[Obstacle, ...] = ()
    openings: tuple[Opening, ...] = ()
    unknown: tuple[str, ...] = ()  # labels of people whose week is not known
    counts: Mapping[str, int] = field(default_factory=dict)

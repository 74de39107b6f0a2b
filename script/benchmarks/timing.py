"""Two sides measured in turns, so that whatever else the machine does falls on both alike."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# A turn is short against the machine's moods and long against a single call.
TURN_SECONDS = 0.05
_WARM_UP = 5

Call = Callable[[], object]
# Makes ready so many calls, outside of the measured time.
Prepare = Callable[[int], Sequence[Call]]


@dataclass(frozen=True)
class Measured:
    """Calls a second of both sides, a pair for each round: (the floor's, the portal's)."""

    rounds: tuple[tuple[float, float], ...]

    @property
    def ratios(self) -> list[float]:
        """The portal's rate as a part of the floor's, for each round."""
        return [portal / floor for floor, portal in self.rounds]

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.ratios)

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest ratio of a round."""
        return min(self.ratios), max(self.ratios)

    @property
    def milliseconds(self) -> tuple[float, float]:
        """A call of (the floor, the portal): medians, on this machine as busy as it was."""
        floors, portals = zip(*self.rounds, strict=True)
        return 1000 / statistics.median(floors), 1000 / statistics.median(portals)


def interleave(
    floor: Prepare,
    portal: Prepare,
    *,
    rounds: int,
    seconds: float,
    before_round: Call = lambda: None,
) -> Measured:
    """Measure both for `seconds` in each round, in short turns; who begins changes each time."""
    sizes = _turn_size(floor), _turn_size(portal)
    turns = max(2, round(seconds / (2 * TURN_SECONDS)))
    found = []
    for _ in range(rounds):
        before_round()
        gc.collect()
        spent = [0.0, 0.0]
        for turn in range(turns):
            order = (0, 1) if turn % 2 else (1, 0)
            for side in order:
                spent[side] += _timed((floor, portal)[side](sizes[side]))
        found.append((sizes[0] * turns / spent[0], sizes[1] * turns / spent[1]))
    return Measured(tuple(found))


def _turn_size(prepare: Prepare) -> int:
    """How many calls make a turn; what is done once (imports, caches) is done here."""
    _timed(prepare(_WARM_UP))
    each = _timed(prepare(_WARM_UP)) / _WARM_UP
    return max(1, round(TURN_SECONDS / each))


def _timed(calls: Sequence[Call]) -> float:
    begun = time.perf_counter()
    for call in calls:
        call()
    return time.perf_counter() - begun

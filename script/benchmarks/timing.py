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
# Makes some calls and tells how long each of them took, in seconds.
Turn = Callable[[], list[float]]
# Makes ready a turn of so many calls, outside of the measured time.
Prepare = Callable[[int], Turn]


@dataclass(frozen=True)
class Measured:
    """A pair for each round, (the floor's, the portal's): calls a second, and seconds of processor
    time that a call took here and in PostgreSQL."""

    rounds: tuple[tuple[float, float], ...]
    work: tuple[tuple[float, float], ...] = ()

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
    def work_ratio(self) -> float | None:
        """The floor's processor time as a part of the portal's: what the ratio comes to where
        nobody else wants the processors. None where it could not be measured."""
        found = [floor / portal for floor, portal in self.work if floor and portal]
        return statistics.median(found) if found else None

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
    worked: Callable[[], float] = lambda: 0.0,
) -> Measured:
    """Measure both for `seconds` in each round, in short turns; who begins changes each time.

    A rate is that of the median call of a round: where others use the machine too, a long call
    is interrupted more often than a short one, and an average would blame it for that. `worked`
    tells the seconds of processor time that were spent so far.
    """
    sizes = _turn_size(floor), _turn_size(portal)
    turns = max(2, round(seconds / (2 * TURN_SECONDS)))
    rates, work = [], []
    for _ in range(rounds):
        before_round()
        gc.collect()
        spent: tuple[list[float], list[float]] = ([], [])
        by_side = [0.0, 0.0]
        for turn in range(turns):
            for side in (0, 1) if turn % 2 else (1, 0):
                calls, before = (floor, portal)[side](sizes[side]), worked()
                spent[side].extend(calls())
                by_side[side] += worked() - before
        rates.append((1 / statistics.median(spent[0]), 1 / statistics.median(spent[1])))
        work.append((by_side[0] / len(spent[0]), by_side[1] / len(spent[1])))
    return Measured(tuple(rates), tuple(work))


def timed(calls: Sequence[Call]) -> list[float]:
    """Make the calls, one after the other: the seconds of each."""
    found = []
    for call in calls:
        begun = time.perf_counter()
        call()
        found.append(time.perf_counter() - begun)
    return found


def _turn_size(prepare: Prepare) -> int:
    """How many calls make a turn; what is done once (imports, caches) is done here."""
    prepare(_WARM_UP)()
    return max(1, round(TURN_SECONDS / statistics.median(prepare(_WARM_UP)())))

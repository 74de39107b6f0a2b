"""Sorts the requests of a storm: by what was away meanwhile, and whether that excuses them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .blows import MAIL, REDIS, WEB, Outage
from .senders import Attempt

BOUND = 8.0  # seconds for an answer, whatever is away but the web server itself
_SETTLING = 1.0  # a new web worker takes its first requests slowly


@dataclass(frozen=True)
class Group:
    """Requests of one kind of weather. `wrong` should be none; `cut` were sent again."""

    name: str
    count: int
    cut: int
    wrong: int
    median: float
    longest: float


def sort(attempts: Iterable[Attempt], outages: Sequence[Outage]) -> list[Group]:
    """Calm, without Redis, without the mail server, and with the web server itself struck."""
    names = ("nothing was away", REDIS, MAIL, WEB)
    sorted_: dict[str, list[Attempt]] = {name: [] for name in names}
    for attempt in attempts:
        sorted_[_weather(attempt, outages)].append(attempt)
    return [_group(name, sorted_[name]) for name in names]


def _weather(attempt: Attempt, outages: Sequence[Outage]) -> str:
    """The web server's own death explains most; then Redis, of which no request may know."""
    # A connection that was cut may have been cut long before it was used again.
    since = attempt.opened if attempt.status == 0 else attempt.began - _SETTLING
    away = {
        outage.part
        for outage in outages
        if outage.touches(since if outage.part == WEB else attempt.began, attempt.ended)
    }
    return next((part for part in (WEB, REDIS, MAIL) if part in away), "nothing was away")


def _group(name: str, attempts: list[Attempt]) -> Group:
    seconds = sorted(attempt.seconds for attempt in attempts)
    cut = sum(attempt.status == 0 for attempt in attempts)
    wrong = sum(
        attempt.status not in (201, 0)
        or (name != WEB and (attempt.status == 0 or attempt.seconds > BOUND))
        for attempt in attempts
    )
    return Group(
        name=name,
        count=len(attempts),
        cut=cut,
        wrong=wrong,
        median=seconds[len(seconds) // 2] if seconds else 0.0,
        longest=seconds[-1] if seconds else 0.0,
    )

"""Sorts the requests of a storm: by what was away meanwhile, and whether that excuses them."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .blows import MAIL, REDIS, WEB, Outage
from .senders import Attempt

_BOUND = 5.0  # seconds for an answer, whatever is away but the web server itself
# A new web worker takes its first requests slowly; and the workers of a web server that was killed
# live on for a moment, answer for it, and are gone before the new ones listen.
_SETTLING = 3.0


@dataclass(frozen=True)
class Group:
    """Requests of one kind of weather. `wrong` should be none; `cut` were sent again."""

    name: str
    count: int
    cut: int
    wrong: int
    median: float
    longest: float


def bound() -> float:
    """Seconds that an answer may take now: more on a machine that has others to serve as well."""
    crowd = os.getloadavg()[0] / (os.cpu_count() or 1)
    return _BOUND * min(4.0, max(1.0, crowd))


def sort(attempts: Iterable[Attempt], outages: Sequence[Outage], longest: float) -> list[Group]:
    """Calm, without Redis, without the mail server, and with the web server itself struck.

    `longest` is how many seconds an answer may take while the web server is there.
    """
    names = ("nothing was away", REDIS, MAIL, WEB)
    sorted_: dict[str, list[Attempt]] = {name: [] for name in names}
    for attempt in attempts:
        sorted_[_weather(attempt, outages)].append(attempt)
    return [_group(name, sorted_[name], longest) for name in names]


def _weather(attempt: Attempt, outages: Sequence[Outage]) -> str:
    """The web server's own death explains most; then Redis, of which no request may know."""
    # A connection that was cut may have been cut long before it was used again.
    since = (attempt.opened if attempt.status == 0 else attempt.began) - _SETTLING
    away = {
        outage.part
        for outage in outages
        if outage.touches(since if outage.part == WEB else attempt.began, attempt.ended)
    }
    return next((part for part in (WEB, REDIS, MAIL) if part in away), "nothing was away")


def _group(name: str, attempts: list[Attempt], longest: float) -> Group:
    seconds = sorted(attempt.seconds for attempt in attempts)
    cut = sum(attempt.status == 0 for attempt in attempts)
    wrong = sum(
        attempt.status not in (*attempt.good, 0)
        or (name != WEB and (attempt.status == 0 or attempt.seconds > longest))
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

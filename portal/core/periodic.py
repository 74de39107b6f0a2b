"""Work that comes round by itself. Rooms register it; the dispatcher starts it.

There is no clock process of its own: a row for each work says when it is due, and whoever finds
it due takes it by compare-and-set, for as long as a lease. What was not finished within the lease
is taken again, and a day on which nothing ran is made up for later. So work that is registered
must be safe to do twice, even at the same moment, and must look at the state of things, never at
"since yesterday".
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection

from portal.core.clock import LONDON, london, now

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
# The row is made when the work is first heard of, so that nobody has to set anything up.
_CLAIM = """
WITH heard_of AS (
    INSERT INTO core_periodicwork (name, due_at)
    SELECT name, due_at FROM unnest(%(names)s::text[], %(firsts)s::timestamptz[])
        AS known (name, due_at)
    ON CONFLICT DO NOTHING
)
UPDATE core_periodicwork SET lease_until = %(now)s + %(lease)s
WHERE name = ANY(%(names)s) AND due_at <= %(now)s
    AND (lease_until IS NULL OR lease_until <= %(now)s)
RETURNING name
"""
_FINISH = """
UPDATE core_periodicwork SET due_at = %s, done_at = %s, lease_until = NULL WHERE name = %s
"""


@dataclass(frozen=True, slots=True)
class Work:
    """What is done every day from `at` on, by London's clocks, or always `every` so long."""

    do: Callable[[], None]
    at: time | None = None
    every: timedelta = timedelta(days=1)

    def first(self, moment: datetime) -> datetime:
        """When it is due, heard of for the first time at this moment."""
        return next_round(self.at, moment) if self.at else moment

    def again(self, done: datetime) -> datetime:
        """When it is due again, after it was done."""
        return next_round(self.at, done) if self.at else done + self.every


_registered: dict[str, Work] = {}


def register(name: str, do: Callable[[], None], *, at: time) -> None:
    """Have `do` called every day; a room does this in its `AppConfig.ready()`."""
    _registered[name] = Work(do, at)


def register_often(name: str, do: Callable[[], None], *, every: timedelta) -> None:
    """Have `do` called again when it was done `every` so long ago, and as soon as it is heard of.

    The dispatcher looks every half minute: more often than that it does not come round.
    """
    _registered[name] = Work(do, every=every)


def claim_due() -> list[str]:
    """Take all work that is due: its names. Each is given to one process at a time."""
    if not _registered:
        return []
    moment = now()
    names = sorted(_registered)
    values: dict[str, Any] = {
        "names": names,
        "firsts": [_registered[name].first(moment) for name in names],
        "now": moment,
        "lease": LEASE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        return [name for (name,) in cursor.fetchall()]


def run(name: str) -> bool:
    """Do the work now, and say when it is due again; False when it failed.

    A failure is logged and not raised: the row stays due, and is taken again after the lease.
    """
    work = _registered[name]
    extra = {"event": "periodic-work", "outcome": name}
    try:
        work.do()
    except Exception:
        logger.exception("work that comes round has failed", extra=extra)
        return False
    moment = now()
    with connection.cursor() as cursor:
        cursor.execute(_FINISH, [work.again(moment), moment, name])
    # What comes round by the minute would fill the log.
    level = logging.INFO if work.at else logging.DEBUG
    logger.log(level, "work that comes round is done", extra=extra)
    return True


def next_round(at: time, after: datetime) -> datetime:
    """The next moment at which London's clocks show `at`."""
    here = london(after)
    day = here.date() if here.time() < at else here.date() + timedelta(days=1)
    return datetime.combine(day, at, tzinfo=LONDON)

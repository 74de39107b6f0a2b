"""The dispatcher: takes what is due out of the outbox and sees that it is sent.

It hands rows to Celery's workers, and sends them itself while the broker or the workers are away.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, connection

from portal.core import periodic
from portal.notifications import claims, delivery, heartbeats
from portal.notifications.broker import Broker
from portal.notifications.claims import Claim
from portal.notifications.waking import Waker

logger = logging.getLogger(__name__)

# How often it looks whether work that comes round is due, and how long it waits at its end for
# such work that it does itself, in seconds. What is not done by then is taken up again later.
_ROUND = 30.0
_LAST_WAIT = 3.0


@dataclass(frozen=True)
class Pace:
    """How much at once, and how often.

    `most` bounds what is under a lease at any moment, `own` what is sent without a worker before
    the dispatcher looks up again. `busy` are the shortest and the longest wait where `most` was
    reached.
    """

    lease: timedelta = timedelta(seconds=60)
    poll: float = 2.0
    busy: tuple[float, float] = (0.02, 0.5)
    batch: int = 100
    most: int = 300
    chunk: int = 25
    own: int = 25


class Dispatcher:
    """One of possibly several: each row is taken by one at a time."""

    def __init__(self, broker: Broker, waker: Waker, pace: Pace | None = None) -> None:
        self.name = f"dispatcher:{socket.gethostname()}:{os.getpid()}"
        self._broker = broker
        self._waker = waker
        self._pace = pace or Pace()
        self._stopping = False
        self._next_beat = 0.0
        self._next_look = 0.0
        self._next_look_for_workers = 0.0
        self._has_workers = False
        self._busy = self._pace.busy[0]
        self._beside: threading.Thread | None = None

    def stop(self) -> None:
        """Finish the mail in hand, give back the rest, and end. Safe in a signal handler."""
        self._stopping = True
        self._waker.wake()

    def run(self) -> None:
        """Work until stopped, through restarts of PostgreSQL, the broker and the mail server."""
        trouble = 0
        while not self._stopping:
            try:
                self._beat()
                self._come_round()
                pause = self.round()
                trouble = 0
            except (DatabaseError, InterfaceError) as error:
                connection.close()
                trouble += 1
                pause = min(0.25 * 2**trouble, 10.0)
                extra = {"event": "database-away", "outcome": type(error).__name__}
                logger.warning("the database is away, trying again", extra=extra)
            if pause and not self._stopping:
                self._waker.wait(pause)
        self._goodbye()

    def round(self) -> float:
        """Take what is due and pass it on; how long to wait before the next round, in seconds."""
        alone = self._broker.resting or not self._has_workers
        batch = self._pace.own if alone else self._pace.batch
        claim = claims.claim(batch=batch, most=self._pace.most, lease=self._pace.lease)
        again = False
        if alone:
            again = self._send(claim)
        elif left := self._hand_over(claim):
            again = self._send(claims.take_over(left, claim.token, self._pace.lease))
        return 0.0 if again else self._pause(claim, batch)

    def _pause(self, claim: Claim, batch: int) -> float:
        if not claim.full:
            return self._pace.poll
        if len(claim.ids) == batch:
            return 0.0
        shortest, longest = self._pace.busy
        self._busy = shortest if claim.ids else min(self._busy * 2, longest)
        return self._busy

    def _hand_over(self, claim: Claim) -> list[int]:
        """Give the rows to workers in small portions; those that could not be given."""
        portions = _portions(claim.ids, self._pace.chunk)
        for place, ids in enumerate(portions):
            if not self._broker.hand_over(ids, claim.token):
                return [pk for rest in portions[place:] for pk in rest]
        return []

    def _send(self, claim: Claim) -> bool:
        """Send some without a worker; whether others were given back and are due at once."""
        if not claim.ids:
            return False
        mine, others = claim.ids[: self._pace.own], claim.ids[self._pace.own :]
        if others:
            claims.give_back(others, claim.token)
        tried = delivery.deliver(mine, claim.token, stop=self._look_up)
        return bool(others) or tried < len(mine)

    def _look_up(self) -> bool:
        self._beat()
        return self._stopping

    def _beat(self) -> None:
        now = time.monotonic()
        if now >= self._next_beat:
            heartbeats.beat(self.name)
            self._next_beat = now + heartbeats.EVERY
            self._next_look_for_workers = now
        if now >= self._next_look_for_workers:
            self._has_workers = heartbeats.is_alive("worker")
            pause = heartbeats.EVERY if self._has_workers else heartbeats.LOOK_AGAIN
            self._next_look_for_workers = now + pause

    def _come_round(self) -> None:
        """Start what is due (portal/core/periodic.py); without workers it is done beside this."""
        if time.monotonic() < self._next_look or (self._beside and self._beside.is_alive()):
            return
        self._next_look = time.monotonic() + _ROUND
        mine = [
            name
            for name in periodic.claim_due()
            if not (self._has_workers and self._broker.start(name))
        ]
        if mine:
            # Not in the loop: mails and signs of life do not wait for it.
            self._beside = threading.Thread(target=_do, args=(mine,), name="periodic", daemon=True)
            self._beside.start()

    def _goodbye(self) -> None:
        if self._beside:
            self._beside.join(_LAST_WAIT)
        try:
            heartbeats.end(self.name)
        except (DatabaseError, InterfaceError):
            logger.warning("no goodbye could be said", extra={"event": "database-away"})
        self._broker.close()
        connection.close()


def _do(names: Sequence[str]) -> None:
    """Work that comes round, one after the other, on a connection of this thread's own."""
    try:
        for name in names:
            periodic.run(name)
    except (DatabaseError, InterfaceError) as error:
        extra = {"event": "database-away", "outcome": type(error).__name__}
        logger.warning("work that comes round will be taken up again", extra=extra)
    finally:
        connection.close()


def _portions(ids: Sequence[int], largest: int) -> list[Sequence[int]]:
    """Spread over about four processes, so that a handful does not queue up behind one."""
    size = max(1, min(largest, len(ids) // 4))
    return [ids[start : start + size] for start in range(0, len(ids), size)]

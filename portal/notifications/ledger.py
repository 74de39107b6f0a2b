"""Writes down what became of mails: a few at a time, because a commit costs as much as a mail."""

import logging
import time
import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from types import TracebackType

from portal.core.request_ids import working_on
from portal.notifications import claims
from portal.notifications.claims import Outcome
from portal.notifications.models import Notification
from portal.notifications.states import FAILURE_NAMES

logger = logging.getLogger(__name__)

# What would be sent again if the process were killed: no more mails than this, none older.
MOST_UNWRITTEN = 10
LONGEST_UNWRITTEN = 0.25


@dataclass(frozen=True)
class _Entry:
    row: Notification
    outcome: Outcome
    seconds: float
    at: float


class Ledger:
    """`with Ledger(token) as ledger:` writes the rest at the end, also of a block that failed."""

    def __init__(self, token: uuid.UUID) -> None:
        self._token = token
        self._entries: list[_Entry] = []

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.write()

    def note(self, row: Notification, outcome: Outcome, seconds: float = 0.0) -> None:
        """What became of the row, after so many seconds; written when there is enough."""
        self._entries.append(_Entry(row, outcome, seconds, time.monotonic()))
        if len(self._entries) >= MOST_UNWRITTEN or self.is_due:
            self.write()

    @property
    def is_due(self) -> bool:
        """Whether the oldest entry has waited long enough."""
        oldest = self._entries[0].at if self._entries else time.monotonic()
        return time.monotonic() - oldest >= LONGEST_UNWRITTEN

    def write(self) -> None:
        """Write all that was noted, and one line each to the log."""
        entries, self._entries = self._entries, []
        at = time.monotonic()
        outcomes = [replace(e.outcome, ago=timedelta(seconds=at - e.at)) for e in entries]
        kept = claims.finish(outcomes, self._token)
        for entry in entries:
            _log(entry, ours=entry.row.pk in kept)


def _log(entry: _Entry, *, ours: bool) -> None:
    outcome = entry.outcome.failure or entry.outcome.state.value
    failed = entry.outcome.failure in FAILURE_NAMES
    with working_on(entry.row.request_id):
        logger.log(
            logging.WARNING if failed or not ours else logging.INFO,
            "notification %d",
            entry.row.pk,
            extra={
                "kind": entry.row.kind,
                "attempt": entry.row.attempts,
                "outcome": outcome if ours else f"{outcome}, but the lease had run out",
                "seconds": round(entry.seconds, 3),
            },
        )

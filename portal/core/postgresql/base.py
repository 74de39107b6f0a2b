"""Django's connection to PostgreSQL, which asks whether it still works where that is in doubt.

Django sends a `SELECT 1` before the first statement of every request: one trip in five of a short
answer. A PostgreSQL that has gone away tells the kernel so, and that is asked here instead.
"""

import select
import time
from typing import Any

from django.db.backends.postgresql import base

# From here on PostgreSQL itself is asked: a network may forget a connection and tell nobody.
RESTED_SECONDS = 30


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own but for when it checks a connection that is used again."""

    health_check_done: bool
    health_check_enabled: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._heard_at = 0.0

    def close_if_unusable_or_obsolete(self) -> None:
        """As Django has it, at the beginning and at the end of a request."""
        if self.health_check_done:
            self._heard_at = time.monotonic()  # it has been used since the last time
        super().close_if_unusable_or_obsolete()

    def close_if_health_check_failed(self) -> None:
        """Open it anew where it does not work any more; asked before a request's first use."""
        if self.health_check_enabled and not self.health_check_done and self._is_quiet():
            self.health_check_done = True
        super().close_if_health_check_failed()

    def _is_quiet(self) -> bool:
        """Whether it was used a moment ago and nothing has come since: neither an end nor a word.

        Where PostgreSQL stops, or ends this one connection, there is something to read.
        """
        if self.connection is None or time.monotonic() - self._heard_at >= RESTED_SECONDS:
            return False
        if self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0)

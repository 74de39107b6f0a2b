"""How a worker waits for a broker that is away: patiently, and for a few seconds at a time."""

from functools import partial
from typing import Any

from celery.worker import consumer

FIRST_WAIT, LONGEST_WAIT = 0.5, 3.0


class Consumer(consumer.Consumer):
    """Celery's own, which would wait for up to half a minute between two attempts."""

    def ensure_connected(self, conn: Any) -> Any:
        """The connection, once the broker is there."""
        conn.ensure_connection = partial(
            conn.ensure_connection,
            interval_start=FIRST_WAIT,
            interval_step=FIRST_WAIT,
            interval_max=LONGEST_WAIT,
        )
        return super().ensure_connected(conn)

"""Sleeps until PostgreSQL says that the outbox has something, or until a time is up."""

import logging
import os
import select
import time
from contextlib import suppress

import psycopg2
from django.db import connection
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

logger = logging.getLogger(__name__)

CHANNEL = "outbox"
# A listener that never writes would not notice for hours that the other side has gone.
_KEEPALIVES = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


class Waker:
    """Listens on a connection of its own; without one it just sleeps, and tries again later."""

    def __init__(self, retry_every: float = 5.0) -> None:
        self._line: psycopg2.extensions.connection | None = None
        self._retry_every = retry_every
        self._next_try = 0.0
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)

    def wake(self) -> None:
        """End the sleep at once. Safe in a signal handler."""
        with suppress(BlockingIOError):  # it is full of calls to wake up already
            os.write(self._write, b"!")

    def wait(self, seconds: float) -> None:
        """Sleep for at most `seconds`; calls that came before it began end it as well."""
        line = self._listening()
        watched: list[object] = [self._read] if line is None else [self._read, line]
        try:
            ready, _, _ = select.select(watched, [], [], max(0.0, seconds))
            if line is not None and line in ready:
                line.poll()
                line.notifies.clear()
        except psycopg2.Error:
            self._lose()
        else:
            if self._read in ready:
                os.read(self._read, 4096)

    def _listening(self) -> "psycopg2.extensions.connection | None":
        if self._line is None and time.monotonic() >= self._next_try:
            try:
                parameters = {**_KEEPALIVES, **connection.get_connection_params()}
                self._line = psycopg2.connect(**parameters)
                self._line.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
                with self._line.cursor() as cursor:
                    cursor.execute(f"LISTEN {CHANNEL}")
            except psycopg2.Error:
                self._lose()
        return self._line

    def _lose(self) -> None:
        logger.warning("not listening to the outbox", extra={"event": "listener-lost"})
        if self._line is not None:
            self._line.close()
            self._line = None
        self._next_try = time.monotonic() + self._retry_every

    def close(self) -> None:
        """Let go of the connection and the pipe."""
        if self._line is not None:
            self._line.close()
            self._line = None
        os.close(self._read)
        os.close(self._write)

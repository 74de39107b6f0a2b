"""Signs of life of worker and dispatcher. Plain SQL: it is needed before apps are loaded."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError, InterfaceError, connection

logger = logging.getLogger(__name__)

EVERY = 5.0
ALIVE_WITHIN = 30.0
# While a worker is away from its broker, or a dispatcher without workers: how often it is looked
# whether that is over. Until then all mails go one after the other.
LOOK_AGAIN = 0.5


def beat(name: str) -> None:
    """Say that the process is at work, and forget those that have been silent for a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM notifications_heartbeat"
            " WHERE at < statement_timestamp() - interval '1 day' AND name <> %(name)s)"
            " INSERT INTO notifications_heartbeat (name, at)"
            " VALUES (%(name)s, statement_timestamp())"
            " ON CONFLICT (name) DO UPDATE SET at = excluded.at",
            {"name": name},
        )


def ages() -> dict[str, float]:
    """Seconds since the newest sign of life of each kind of process ("worker", "dispatcher")."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT split_part(name, ':', 1),"
            " extract(epoch FROM statement_timestamp() - max(at))::float8"
            " FROM notifications_heartbeat GROUP BY 1"
        )
        return dict(cursor.fetchall())


def is_alive(kind: str) -> bool:
    """Whether any process of the kind has given a sign of life lately."""
    return ages().get(kind, ALIVE_WITHIN) < ALIVE_WITHIN


def end(name: str) -> None:
    """Say goodbye, so that nobody waits for the silence to grow long."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM notifications_heartbeat WHERE name = %s", [name])


def _always() -> bool:
    return True


class Pulse:
    """Beats from a thread of its own, on a connection that is closed after every beat.

    Where `at_work` says no, it takes its last sign of life back: the process lives, but does
    nothing. It says so once, and looks often whether that is over.
    """

    def __init__(
        self, name: str, every: float = EVERY, at_work: Callable[[], bool] = _always
    ) -> None:
        self._name = name
        self._every = every
        self._at_work = at_work
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pulse", daemon=True)

    def start(self) -> None:
        """Begin; a second call does nothing."""
        if not self._thread.is_alive() and not self._stopped.is_set():
            self._thread.start()

    def stop(self) -> None:
        """End, with a goodbye."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=self._every)

    def _run(self) -> None:
        taken_back = False
        while True:
            at_work = self._at_work()
            try:
                if at_work:
                    beat(self._name)
                elif not taken_back:
                    end(self._name)
                taken_back = not at_work
            except (DatabaseError, InterfaceError):
                logger.warning("no sign of life could be given", extra={"event": "pulse"})
            finally:
                connection.close()
            if self._stopped.wait(self._every if at_work else min(self._every, LOOK_AGAIN)):
                break
        with suppress(DatabaseError, InterfaceError):
            end(self._name)
        connection.close()

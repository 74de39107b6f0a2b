"""Whether the process is alive, and whether every part of the portal is at work.

The one place where the web process speaks to Redis: never on a reader's request, with a time
limit of a second, and at most once in two seconds however often it is asked.
"""

import threading
import time
from dataclasses import asdict, dataclass
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from portal.notifications import heartbeats, queries
from portal.notifications.broker import answers

KEPT_FOR = 2.0
# A mail that waits for longer means trouble, even when every process looks well.
LONGEST_WAIT = 300


@dataclass(frozen=True)
class Readiness:
    """What /readyz says: each part is ok or down; unknown where the database would have to tell.

    Failed mails are counted (up to 1,000) and are no reason to say degraded: they wait for
    whoever looks after them, and a single wrong address would hide every other trouble.
    """

    status: str
    database: str
    migrations: str
    broker: str
    worker: str
    dispatcher: str
    oldest_unsent_seconds: int | None
    failed_mails: int | None = 0


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive: asks nothing of anybody."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Every part in turn. 503 only where the database or a migration is missing."""
    found = _kept.get()
    return JsonResponse(asdict(found), status=503 if found.status == "down" else 200)


def look() -> Readiness:
    """Ask every part now."""
    broker = _word(answers(settings.REDIS_URL))
    try:
        missing = _needed() - set(MigrationRecorder(connection).applied_migrations())
        if missing:
            return _down("missing", broker)
        ages, unsent = heartbeats.ages(), queries.oldest_unsent_seconds()
        failed = queries.failures()
    except (DatabaseError, InterfaceError):
        connection.close()
        return _down("unknown", broker, database="down")
    alive = {
        name: _word(ages.get(name, heartbeats.ALIVE_WITHIN) < heartbeats.ALIVE_WITHIN)
        for name in ("worker", "dispatcher")
    }
    well = broker == "ok" and set(alive.values()) == {"ok"} and unsent <= LONGEST_WAIT
    return Readiness(
        status="ok" if well else "degraded",
        database="ok",
        migrations="ok",
        broker=broker,
        oldest_unsent_seconds=unsent,
        failed_mails=failed,
        **alive,
    )


def _word(well: bool) -> str:
    return "ok" if well else "down"


def _down(migrations: str, broker: str, database: str = "ok") -> Readiness:
    return Readiness(
        status="down",
        database=database,
        migrations=migrations,
        broker=broker,
        worker="unknown",
        dispatcher="unknown",
        oldest_unsent_seconds=None,
        failed_mails=None,
    )


@lru_cache(maxsize=1)
def _needed() -> frozenset[tuple[str, str]]:
    """The migrations of this release; they do not change while it runs."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


class _Kept:
    """The last answer for two seconds. While one thread asks, the others get the one before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: Readiness | None = None
        self._until = 0.0

    def get(self) -> Readiness:
        found = self._found
        if found is not None and time.monotonic() < self._until:
            return found
        if not self._lock.acquire(blocking=found is None):
            return found or look()
        try:
            if self._found is None or time.monotonic() >= self._until:
                self._found = look()
                self._until = time.monotonic() + KEPT_FOR
            return self._found
        finally:
            self._lock.release()


_kept = _Kept()

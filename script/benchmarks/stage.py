"""The processes that deliver mail, as the demonstration runs them, with a broker of their own."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import redis
from django.db import connection

from portal.notifications import heartbeats
from tests.processes import OwnRedis, Running, dispatcher, own_redis, running

CONCURRENCY = 2  # as the demonstration and Compose have it
# The dispatcher's messages, and those that wait to be let go all at once.
QUEUE, HELD = "portal", "portal-held"


@dataclass
class Stage:
    """A broker that can be stopped, a worker and a dispatcher; the mail server is the run's."""

    folder: Path
    environment: dict[str, str]
    broker: OwnRedis
    worker: Running
    dispatcher: Running
    _stack: ExitStack

    def at_work(self) -> None:
        """Wait until everybody has given a sign of life and what is handed over is taken."""
        wait(lambda: heartbeats.is_alive("worker") and heartbeats.is_alive("dispatcher"), 60)

    def keep_going(self) -> None:
        """Start a worker again that has gone down with its broker, as the supervisor does."""
        if self.worker.process.poll() is not None:
            self.worker = self._stack.enter_context(_worker(self.folder, self.environment))

    def redis(self) -> "redis.Redis":
        """A connection to the broker."""
        return redis.Redis(unix_socket_path=str(self.folder / "redis.sock"))


@contextmanager
def stage(given: Mapping[str, str] | None = None) -> Iterator[Stage]:
    """All of it, at work; `given` is the environment, where it is not this process's own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="cg-", dir="/tmp")))
        broker = stack.enter_context(own_redis(folder))
        environment = {**(given or os.environ), "REDIS_URL": broker.url, "PYTHONUNBUFFERED": "1"}
        # INFO as for real: a line for each mail is part of the work.
        environment["PORTAL_LOG_LEVEL"] = "INFO"
        first = stack.enter_context(_worker(folder, environment))
        program = stack.enter_context(dispatcher(folder, environment))
        found = Stage(folder, environment, broker, first, program, stack)
        found.at_work()
        yield found


@contextmanager
def _worker(folder: Path, environment: dict[str, str]) -> Iterator[Running]:
    """As tests/processes.py has it, with the no-op task that the portal has no use for."""
    argv: list[str | Path] = [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "-A",
        "script.benchmarks.worker",
        "worker",
    ]
    argv += ["--pool", "prefork", "--concurrency", str(CONCURRENCY), "--hostname", "bench@bench"]
    argv += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    with running("worker", argv, environment, folder, "ready.") as program:
        yield program


def wait(answer: Callable[[], object], within: float, every: float = 0.02) -> float:
    """Wait until something is true; how long that took. Raises TimeoutError."""
    began = time.monotonic()
    while not answer():
        if time.monotonic() - began > within:
            raise TimeoutError(f"not within {within:.0f} seconds")
        time.sleep(every)
    return time.monotonic() - began


def unsent() -> int:
    """How many mails are still to be sent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM notifications_notification WHERE state IN ('queued', 'claimed')"
        )
        return int(cursor.fetchone()[0])

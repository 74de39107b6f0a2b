"""The portal's real processes against the test database: Redis, worker and dispatcher.

    with MailServer() as mail, own_redis(folder) as broker:
        environment = portal_environment(redis=broker.url, smtp=mail.url)
        with worker(folder, environment), dispatcher(folder, environment):
            ...

Whoever uses them needs `django_db(transaction=True)`: other processes see what is committed.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from portal.embedded import redis_program
from portal.embedded.processes import Command, end_session, spawn
from tests.mail_server import MailServer

__all__ = [
    "MailServer",
    "OwnRedis",
    "Running",
    "database_url",
    "dispatcher",
    "own_redis",
    "portal_environment",
    "running",
    "wait_until",
    "worker",
]

CHECKOUT = Path(__file__).resolve().parents[1]


def wait_until(answer: Callable[[], object], what: str, within: float = 15.0) -> None:
    """Wait for something to become true; fail in words when it does not."""
    limit = time.monotonic() + within
    while not answer():
        if time.monotonic() > limit:
            pytest.fail(f"{what}: not within {within:.0f} seconds")
        time.sleep(0.02)


@dataclass
class Running:
    """A process that a test started, with all that it forked."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def said(self, words: str) -> bool:
        """Whether its log has the words."""
        return words in self.log.read_text(errors="replace")

    def pause(self) -> None:
        """Hang: it keeps its connections and answers nobody."""
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        """Go on."""
        self._send(signal.SIGCONT)

    def kill(self) -> None:
        """`kill -9` of it and of all that it forked."""
        end_session(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    def stop(self) -> int:
        """Ask it to stop; its exit status."""
        if self.process.poll() is None:
            self.resume()
            self._send(signal.SIGTERM)
        try:
            return self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.kill()
            pytest.fail(f"{self.name} did not stop within 15 seconds")

    def _send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)


@contextmanager
def running(
    name: str, argv: Sequence[str | Path], environment: dict[str, str], folder: Path, ready: str
) -> Iterator[Running]:
    """Start a program, wait until its log has the words `ready`, and stop it at the end."""
    log = folder / f"{name}-{time.monotonic_ns()}.log"
    process = spawn(
        Command(
            name=name,
            argv=list(argv),
            env=environment,
            log=log,
            cwd=CHECKOUT,
            death_signal=signal.SIGKILL,
        )
    )
    program = Running(name, process, log)
    try:
        wait_until(lambda: program.said(ready) or process.poll() is not None, f"{name} starts", 60)
        if process.poll() is not None:
            pytest.fail(f"{name} did not start:\n{log.read_text(errors='replace')[-2000:]}")
        yield program
    finally:
        program.stop()
        end_session(process.pid, signal.SIGKILL)


def portal_environment(*, redis: str, smtp: str, **more: str) -> dict[str, str]:
    """The environment of a process of the portal on the database of this test run."""
    return {
        **os.environ,
        "PORTAL_MODE": "test",
        "DATABASE_URL": database_url(),
        "REDIS_URL": redis,
        "PORTAL_SMTP_URL": smtp,
        "PORTAL_SECRET_KEY": settings.SECRET_KEY,
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def database_url() -> str:
    """The address of the test database, which has another name than the one in DATABASE_URL."""
    given = connection.settings_dict
    if not given["NAME"].startswith(given["TEST"]["NAME"]):
        # pytest-django makes one only when a test asks for it by mark or by the fixture `db`.
        pytest.fail(f"This would run on {given['NAME']}, which is not a database for tests.")
    user, password = quote(given["USER"], safe=""), quote(given["PASSWORD"] or "", safe="")
    who = f"{user}:{password}@" if password else f"{user}@" if user else ""
    port = f":{given['PORT']}" if given["PORT"] else ""
    host = quote(given["HOST"] or "", safe="")
    return f"postgresql://{who}{host}{port}/{quote(given['NAME'], safe='')}"


# --- Redis ---
@dataclass
class OwnRedis:
    """A Redis that belongs to one test, so that it can be hung and killed."""

    folder: Path
    running: Running | None = None
    _context: "AbstractContextManager[Running] | None" = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis+socket://{self.folder}/redis.sock"

    def start(self) -> None:
        """Start it, again after it was killed."""
        program = redis_program.find(os.environ)
        argv: list[str | Path] = [
            program,
            "--port",
            "0",
            "--unixsocket",
            self.folder / "redis.sock",
        ]
        argv += ["--save", "", "--appendonly", "no", "--dir", self.folder]
        self._context = running(
            "redis", argv, {"LC_ALL": "C"}, self.folder, "ready to accept connections"
        )
        self.running = self._context.__enter__()

    def kill(self) -> None:
        """`kill -9`: what it held is gone."""
        assert self.running is not None
        self.running.kill()

    def close(self) -> None:
        """Stop it if it runs."""
        if self._context is not None:
            self._context.__exit__(None, None, None)
            self._context = None


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    """A Redis in a folder whose path is short enough for a socket."""
    broker = OwnRedis(folder)
    broker.start()
    try:
        yield broker
    finally:
        broker.close()


# --- worker and dispatcher ---
@contextmanager
def worker(folder: Path, environment: dict[str, str], concurrency: int = 2) -> Iterator[Running]:
    """A Celery worker that is ready for work."""
    argv = [sys.executable, "-m", "celery", "--quiet", "-A", "portal", "worker"]
    argv += ["--concurrency", str(concurrency), "--hostname", f"{time.monotonic_ns()}@test"]
    argv += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    with running("worker", argv, environment, folder, "ready.") as program:
        yield program


@contextmanager
def dispatcher(folder: Path, environment: dict[str, str], lease: float = 60.0) -> Iterator[Running]:
    """The dispatcher."""
    argv: list[str | Path] = [
        sys.executable,
        CHECKOUT / "manage.py",
        "dispatch",
        "--lease",
        str(lease),
    ]
    with running("dispatcher", argv, environment, folder, "dispatcher started") as program:
        yield program

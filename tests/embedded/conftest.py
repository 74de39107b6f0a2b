"""Programs started and looked at from outside, as the person at the terminal would."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg2
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


def wait_until(answer: Callable[[], object], within: float = 15.0) -> None:
    """Wait for something to become true; fail when it does not."""
    limit = time.monotonic() + within
    while not answer():
        if time.monotonic() > limit:
            pytest.fail(f"not true within {within} seconds")
        time.sleep(0.05)


@dataclass
class Program:
    """A program under test and all that descended from it."""

    process: "subprocess.Popen[str]"
    told: dict[str, str] = field(default_factory=dict)
    family: list[psutil.Process] = field(default_factory=list)

    def look(self) -> list[psutil.Process]:
        """Remember who descends from the program now."""
        self.family = psutil.Process(self.process.pid).children(recursive=True)
        return self.family

    @property
    def worker(self) -> int:
        """The process inside the guard."""
        return int(self.told["worker"])

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal to the program itself and wait for its exit status."""
        self.process.send_signal(number)
        return self.process.wait(timeout=30)

    def left(self, within: float = 8.0) -> list[psutil.Process]:
        """Who of the remembered descendants is still alive after a while."""
        _, alive = psutil.wait_procs(self.family, timeout=within)
        return [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]


def clean_environment() -> dict[str, str]:
    """Our environment, without a portal's addresses and settings."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("PORTAL_") and key not in {"DATABASE_URL", "REDIS_URL"}
    }
    return {**kept, "PYTHONPATH": str(CHECKOUT)}


class Starter:
    """Starts programs, and ends whatever a failed test has left of them."""

    def __init__(self) -> None:
        """Begin with none."""
        self._programs: list[Program] = []

    def __call__(self, *arguments: object, argv: list[str] | None = None, **more: str) -> Program:
        """Start `row.py` (or another command) and read the line it prints when ready."""
        row = [sys.executable, str(CHECKOUT / "tests/embedded/row.py")]
        process = subprocess.Popen(
            [*(argv or row), *map(str, arguments)],
            env=clean_environment() | more,
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        program = Program(process)
        self._programs.append(program)
        line = process.stdout.readline() if process.stdout else ""
        if line.startswith("{"):
            program.told = json.loads(line)
            program.look()
        return program

    def close(self) -> None:
        """End all that is left."""
        for program in self._programs:
            for one in [*program.family, program.process]:
                with suppress(psutil.NoSuchProcess, ProcessLookupError):
                    one.kill()
            program.process.communicate()


def _roomy() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="cg-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def roomy() -> Iterator[Path]:
    """A short-named temporary folder that PostgreSQL's user can pass; pytest's own is closed."""
    yield from _roomy()


@pytest.fixture
def environment() -> dict[str, str]:
    """The environment for a program."""
    return clean_environment()


@pytest.fixture
def start() -> Iterator[Starter]:
    """Start programs, see `Starter`."""
    starter = Starter()
    yield starter
    starter.close()


@pytest.fixture(scope="session")
def servers() -> Iterator[Program]:
    """PostgreSQL, Redis and mail server for all tests that leave them as they were."""
    starter = Starter()
    for folder in _roomy():
        program = starter("servers", folder / "state")
        program.told["state"] = str(folder / "state")
        yield program
        program.end()
        starter.close()


@pytest.fixture
def source(db: None) -> str:
    """The cast with something going on between them, in the database of this test run."""
    # Only here: the other tests of this folder need neither Django nor a cast.
    from django.contrib.auth.hashers import ScryptPasswordHasher

    from portal.accounts.models import User
    from referrals.actions.claim import claim
    from referrals.models import Referral
    from tests.cast import PASSWORD, make_cast
    from tests.conftest import send
    from tests.processes import database_url

    cast = make_cast()
    User.objects.update(password=ScryptPasswordHasher().encode(PASSWORD, "salt-of-the-tests"))
    for _ in range(6):
        send(cast)
    for referral in Referral.objects.order_by("pk")[:4]:
        claim(by=cast.reader("sam"), reference=referral.reference)
    return database_url()


@pytest.fixture
def empty(source: str) -> Iterator[str]:
    """A second database on the same server, whose owner has no further rights, as in Compose."""
    server, _, name = source.rpartition("/")
    other = f"{name}_restored"
    with closing(psycopg2.connect(f"{server}/postgres")) as line:
        line.autocommit = True
        with line.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{other}" WITH (FORCE)')
            cursor.execute(f'DROP ROLE IF EXISTS "{other}"')
            cursor.execute(f'CREATE ROLE "{other}" LOGIN')
            cursor.execute(f'CREATE DATABASE "{other}" OWNER "{other}"')
            yield f"{server.replace('//portal@', f'//{other}@')}/{other}"
            cursor.execute(f'DROP DATABASE "{other}" WITH (FORCE)')
            cursor.execute(f'DROP ROLE "{other}"')

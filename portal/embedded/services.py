"""What the portal needs around it: PostgreSQL, Redis and a mail server, own or given by address."""

import socket
import sys
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import psycopg2

from portal.embedded import mailserver, postgres, redis_server
from portal.embedded.errors import CannotStart
from portal.embedded.processes import Command
from portal.embedded.state import CHECKOUT, StateFolder
from portal.embedded.supervisor import Supervisor


def bring_up(
    supervisor: Supervisor,
    state: StateFolder,
    environ: Mapping[str, str],
    *,
    lasting: bool = True,
    tell: Callable[[str], None] = lambda sentence: None,
) -> dict[str, str]:
    """Start what has no address in `environ`; the three addresses, as environment variables."""
    return {
        "DATABASE_URL": environ.get("DATABASE_URL")
        or _own_postgres(supervisor, state, lasting=lasting, tell=tell),
        "REDIS_URL": environ.get("REDIS_URL") or _own_redis(supervisor, state, environ, tell),
        "PORTAL_SMTP_URL": environ.get("PORTAL_SMTP_URL")
        or _own_mailserver(supervisor, state, environ, tell),
    }


def _own_postgres(
    supervisor: Supervisor,
    state: StateFolder,
    *,
    lasting: bool,
    tell: Callable[[str], None],
) -> str:
    cluster = postgres.prepare(state, lasting=lasting)
    tell("Starting PostgreSQL" if cluster.data.exists() else "Making a new PostgreSQL")
    postgres.make_if_missing(cluster, supervisor.run_or_refuse)
    supervisor.start(cluster.server())
    cluster.create_database()
    return cluster.url()


def _own_redis(
    supervisor: Supervisor,
    state: StateFolder,
    environ: Mapping[str, str],
    tell: Callable[[str], None],
) -> str:
    tell("Starting Redis")
    supervisor.start(redis_server.command(state, environ))
    return redis_server.url(state)


def _own_mailserver(
    supervisor: Supervisor,
    state: StateFolder,
    environ: Mapping[str, str],
    tell: Callable[[str], None],
) -> str:
    tell("Starting the mail server")
    listener = mailserver.listen()  # ours, so that the port stays when the server is restarted
    port: int = listener.getsockname()[1]
    supervisor.start(mail_command(state, environ, listener.detach(), port))
    return f"smtp://127.0.0.1:{port}"


def mail_command(
    state: StateFolder, environ: Mapping[str, str], descriptor: int, port: int
) -> Command:
    """The command that runs the mail server on a socket that already listens."""
    return Command(
        name="The mail server",
        argv=[
            *(sys.executable, "-m", "portal.embedded.mailserver"),
            *("--folder", state.mail, "--fd", str(descriptor)),
        ],
        env={**environ, "PYTHONUNBUFFERED": "1"},
        cwd=CHECKOUT,
        log=state.logs / "mailserver.log",
        pass_fds=[descriptor],
        ready=lambda: mailserver.greets(port),
        ready_within=20,
    )


def check_database(url: str) -> None:
    """Refuse an address of somebody else's PostgreSQL that does not answer."""
    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except (psycopg2.Error, UnicodeError) as error:
        reason = str(error).strip().splitlines()
        raise CannotStart(
            f"The database of DATABASE_URL does not answer ({reason[0] if reason else error}): "
            "correct it, or unset it to use the portal's own PostgreSQL."
        ) from error


def check_broker(url: str) -> None:
    """Refuse an address of somebody else's Redis where nothing listens."""
    parts = urlsplit(url)
    try:
        if parts.scheme in {"unix", "redis+socket"}:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(5)
                probe.connect(parts.path)
        else:
            address = (parts.hostname or "127.0.0.1", parts.port or 6379)
            socket.create_connection(address, timeout=5).close()
    except (OSError, ValueError) as error:
        raise CannotStart(
            f"The Redis of REDIS_URL does not answer ({error}): "
            "correct it, or unset it to use the portal's own Redis."
        ) from error

"""A PostgreSQL of our own: initdb and postgres as foreground children, reached by a socket only."""

import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg2

from portal.embedded.binaries import MAJOR, usable
from portal.embedded.errors import CannotStart, told_clearly
from portal.embedded.processes import Command
from portal.embedded.state import StateFolder
from portal.embedded.users import ServerUser, can_reach, give_to, server_user

ROLE = DATABASE = "portal"
_MOST_CONNECTIONS = 200
_PASSING = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
# Statements and the values in them stay out of the log: they can name a person.
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": str(_MOST_CONNECTIONS),
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}


@dataclass(frozen=True)
class Cluster:
    """Where a PostgreSQL lives, which programs run it, and as whom."""

    programs: Path
    data: Path
    socket_folder: Path
    user: ServerUser | None
    log: Path
    lasting: bool = True

    def url(self, database: str = DATABASE) -> str:
        """The address of a database for psycopg2 and Django."""
        return f"postgresql://{ROLE}@{quote(str(self.socket_folder), safe='')}/{database}"

    def server(self) -> Command:
        """The command that runs the server in the foreground."""
        settings = _SETTINGS | ({} if self.lasting else _PASSING)
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return Command(
            name="PostgreSQL",
            argv=[
                *(self.programs / "postgres", "-D", self.data, "-k", self.socket_folder),
                *options,
            ],
            env=_environment(),
            log=self.log,
            user=self.user,
            stop_signal=signal.SIGINT,  # ends the connections; SIGTERM would wait for them
            death_signal=signal.SIGQUIT,  # ends at once; the next start replays the journal
            stop_within=30,
            ready=self.is_ready,
        )

    def maker(self, target: Path) -> Command:
        """The command that makes a new cluster in the folder `target`."""
        return Command(
            name="initdb",
            argv=[
                *(self.programs / "initdb", "-D", target, "-U", ROLE, "--auth=trust"),
                *("--encoding=UTF8", "--locale=C"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *([] if self.lasting else ["--no-sync"]),
            ],
            env=_environment(),
            log=self.log,
            user=self.user,
        )

    def is_ready(self) -> bool:
        """Whether the server takes connections."""
        try:
            psycopg2.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def create_database(self) -> None:
        """Create the portal's database in the running server, unless it is there."""
        connection = psycopg2.connect(self.url("postgres"), connect_timeout=5)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            connection.close()


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def prepare(state: StateFolder, *, lasting: bool = True) -> Cluster:
    """The folders of the state folder's own PostgreSQL; nothing is started.

    With `lasting` False the data may be lost by a crash: for tests.
    """
    user = server_user()
    home = state.database_home(user)
    with told_clearly(home):
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711 if user else 0o700)
        if not can_reach(home, user):
            raise CannotStart(
                f"PostgreSQL runs as the user 'nobody', who cannot pass to {home}: "
                "open its parent folders to others (chmod o+x)."
            )
        if (home / "data").exists():
            _refuse_other_owner(home / "data", user)
            refuse_other_major(home / "data", state.root)
        return Cluster(
            programs=usable(home, user),
            data=home / "data",
            socket_folder=state.run_folder("postgres", user),
            user=user,
            log=state.logs / "postgres.log",
            lasting=lasting,
        )


def _refuse_other_owner(data: Path, user: ServerUser | None) -> None:
    owner = data.stat().st_uid
    if owner != (user.uid if user else os.geteuid()):
        raise CannotStart(
            f"{data} belongs to another user (number {owner}): start as that user (as root where "
            "it is 'nobody'), or name another folder with --state-dir."
        )


def major_of(data: Path) -> str:
    """The PostgreSQL major that a data folder was made by."""
    with told_clearly(data):
        return (data / "PG_VERSION").read_text().strip()


def refuse_other_major(data: Path, root: Path) -> None:
    """Refuse a data folder of another major, with the command that moves it."""
    major = major_of(data)
    if major != str(MAJOR):
        raise CannotStart(
            f"{root} was made by PostgreSQL {major} and this portal runs PostgreSQL {MAJOR}; "
            "move it (the old data is kept beside the new) with:\n"
            f"    .venv/bin/python -m portal.embedded.upgrade --state-dir {root}"
        )


def make_if_missing(cluster: Cluster, run: Callable[[Command], None]) -> bool:
    """Make the cluster unless there is one; whether it was made. An interrupted try leaves none."""
    if cluster.data.exists():
        return False
    draft = cluster.data.with_name("data.new")
    with told_clearly(draft):
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        give_to(draft, cluster.user, 0o700)
        run(cluster.maker(draft))
        draft.replace(cluster.data)
    return True

"""Finds the database that `script/backup` and `script/restore` are for, and starts it if it rests.

With DATABASE_URL set it is that one. Otherwise it is the one of a state folder: of a running
demonstration, or started for as long as it takes.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.embedded.errors import CannotStart
from portal.embedded.state import CHECKOUT, MARKER, Lock, default_folder, open_folder

CALLED_FROM = "COMMON_GROUND_CALLED_FROM"


def called_from(environ: Mapping[str, str]) -> Path:
    """The folder that relative names mean: scripts change into the checkout."""
    return Path(environ.get(CALLED_FROM) or os.getcwd())


def folder_named(named: Path | None, environ: Mapping[str, str]) -> Path:
    """The state folder that was named, or the usual one."""
    return Path(os.path.abspath(called_from(environ) / (named or default_folder(environ))))


def of_running(folder: Path) -> dict[str, str] | None:
    """The settings of the demonstration that runs on the folder, or None where none does."""
    told = folder / "running.env"
    if not told.exists() or not Lock(folder).is_held():
        return None
    lines = told.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def with_own_server(folder: Path, module: str, arguments: Sequence[str], *, make: bool) -> int:
    """Run the module beside the state folder's own PostgreSQL; its exit status.

    `make`: a folder that is not there yet is made.
    """
    # Only here: a server for real people has none of the demonstration's packages.
    from portal.embedded import postgres
    from portal.embedded.demo import portal_environment
    from portal.embedded.errors import Stopped
    from portal.embedded.guard import guarded
    from portal.embedded.processes import Command
    from portal.embedded.supervisor import Supervisor, to_terminal

    if not make and not (folder / MARKER).exists():
        raise CannotStart(f"{folder} is not a state folder of the portal.")
    state = open_folder(folder)
    lock = Lock(state.root)
    lock.take()

    def work() -> int:
        try:
            with Supervisor(to_terminal) as supervisor:
                cluster = postgres.prepare(state)
                if not make and not cluster.data.exists():
                    raise CannotStart(f"{folder} holds no database yet.")
                postgres.make_if_missing(cluster, supervisor.run_or_refuse)
                supervisor.start(cluster.server())
                cluster.create_database()
                addresses = {"DATABASE_URL": cluster.url()}
                given = {key: value for key, value in os.environ.items() if value}
                environment = portal_environment(given, addresses, state, 8000)
                argv = [sys.executable, "-m", module, *arguments]
                return supervisor.run(Command(module, argv, environment, cwd=CHECKOUT))
        except Stopped:
            return 130
        except CannotStart as refusal:
            to_terminal(f"{module.rpartition('.')[2]}: {refusal}")
            return 1
        finally:
            state.remove_temporary_folders()

    return guarded(work)

"""Moves a state folder's database from an older PostgreSQL major to the one the portal runs.

    python -m portal.embedded.upgrade --state-dir DIR [--old-programs DIR]

The old server is started once more on the old data, everything is copied into a new cluster, and
the old data stays beside it as `data-MAJOR` until somebody removes it.
"""

import argparse
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from portal.embedded import postgres
from portal.embedded.binaries import MAJOR, usable
from portal.embedded.errors import CannotStart, Stopped, told_clearly
from portal.embedded.guard import guarded
from portal.embedded.processes import Command
from portal.embedded.state import MARKER, Lock, StateFolder, open_folder
from portal.embedded.supervisor import Supervisor, to_terminal
from portal.embedded.users import give_to, server_user


def main(argv: list[str] | None = None) -> int:
    """Move the database; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m portal.embedded.upgrade")
    parser.add_argument("--state-dir", type=Path, required=True)
    parser.add_argument(
        "--old-programs",
        type=Path,
        help="folder with the old major's `postgres`, for example /usr/lib/postgresql/17/bin",
    )
    options = parser.parse_args(argv)
    try:
        if not (options.state_dir / MARKER).exists():
            raise CannotStart(f"{options.state_dir} is not a state folder of the portal.")
        state = open_folder(options.state_dir)
        Lock(state.root).take()
    except CannotStart as refusal:
        to_terminal(f"upgrade: {refusal}")
        return 1
    return guarded(lambda: _run(state, options.old_programs))


def _run(state: StateFolder, old_programs: Path | None) -> int:
    try:
        with Supervisor(to_terminal) as supervisor:
            kept = move(supervisor, state, old_programs)
    except Stopped:
        to_terminal("Stopped; the old data was not changed")
        return 130
    except CannotStart as refusal:
        to_terminal(f"upgrade: {refusal}")
        return 1
    finally:
        state.remove_temporary_folders()
    to_terminal(f"Moved to PostgreSQL {MAJOR}. The old data is kept in {kept}.")
    return 0


def move(supervisor: Supervisor, state: StateFolder, old_programs: Path | None) -> Path:
    """Copy the old cluster's database into a new one that takes its place; where the old one is."""
    user = server_user()
    home = state.database_home(user)
    data = home / "data"
    if not data.exists():
        raise CannotStart(f"{state.root} holds no database yet.")
    major = postgres.major_of(data)
    if major == str(MAJOR):
        raise CannotStart(f"{state.root} is of PostgreSQL {MAJOR} already: nothing to do.")
    new = postgres.Cluster(
        programs=usable(home, user),
        data=home / f"data-{MAJOR}.new",
        socket_folder=state.run_folder("postgres", user),
        user=user,
        log=state.logs / "upgrade.log",
    )
    old = replace(new, programs=_programs(home, major, old_programs), data=data)
    dump = home / "upgrade.dump"
    with told_clearly(home):
        for leftover in (new.data, dump):
            shutil.rmtree(leftover, ignore_errors=True)
            leftover.unlink(missing_ok=True)
        dump.touch()
        give_to(dump, user, 0o600)
        _dump(supervisor, old, new.programs, dump)
        postgres.make_if_missing(new, supervisor.run_or_refuse)
        _restore(supervisor, new, dump)
        kept = home / f"data-{major}"
        data.replace(kept)
        new.data.replace(data)
        dump.unlink()
    return kept


def _programs(home: Path, major: str, named: Path | None) -> Path:
    if named is not None:
        if not (named / "postgres").exists():
            raise CannotStart(f"{named} has no program named postgres.")
        return named
    try:
        return usable(home, server_user(), int(major))
    except (CannotStart, ValueError) as error:
        raise CannotStart(
            f"The programs of PostgreSQL {major} are not among the portal's: install that major "
            "and name the folder of its programs with --old-programs."
        ) from error


def _dump(supervisor: Supervisor, old: postgres.Cluster, programs: Path, dump: Path) -> None:
    """The newer pg_dump reads the older server, as PostgreSQL's manual advises."""
    supervisor.start(old.server())
    url = old.url()
    supervisor.run_or_refuse(
        _tool(old, programs / "pg_dump", "--format=custom", f"--file={dump}", url)
    )
    supervisor.finish()


def _restore(supervisor: Supervisor, new: postgres.Cluster, dump: Path) -> None:
    supervisor.start(new.server())
    new.create_database()
    supervisor.run_or_refuse(
        _tool(new, new.programs / "pg_restore", "--exit-on-error", f"--dbname={new.url()}", dump)
    )
    supervisor.finish()


def _tool(cluster: postgres.Cluster, program: Path, *arguments: str | Path) -> Command:
    return Command(
        name=program.name,
        argv=[program, *arguments],
        env={"PATH": os.defpath, "LC_ALL": "C"},
        log=cluster.log,
        user=cluster.user,
    )


if __name__ == "__main__":
    sys.exit(main())

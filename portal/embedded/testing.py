"""Runs a command beside a PostgreSQL, a Redis and a mail server of its own, and cleans up after it.

    python -m portal.embedded.testing -- pytest tests/embedded

The three live in a temporary folder and lose everything at the end. Addresses in the environment
are not used: tests must never reach a database or a broker that somebody else relies on.
With `--lasting` before the `--`, PostgreSQL waits for the disk as it does for real: for measuring.
"""

import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from portal.embedded.errors import CannotStart, Stopped
from portal.embedded.guard import guarded
from portal.embedded.processes import Command
from portal.embedded.services import bring_up
from portal.embedded.state import CHECKOUT, StateFolder, open_folder
from portal.embedded.supervisor import Supervisor, to_terminal

_LET_THROUGH = ("PORTAL_CHROMIUM", "PORTAL_TEST_")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command after `--`; its exit status, or 1 where it could not be run."""
    given = list(sys.argv[1:] if argv is None else argv)
    lasting = given[:1] == ["--lasting"]
    given = given[1:] if lasting else given
    command = given[1:] if given[:1] == ["--"] else given
    if not command:
        to_terminal("usage: python -m portal.embedded.testing [--lasting] -- COMMAND ...")
        return 2
    state = passing_folder("common-ground-test-")
    try:
        return guarded(lambda: _run(command, state, lasting))
    finally:
        discard(state)


def _run(command: Sequence[str], state: StateFolder, lasting: bool) -> int:
    try:
        with Supervisor(to_terminal) as supervisor:
            return supervisor.run(_command(supervisor, command, state, lasting))
    except Stopped:
        return 130
    except CannotStart as refusal:
        to_terminal(f"script/test: {refusal}")
        return 1
    finally:
        discard(state)


def passing_folder(prefix: str) -> StateFolder:
    """A state folder in a temporary one of its own, for `discard`."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o711)  # PostgreSQL's user has to pass
    return open_folder(folder / "state")


def discard(state: StateFolder) -> None:
    """Away with a `passing_folder`, and with what is around it.

    Done by both processes, so that it is done whichever of them is killed.
    """
    with suppress(CannotStart):
        state.empty()
    shutil.rmtree(state.root.parent, ignore_errors=True)


def _command(
    supervisor: Supervisor, argv: Sequence[str], state: StateFolder, lasting: bool
) -> Command:
    environment = scrubbed(os.environ)
    environment |= bring_up(supervisor, state, environment, lasting=lasting)
    environment |= {
        "PORTAL_MODE": "test",
        "PORTAL_STATE_DIR": str(state.root),
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(48),
    }
    programs = str(Path(sys.executable).parent)
    environment["PATH"] = f"{programs}{os.pathsep}{environment.get('PATH', os.defpath)}"
    found = shutil.which(argv[0], path=environment["PATH"])
    if found is None:
        raise CannotStart(f"{argv[0]} was not found: run script/test, which installs it.")
    return Command(
        name=argv[0],
        argv=[found, *argv[1:]],
        env=environment,
        cwd=CHECKOUT,
        stop_signal=signal.SIGINT,  # pytest then ends its fixtures
        stop_within=20,
    )


def scrubbed(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without addresses and settings of a portal that runs for real."""
    return {
        key: value
        for key, value in environ.items()
        if key not in {"DATABASE_URL", "REDIS_URL"}
        and (not key.startswith("PORTAL_") or key.startswith(_LET_THROUGH))
    }


if __name__ == "__main__":
    sys.exit(main())

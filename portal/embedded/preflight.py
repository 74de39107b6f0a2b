"""Looks before the start: the arguments, the port, the folder, the disk. Standard library only.

    python3 -m portal.embedded.preflight [the arguments of script/demo]

`script/demo` runs it with any Python before anything is installed, so that a wrong word or a full
disk is told at once and not after a minute of setting up.
"""

import argparse
import errno
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.errors import CannotStart, from_os_error
from portal.embedded.redis_program import MISSING, installed
from portal.embedded.state import MARKER, default_folder

DEFAULT_PORT = 8000
_MACHINES = {"x86_64", "aarch64"}
_ROOM = 300_000_000  # bytes for a database with the demonstration area, its journal and logs
_ROOM_AGAIN = 50_000_000


@dataclass(frozen=True)
class Options:
    """What `script/demo` was asked for."""

    port: int
    state_dir: Path
    fresh: bool


def parse(argv: Sequence[str], environ: Mapping[str, str]) -> Options:
    """Read the arguments. Wrong ones end the process, as argparse does."""
    parser = argparse.ArgumentParser(
        prog="script/demo",
        description="Set up and run the portal with invented people on servers of its own.",
        epilog="PORTAL_*, DATABASE_URL and REDIS_URL are honoured. Ctrl-C stops everything.",
        allow_abbrev=False,
    )
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT, help="default: %(default)s")
    parser.add_argument(
        "--state-dir", type=Path, help="where data is kept (default: .state in the checkout)"
    )
    parser.add_argument("--fresh", action="store_true", help="throw the kept data away first")
    given = parser.parse_args(argv)
    folder = given.state_dir or default_folder(environ)
    # script/demo changes into the checkout; a relative folder is meant from where it was called.
    called_from = environ.get("COMMON_GROUND_CALLED_FROM") or os.getcwd()
    return Options(given.port, Path(os.path.abspath(Path(called_from) / folder)), given.fresh)


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


def check(options: Options, environ: Mapping[str, str]) -> None:
    """Everything that can be told before the start; `CannotStart` with one sentence."""
    machine = os.uname().machine
    check_platform(sys.platform, machine, sys.version_info[:2])
    check_redis(environ, machine, sys.version_info[:2])
    check_mode(environ)
    if options.fresh and environ.get("DATABASE_URL"):
        raise CannotStart(
            "--fresh removes only what the demonstration made, and DATABASE_URL names a database "
            "of your own: unset it, or empty that database yourself."
        )
    check_port(options.port)
    check_folder(options.state_dir)


def check_platform(platform: str, machine: str, version: tuple[int, int]) -> None:
    """Refuse systems that the PostgreSQL of the wheel is not made for, and Pythons before 3.11."""
    if platform != "linux":
        raise CannotStart(f"The demonstration runs on Linux, and this is {platform}.")
    if version < (3, 11):
        raise CannotStart("The portal needs Python 3.11 or later: install one and start again.")
    if machine not in _MACHINES or not _has_glibc():
        raise CannotStart(
            "The demonstration's PostgreSQL is made for Linux with glibc on x86_64 and aarch64: "
            "on other machines run docker-compose.yml instead."
        )


def _has_glibc() -> bool:
    try:
        return bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except (ValueError, OSError):
        return False


def check_redis(environ: Mapping[str, str], machine: str, version: tuple[int, int]) -> None:
    """Refuse where no Redis is installed and none comes with the Python packages."""
    comes_along = machine == "x86_64" and version < (3, 13)
    if not (environ.get("REDIS_URL") or comes_along or installed(environ)):
        raise CannotStart(MISSING)


def check_mode(environ: Mapping[str, str]) -> None:
    """Refuse to run demonstration people under settings for real ones."""
    mode = environ.get("PORTAL_MODE", "").strip()
    if mode not in {"", "demonstration"}:
        raise CannotStart(
            f"script/demo runs in demonstration mode only and PORTAL_MODE is {mode!r}: unset it."
        )


def check_port(port: int) -> None:
    """Refuse a port that another program listens on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotStart(
                    f"Port {port} is in use by another program: "
                    f"choose a free one, for example --port {_suggestion(port)}."
                ) from error
            raise CannotStart(
                f"Port {port} cannot be used ({error.strerror}): choose another with --port."
            ) from error


def _suggestion(port: int) -> int:
    """A port that is free now, near the one that was wanted."""
    for candidate in range(max(port, 1024) + 1, min(port + 50, 65_535)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", candidate))
            except OSError:
                continue
            return candidate
    return 8123


def check_folder(folder: Path, room_needed: int = _ROOM) -> None:
    """Refuse a state folder that cannot be written, or whose disk is nearly full."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir():
        raise CannotStart(f"{place} is a file: name a folder with --state-dir.")
    try:
        tempfile.TemporaryFile(dir=place).close()
    except OSError as error:
        raise from_os_error(OSError(error.errno, error.strerror), folder) from error
    room = shutil.disk_usage(place).free
    needed = _ROOM_AGAIN if (folder / MARKER).exists() else room_needed
    if room < needed:
        raise CannotStart(
            f"The disk that holds {folder} has {room // 1_000_000} MB left and the demonstration "
            f"needs {needed // 1_000_000} MB: free some room, or name another folder with "
            "--state-dir."
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Check and tell; the exit status."""
    try:
        check(parse(sys.argv[1:] if argv is None else argv, os.environ), os.environ)
    except CannotStart as refusal:
        print(f"script/demo: {refusal}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

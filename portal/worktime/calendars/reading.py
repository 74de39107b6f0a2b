"""A calendar read in a process of its own, which ends in time whatever is in the calendar."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from portal.worktime.calendars.guard import OwnMachine
from portal.worktime.calendars.limits import UPLOAD_SECONDS, WALL_SECONDS, Horizon
from portal.worktime.states import CalendarTrouble

_ROOT = Path(__file__).resolve().parents[3]
# Where certificates are looked for; nothing else of ours goes along, no password and no key.
_PASSED_ON = ("PATH", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR", "LD_LIBRARY_PATH")


class Read(NamedTuple):
    """What came of it: `busy` as OutsideCalendar keeps it, or `trouble`, or neither (`unchanged`
    since `etag`)."""

    busy: bytes = b""
    etag: str = ""
    unchanged: bool = False
    trouble: CalendarTrouble | None = None


def read_address(
    address: str, etag: str, horizon: Horizon, *, own: OwnMachine | None = None
) -> Read:
    """Fetch a calendar and read it. Takes WALL_SECONDS at most, and a little."""
    asked = {"address": address, "etag": etag, "own": own and list(own)}
    return _run(asked, horizon, b"", CalendarTrouble.NO_ANSWER, WALL_SECONDS)


def read_upload(data: bytes, horizon: Horizon) -> Read:
    """Read a calendar that was uploaded. Takes UPLOAD_SECONDS at most, and a little."""
    asked = {"address": "", "etag": "", "own": None}
    return _run(asked, horizon, data, CalendarTrouble.TOO_MANY, UPLOAD_SECONDS)


def _run(
    asked: Mapping[str, object], horizon: Horizon, data: bytes, late: CalendarTrouble, seconds: int
) -> Read:
    days = [day.isoformat() for day in horizon]
    line = json.dumps({**asked, "horizon": days, "seconds": seconds})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "portal.worktime.calendars.child"],
            input=line.encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a parser's words hold what the calendar says
            cwd=_ROOT,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            timeout=seconds + 2,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Read(trouble=late)
    if done.returncode == -signal.SIGALRM:
        return Read(trouble=late)
    first, _, busy = done.stdout.partition(b"\n")
    if done.returncode != 0 or not first:
        # Out of work time or memory: there was more in it than can be read.
        return Read(trouble=CalendarTrouble.TOO_MANY)
    said = json.loads(first)
    trouble = CalendarTrouble(said["why"]) if said["why"] else None
    return Read(busy, said["etag"], said["unchanged"], trouble)

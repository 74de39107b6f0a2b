"""The process in which a calendar is fetched and read: `python -m portal.worktime.calendars.child`.

What comes from outside is handled here and nowhere else: without the portal's secrets, its
settings and its database, and within limits that the kernel holds. On its input: a line of JSON,
then the calendar where one was uploaded. On its output: a line of JSON, then the busy stretches.
"""

import json
import resource
import signal
import sys
from datetime import date

from portal.worktime.calendars.fetch import fetch
from portal.worktime.calendars.guard import OwnMachine
from portal.worktime.calendars.limits import CPU_SECONDS, LARGEST, MEMORY, Horizon
from portal.worktime.calendars.parse import busy_minutes, packed
from portal.worktime.calendars.trouble import TroubleError
from portal.worktime.states import CalendarTrouble


def main() -> None:
    """Read one calendar, and say what came of it."""
    asked = json.loads(sys.stdin.buffer.readline())
    _limit(asked["seconds"])
    horizon = Horizon(*(date.fromisoformat(day) for day in asked["horizon"]))
    busy, etag, why = b"", "", ""
    try:
        own = OwnMachine(*asked["own"]) if asked["own"] else None
        if asked["address"]:
            data, etag = fetch(asked["address"], asked["etag"], own=own)
        else:
            data = _uploaded()
        if data is not None:
            busy = packed(busy_minutes(data, horizon))
    except TroubleError as trouble:
        why, data = trouble.why.value, b""
    except (MemoryError, RecursionError):
        why, data = CalendarTrouble.TOO_MANY.value, b""
    said = {"why": why, "etag": etag, "unchanged": data is None}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + busy)


def _uploaded() -> bytes:
    data = sys.stdin.buffer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TroubleError(CalendarTrouble.TOO_LARGE)
    return data


def _limit(seconds: int) -> None:
    # It ends by itself also where nobody is there any more to end it.
    signal.alarm(seconds)
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()

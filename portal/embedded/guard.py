"""A second process around the supervisor, so that even `kill -9` of either leaves nothing running.

The guard is what the terminal sees. It forks, lets the child do the work, hands signals on, and
adopts every orphan. When the working process is killed, the guard finds all its descendants (they
are the guard's now) and ends them. When the guard is killed, the kernel sends the working process
SIGTERM, and it stops everything in its own order.
"""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from portal.embedded.linux import adopt_orphans, die_with_parent
from portal.embedded.processes import descendants, kill_descendants

_HANDED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_GRACE = 3.0


def guarded(work: Callable[[], int]) -> int:
    """Do `work` in a child process and return its exit status, with nothing left running.

    Call it from a process with one thread, before anything is opened that must not be shared.
    """
    adopt_orphans()
    guard = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, _HANDED_ON)
    sys.stdout.flush()
    sys.stderr.flush()
    worker = os.fork()
    if worker == 0:
        _be_the_worker(work, guard)

    def hand_on(number: int, frame: FrameType | None) -> None:
        with suppress(ProcessLookupError):
            os.kill(worker, number)

    for number in _HANDED_ON:
        signal.signal(number, hand_on)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HANDED_ON)
    status = _wait_for(worker)
    _end_what_is_left()
    if status < 0:
        with suppress(OSError, ValueError):
            print("The supervisor was killed; all that it had started is ended.", file=sys.stderr)
        return 128 - status
    return status


def _be_the_worker(work: Callable[[], int], guard: int) -> NoReturn:
    status = 1
    try:
        die_with_parent(signal.SIGTERM, guard)
        os.setsid()  # the terminal's Ctrl-C reaches the guard alone, which hands it on once
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HANDED_ON)
        status = work()
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _wait_for(worker: int) -> int:
    while True:
        pid, status = os.waitpid(-1, 0)
        if pid == worker:
            return os.waitstatus_to_exitcode(status)


def _end_what_is_left() -> None:
    """Wait a little for those whom the kernel told to end, then kill until none is left."""
    started = time.monotonic()
    while descendants() and time.monotonic() < started + 10:
        if time.monotonic() > started + _GRACE:
            kill_descendants()
        _bury()
        time.sleep(0.05)
    _bury()


def _bury() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0] != 0:
            pass

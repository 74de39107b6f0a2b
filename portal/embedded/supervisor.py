"""Keeps a row of child processes going: starts them in order, restarts them, stops them in reverse.

One thread. It adopts the orphans of its children, so that what a dead child leaves is found.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from subprocess import Popen
from types import FrameType, TracebackType

from portal.embedded.errors import CannotStart, Stopped
from portal.embedded.linux import adopt_orphans
from portal.embedded.processes import (
    Command,
    Follower,
    descendants,
    end_session,
    keep_bounded,
    kill_descendants,
    last_lines,
    spawn,
)

_TICK = 0.05
_STEADY_AFTER = 60.0  # a child that lived this long has its earlier deaths forgotten
_LONGEST_WAIT = 8.0
_MOST_DEATHS = 6
_MOST_EARLY_DEATHS = 4  # before it was ever ready
_LOGS_EVERY = 10.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class _Child:
    command: Command
    process: "Popen[bytes] | None" = None
    started: float = 0.0
    deaths: int = 0
    start_again: float = 0.0
    was_ready: bool = False


class Supervisor:
    """Use as a context manager: leaving it stops everything.

    `tell` gets sentences for the person at the terminal. `most_deaths` in a row end the whole;
    before each new start it waits longer, up to `longest_wait` seconds.
    """

    def __init__(
        self,
        tell: Callable[[str], None],
        *,
        most_deaths: int = _MOST_DEATHS,
        longest_wait: float = _LONGEST_WAIT,
    ) -> None:
        """Prepare; nothing is started and no signal handler set before the context is entered."""
        self._tell = tell
        self._most_deaths = most_deaths
        self._longest_wait = longest_wait
        self._children: list[_Child] = []
        self._step: Popen[bytes] | None = None
        self._asked = 0
        self._finishing = False
        self._parent = os.getppid()
        self._logs_looked_at = 0.0

    def __enter__(self) -> "Supervisor":
        """Take over the signals that ask for a stop."""
        adopt_orphans()
        for number in _SIGNALS:
            signal.signal(number, self._on_signal)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop everything, whatever happened."""
        self.stop()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._asked += 1

    @property
    def _hurried(self) -> bool:
        """Asked twice, or the process that watches over us is gone."""
        return self._asked > 1 or os.getppid() != self._parent

    # --- starting --------------------------------------------------------------------------------
    def start(self, command: Command) -> None:
        """Start a child that is to run from now on, and wait until it is ready."""
        child = _Child(command)
        self._children.append(child)
        self._launch(child)
        if command.ready is not None and not self.wait_for(command.ready, command.ready_within):
            raise _failure(command, f"was not ready within {command.ready_within:.0f} seconds")
        child.was_ready = True

    def wait_for(self, ready: Callable[[], bool], within: float) -> bool:
        """Tend the children until `ready()`; False when that takes longer than `within` seconds."""
        limit = time.monotonic() + within
        pause = _TICK
        while not ready():
            if time.monotonic() > limit:
                return False
            self.tend()
            time.sleep(pause)
            pause = min(0.4, pause * 1.3)
        return True

    def run(self, command: Command, tell: Callable[[str], None] | None = None) -> int:
        """Run a command to its end beside the children; its exit status.

        `tell` gets each line that the command adds to its log.
        """
        words = Follower(command.log, tell)
        self._step = step = spawn(command)
        try:
            while True:
                self._reap()
                words.look()
                if step.returncode is not None:
                    return step.returncode
                self.tend()
                time.sleep(_TICK)
        except Stopped:
            with suppress(ProcessLookupError):
                step.send_signal(command.stop_signal)
            self._wait_for_end(step, command.stop_within)
            raise
        finally:
            end_session(step.pid)
            self._step = None

    def run_or_refuse(self, command: Command, tell: Callable[[str], None] | None = None) -> None:
        """Run a command that has to succeed: `CannotStart` with the end of its log otherwise."""
        status = self.run(command, tell)
        if status != 0:
            raise _failure(command, f"failed ({_told(status)})")

    def watch(self) -> None:
        """Tend the children until somebody asks for a stop."""
        with suppress(Stopped):
            while True:
                self.tend()
                time.sleep(4 * _TICK)

    # --- keeping going ---------------------------------------------------------------------------
    def tend(self) -> None:
        """One look at everything: bury, start again, bound the logs; `Stopped` when asked."""
        if self._asked or os.getppid() != self._parent:
            raise Stopped
        self._reap()
        now = time.monotonic()
        for child in self._children:
            if child.process is None and now >= child.start_again:
                self._launch(child)
        if now - self._logs_looked_at > _LOGS_EVERY:
            self._logs_looked_at = now
            for child in self._children:
                keep_bounded(child.command.log)

    def _launch(self, child: _Child) -> None:
        child.process = spawn(child.command)
        child.started = time.monotonic()

    def _reap(self) -> None:
        """Bury every dead child, adopted orphans too, and note who has to be started again."""
        known = {child.process.pid: child for child in self._children if child.process is not None}
        while (pid := _next_dead()) is not None:
            if self._step is not None and pid == self._step.pid:
                self._step.wait()
            elif pid in known:
                self._bury(known[pid])
            else:
                os.waitpid(pid, 0)

    def _bury(self, child: _Child) -> None:
        process = child.process
        if process is None:
            return
        # Its number is given to no other process before wait(): the session is surely its own.
        end_session(process.pid)
        status = process.wait()
        child.process = None
        if self._finishing or self._asked:
            return
        lived = time.monotonic() - child.started
        child.deaths = 1 if lived > _STEADY_AFTER else child.deaths + 1
        pause = min(self._longest_wait, 0.25 * 2 ** min(child.deaths, 8))
        child.start_again = time.monotonic() + pause
        ended = f"ended by itself ({_told(status)})"
        most = self._most_deaths if child.was_ready else min(_MOST_EARLY_DEATHS, self._most_deaths)
        if child.deaths >= most:
            raise _failure(child.command, f"{ended} {child.deaths} times in a row")
        self._tell(f"{child.command.name} {ended}; starting it again in {pause:g} s.")

    # --- stopping --------------------------------------------------------------------------------
    def stop(self) -> None:
        """Stop for good: `finish`, and no further start is possible."""
        self._asked = max(self._asked, 1)
        self.finish()

    def finish(self) -> None:
        """Stop the children in reverse order, kindly first; then whatever else descends from us."""
        self._finishing = True
        for child in reversed(self._children):
            if self._hurried:
                break
            self._ask_to_stop(child)
            self._wait_for_end(child.process, child.command.stop_within)
        self._stop_in_a_hurry()
        limit = time.monotonic() + 10
        while descendants() and time.monotonic() < limit:
            kill_descendants()
            self._reap()
            time.sleep(_TICK)
        self._reap()
        self._children.clear()
        self._finishing = False

    def _ask_to_stop(self, child: _Child) -> None:
        if child.process is not None:
            with suppress(ProcessLookupError):
                os.kill(child.process.pid, child.command.stop_signal)

    def _wait_for_end(self, process: "Popen[bytes] | None", within: float) -> None:
        limit = time.monotonic() + within
        while process is not None and process.returncode is None:
            self._reap()
            if time.monotonic() > limit or self._hurried:
                return
            time.sleep(_TICK)

    def _stop_in_a_hurry(self) -> None:
        """Ask all that still run at once and give them three seconds together."""
        for child in reversed(self._children):
            self._ask_to_stop(child)
        limit = time.monotonic() + 3
        while any(child.process is not None for child in self._children):
            self._reap()
            if time.monotonic() > limit:
                return
            time.sleep(_TICK)


def _next_dead() -> int | None:
    """The process id of a dead child that is not buried yet, or None."""
    try:
        found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None
    return None if found is None else found.si_pid


def _failure(command: Command, what: str) -> CannotStart:
    lines = last_lines(command.log)
    if "No space left on device" in lines:
        return CannotStart(
            f"{command.name} found the disk full: free some room and start again."
            f" Its log: {command.log}"
        )
    return CannotStart(f"{command.name} {what}. Its log, {command.log}, ends:{lines or ' empty'}")


def _told(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def to_terminal(sentence: str) -> None:
    """Tell the person at the terminal; a terminal that is gone is no reason to stop."""
    with suppress(OSError, ValueError):
        print(sentence, file=sys.stderr, flush=True)

"""Start and end one child process so that nothing of it can outlive us."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from portal.embedded.errors import CannotStart, told_clearly
from portal.embedded.linux import die_with_parent
from portal.embedded.users import ServerUser

_LARGEST_LOG = 5_000_000


@dataclass(frozen=True)
class Command:
    """A program to run: what, as whom, where its words go, and how it is asked to stop.

    `log` None lends it our own terminal. `ready` is asked until it answers True.
    """

    name: str
    argv: Sequence[str | Path]
    env: Mapping[str, str]
    log: Path | None = None
    cwd: Path = Path("/")
    user: ServerUser | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGTERM
    stop_within: float = 10.0
    ready: Callable[[], bool] | None = None
    ready_within: float = 60.0
    pass_fds: Sequence[int] = ()


def spawn(command: Command) -> "subprocess.Popen[bytes]":
    """Start the command in a session of its own; the kernel ends it should we end first."""
    parent = os.getpid()

    def prepare() -> None:
        die_with_parent(command.death_signal, parent)

    output = None
    if command.log is not None:
        with told_clearly(command.log):
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
            output = os.open(command.log, flags, 0o600)
    user = command.user
    try:
        # A preexec_fn is safe here: supervisors have one thread.
        return subprocess.Popen(
            [str(part) for part in command.argv],
            env=dict(command.env),
            cwd=command.cwd,
            stdin=subprocess.DEVNULL if output is not None else None,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=prepare,
            pass_fds=command.pass_fds,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
        )
    except OSError as error:
        raise CannotStart(f"{command.name} cannot be started: {error}.") from error
    finally:
        if output is not None:
            os.close(output)


def end_session(leader: int, signal_number: int = signal.SIGKILL) -> None:
    """Signal all that is left of the session that `spawn` opened for the process `leader`."""
    for pid in psutil.pids():
        try:
            if os.getsid(pid) == leader:
                os.kill(pid, signal_number)
        except (ProcessLookupError, PermissionError):
            continue


def descendants() -> list[psutil.Process]:
    """All living descendants of this process."""
    found = psutil.Process().children(recursive=True)
    return [process for process in found if _is_alive(process)]


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def kill_descendants() -> None:
    """Send SIGKILL to every descendant, once."""
    for process in descendants():
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue


def last_lines(log: Path | None, count: int = 15) -> str:
    """The end of a log, each line indented, for the reader of an error; '' where there is none."""
    if log is None or not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 16_384))
        lines = file.read().decode(errors="replace").splitlines()
    return "".join(f"\n    {line[:300]}" for line in lines[-count:] if line.strip())


class Follower:
    """Tells the whole lines that are added to a log from now on."""

    def __init__(self, log: Path | None, tell: Callable[[str], None] | None) -> None:
        """Follow `log`; with either of the two missing, nothing is told."""
        self._log = log if tell is not None else None
        self._tell = tell
        self._at = log.stat().st_size if log is not None and log.exists() else 0

    def look(self) -> None:
        """Tell what is new."""
        if self._log is None or self._tell is None or not self._log.exists():
            return
        with self._log.open("rb") as file:
            file.seek(self._at)
            whole, _, _ = file.read().rpartition(b"\n")
        if whole:
            self._at += len(whole) + 1
            for line in whole.decode(errors="replace").splitlines():
                self._tell(line)


def keep_bounded(log: Path | None) -> None:
    """Move the content of a log that grew too large to `NAME.1`, replacing what was there.

    Children hold the file open for appending, so its content is moved and not the file.
    """
    if log is None or not log.exists() or log.stat().st_size <= _LARGEST_LOG:
        return
    # On a full disk the old lines are given up: room for new ones is worth more.
    with (
        suppress(OSError),
        log.open("rb") as source,
        log.with_name(log.name + ".1").open("wb") as target,
    ):
        os.fchmod(target.fileno(), 0o600)
        while part := source.read(1 << 20):
            target.write(part)
    os.truncate(log, 0)

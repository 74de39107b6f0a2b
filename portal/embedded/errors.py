"""What stops a start, told as one sentence to whoever sits at the terminal."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


class CannotStart(Exception):  # noqa: N818 (named for what the reader is told)
    """One sentence: what is wrong and what to do about it. Lines of a log may follow it."""


class Stopped(BaseException):
    """Somebody asked for a stop while something was still being started."""


def from_os_error(error: OSError, path: Path | str) -> CannotStart:
    """Tell an error of the operating system about `path` as a sentence."""
    place = error.filename or path
    if error.errno in _FULL:
        return CannotStart(f"The disk that holds {place} is full: free some room and start again.")
    if error.errno in _CLOSED:
        return CannotStart(
            f"{place} cannot be written by this user: make it writable, "
            "or name another folder with --state-dir."
        )
    reason = error.strerror or str(error)
    return CannotStart(f"{place} cannot be used ({reason}): name another folder with --state-dir.")


@contextmanager
def told_clearly(path: Path | str) -> Iterator[None]:
    """Turn an OSError inside the block into a `CannotStart` that names the path."""
    try:
        yield
    except OSError as error:
        raise from_os_error(error, path) from error

"""The user that PostgreSQL runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.errors import CannotStart


@dataclass(frozen=True)
class ServerUser:
    """A user without rights, for a server started by root."""

    uid: int
    gid: int


def server_user() -> ServerUser | None:
    """The user `nobody` when we are root, else None: the server then runs as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as error:
        raise CannotStart(
            "PostgreSQL does not run as root and this machine has no user 'nobody': "
            "add one, or start as another user."
        ) from error
    return ServerUser(entry.pw_uid, entry.pw_gid)


def can_reach(path: Path, user: ServerUser | None) -> bool:
    """Whether `user` may pass every folder on the way to `path`, and enter (or run) it too.

    Asked of the kernel by a child process that takes on the user, because modes alone do not
    tell of access lists and mounts.
    """
    if user is None:
        return os.access(path, os.X_OK)
    question = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]
    try:
        answer = subprocess.run(
            question, user=user.uid, group=user.gid, extra_groups=[], cwd="/", check=False
        )
    except OSError as error:
        raise CannotStart(
            "PostgreSQL does not run as root and this process may not become the user 'nobody' "
            f"({error.strerror}): start as another user."
        ) from error
    return answer.returncode == 0


def give_to(path: Path, user: ServerUser | None, mode: int) -> None:
    """Hand a file or folder to `user` (to nobody else when None) with exactly `mode`."""
    if user is not None:
        os.chown(path, user.uid, user.gid)
    path.chmod(mode)

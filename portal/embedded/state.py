"""The state folder: what a demonstration keeps between two starts, and who may use it now."""

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from portal.embedded.errors import CannotStart, told_clearly
from portal.embedded.users import ServerUser, can_reach, give_to, server_user

CHECKOUT = Path(__file__).resolve().parents[2]
MARKER = ".common-ground.json"
# All that the portal makes in a state folder; `--fresh` removes this and no more.
KEPT = ("postgres", "redis", "mail", "logs", "run", "media", "secret_key", "running.env")
# Longest socket name that the kernel takes, less PostgreSQL's own file name and some air.
_LONGEST_RUN_FOLDER = 80
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")


def default_folder(environ: Mapping[str, str], checkout: Path = CHECKOUT) -> Path:
    """Where state is kept when nobody names a folder.

    `.state` in the checkout; under /var/lib where root's checkout is closed to PostgreSQL's user.
    """
    named = environ.get("PORTAL_STATE_DIR", "").strip()
    if named:
        return Path(named)
    user = server_user()
    if user is not None and not can_reach(checkout, user):
        return Path("/var/lib") / f"common-ground-{sha256(bytes(checkout)).hexdigest()[:12]}"
    return checkout / ".state"


@dataclass(frozen=True)
class StateFolder:
    """An opened state folder. `identity` is random and never changes while the folder lives."""

    root: Path
    identity: str

    @property
    def logs(self) -> Path:
        """The folder of the child processes' logs."""
        return self.root / "logs"

    @property
    def mail(self) -> Path:
        """The Maildir of the demonstration's mail server."""
        return self.root / "mail"

    @property
    def running(self) -> Path:
        """The file that tells other commands how to reach a running demonstration."""
        return self.root / "running.env"

    def database_home(self, user: ServerUser | None) -> Path:
        """The folder for PostgreSQL: in the state folder, or under /var/lib where that is closed.

        A database that is already there decides, so that changed rights never start an empty one.
        """
        inside, outside = self.root / "postgres", self._outside
        for home in (inside, outside):
            if (home / "data").exists():
                return home
        return inside if can_reach(self.root, user) else outside

    @property
    def _outside(self) -> Path:
        return Path("/var/lib") / f"common-ground-{self.identity}"

    def run_folder(self, name: str, owner: ServerUser | None) -> Path:
        """A folder for sockets, closed to everyone but `owner`, whose path is short and plain."""
        folder = self.root / "run" / name
        reachable = owner is None or can_reach(self.root, owner)
        fits = len(str(folder)) <= _LONGEST_RUN_FOLDER and _PLAIN.issuperset(str(folder))
        if not reachable or not fits:
            folder = self._temporary_run_folder(name)
        with told_clearly(folder):
            _make(folder.parent, 0o711 if folder.is_relative_to(self.root) else None)
            folder.mkdir(exist_ok=True, mode=0o700)
            if folder.is_symlink() or folder.stat().st_uid not in _owners(owner):
                raise CannotStart(f"{folder} belongs to someone else: remove it and start again.")
            give_to(folder, owner, 0o700)
        return folder

    def _temporary_run_folder(self, name: str) -> Path:
        return Path("/tmp") / f"common-ground-{self.identity}-{name}"  # noqa: S108 (random name, checked owner, 0700)

    def remove_temporary_folders(self) -> None:
        """Remove the socket folders that had to live outside the state folder."""
        for name in ("postgres", "redis"):
            shutil.rmtree(self._temporary_run_folder(name), ignore_errors=True)

    def secret_key(self) -> str:
        """The demonstration's own secret key, made once and readable by its owner only."""
        path = self.root / "secret_key"
        with told_clearly(path):
            if not path.exists():
                write_private(path, secrets.token_urlsafe(48))
            return path.read_text().strip()

    def empty(self) -> None:
        """Remove all that the portal made in the folder, and the database home outside of it."""
        with told_clearly(self.root):
            for name in KEPT:
                path = self.root / name
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
            if self._outside.is_dir():
                shutil.rmtree(self._outside)
        self.remove_temporary_folders()


def _make(folder: Path, mode: int | None) -> None:
    """Make a folder; with a mode, exactly that one, whatever the umask says."""
    folder.mkdir(parents=True, exist_ok=True)
    if mode is not None:
        folder.chmod(mode)


def _owners(owner: ServerUser | None) -> set[int]:
    return {os.geteuid()} if owner is None else {os.geteuid(), owner.uid}


def open_folder(root: Path) -> StateFolder:
    """Open the state folder at `root`, making it where there is none.

    A folder with other things in it is refused: `--fresh` must never remove what is not ours.
    """
    root = Path(os.path.abspath(root))
    marker = root / MARKER
    with told_clearly(root):
        if root.exists() and not root.is_dir():
            raise CannotStart(f"{root} is a file: name a folder with --state-dir.")
        if not marker.exists():
            if root.exists() and any(root.iterdir()):
                raise CannotStart(
                    f"{root} holds files that the portal did not make: "
                    "name a new or an empty folder with --state-dir."
                )
            root.mkdir(parents=True, exist_ok=True)
            root.chmod(0o711 if os.geteuid() == 0 else 0o700)  # PostgreSQL's user must pass
            write_private(marker, json.dumps({"format": 1, "identity": secrets.token_hex(8)}))
        identity = _identity(marker)
        for name in ("logs", "mail", "redis", "media"):
            (root / name).mkdir(exist_ok=True, mode=0o700)
    return StateFolder(root, identity)


def _identity(marker: Path) -> str:
    try:
        identity = json.loads(marker.read_text())["identity"]
    except (ValueError, KeyError, TypeError) as error:
        raise CannotStart(
            f"{marker} cannot be read: name a new folder with --state-dir."
        ) from error
    if not isinstance(identity, str) or not identity.isalnum():
        raise CannotStart(f"{marker} is not the portal's: name a new folder with --state-dir.")
    return identity


def write_private(path: Path, content: str) -> None:
    """Write a file that only its owner can read; whoever reads it sees all of it or nothing."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


class Lock:
    """The right to run on a state folder: held by one supervisor at a time, freed by its end."""

    def __init__(self, root: Path) -> None:
        """Prepare the lock of the state folder `root`; nothing is taken yet."""
        self.path = root / "lock"
        self._descriptor: int | None = None

    def take(self) -> None:
        """Take the lock, or refuse with the number of the process that has it."""
        with told_clearly(self.path):
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _flock(descriptor, fcntl.LOCK_EX):
            holder = os.read(descriptor, 20).decode(errors="replace").strip() or "unknown"
            os.close(descriptor)
            raise CannotStart(
                f"A demonstration is already running on {self.path.parent} (process {holder}): "
                "stop it, or name another folder with --state-dir."
            )
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def is_held(self) -> bool:
        """Whether some process, this one included, has the lock."""
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            return not _flock(descriptor, fcntl.LOCK_SH, tries=1)
        finally:
            os.close(descriptor)


def _flock(descriptor: int, kind: int, tries: int = 5) -> bool:
    """Try for a lock a few times over 0.2 s: `is_held` itself holds one for an instant."""
    for left in reversed(range(tries)):
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if left:
                time.sleep(0.05)
        else:
            return True
    return False

"""A backup as a file: a tar of the database's dump and the files, with a manifest in front.

The manifest says what was backed up, when and of which version, and holds a checksum of every
other member, so that a damaged or a half-copied backup is known before anything is changed.
"""

import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from portal.embedded.errors import CannotStart, told_clearly

FORMAT = 1
MANIFEST, DUMP, SECRET, MEDIA = "manifest.json", "database.dump", "secret_key", "media/"
_PIECE = 1 << 20
_LARGEST_MANIFEST = 50_000_000


@dataclass
class Manifest:
    """What a backup holds. `counts` are rows by table, `checksums` SHA-256 by member.

    `key_mark` tells whether a secret key is the one that sealed the data, and not what it is.
    """

    made_at: str
    server: str
    migrations: list[list[str]]
    counts: dict[str, int]
    key_mark: str = ""
    checksums: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def server_major(self) -> int:
        """The PostgreSQL major that the dump was made from."""
        return int(self.server.split(".")[0])


def key_mark(secret_key: str) -> str:
    """A mark by which a key can be known again. Keys are long and random, so a hash hides them."""
    return sha256(f"common-ground backup {secret_key}".encode()).hexdigest()[:24]


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below the folder with its name in the backup, in a fixed order; no links."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            yield f"{MEDIA}{path.relative_to(folder).as_posix()}", path


def write(target: BinaryIO, manifest: Manifest, members: list[tuple[str, Path]]) -> None:
    """Write the backup to `target`; the checksums are filled in.

    Each file is read twice: a file that changes in between is refused.
    """
    manifest.checksums = {name: checksum(path) for name, path in members}
    head = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(_entry(MANIFEST, len(head)), io.BytesIO(head))
        for name, path in members:
            with path.open("rb") as file:
                watched = _Summed(file)
                tar.addfile(_entry(name, path.stat().st_size), watched)  # type: ignore[arg-type]
            if watched.sum.hexdigest() != manifest.checksums[name]:
                raise CannotStart(f"{path} changed while it was read: make the backup again.")


def read(source: BinaryIO, folder: Path) -> Manifest:
    """Unpack a backup into `folder` and check every member; `CannotStart` where it is damaged."""
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            manifest = _manifest(tar)
            found = set()
            while (entry := tar.next()) is not None:
                _unpack(tar, entry, manifest, folder)
                found.add(entry.name)
    except (tarfile.TarError, EOFError) as error:
        raise CannotStart(f"The backup is damaged, or is none ({error}).") from error
    missing = manifest.checksums.keys() - found
    if missing or DUMP not in found:
        raise CannotStart(
            f"The backup is not whole: {', '.join(sorted(missing)) or DUMP} is missing."
        )
    return manifest


def _manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    if first is None or first.name != MANIFEST or first.size > _LARGEST_MANIFEST:
        raise CannotStart("This is no backup of the portal: it has no manifest.")
    file = tar.extractfile(first)
    try:
        told = json.loads(file.read() if file else b"")
        if told["format"] > FORMAT:
            raise CannotStart("The backup was made by a newer version of the portal: use that one.")
        return Manifest(**told)
    except (ValueError, KeyError, TypeError) as error:
        raise CannotStart("The backup is damaged: its manifest cannot be read.") from error


def _unpack(tar: tarfile.TarFile, entry: tarfile.TarInfo, manifest: Manifest, folder: Path) -> None:
    """Write one member below `folder`. Nothing that the manifest does not name gets out."""
    expected = manifest.checksums.get(entry.name)
    file = tar.extractfile(entry) if entry.isreg() else None
    parts = PurePosixPath(entry.name).parts
    if expected is None or file is None or ".." in parts or entry.name.startswith("/"):
        raise CannotStart(f"The backup holds {entry.name!r}, which its manifest does not allow.")
    path = folder / entry.name
    with told_clearly(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as target:
            while piece := file.read(_PIECE):
                target.write(piece)
    if checksum(path) != expected:
        raise CannotStart(f"The backup is damaged: {entry.name} is not what was backed up.")


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with told_clearly(path), path.open("rb") as file:
        watched = _Summed(file)
        while watched.read(_PIECE):
            pass
    return watched.sum.hexdigest()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


class _Summed:
    """A file that is summed up while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.sum = sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.sum.update(piece)
        return piece

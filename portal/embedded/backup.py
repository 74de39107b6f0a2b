"""Puts everything that must not be lost into one file: what `script/backup` calls.

    python -m portal.embedded.backup [FILE] [--state-dir DIR] [--programs DIR]

FILE "-" is standard output. People go on working meanwhile. Of a demonstration's state folder its
secret key is kept as well; with DATABASE_URL set, the key is yours to keep, apart from the backup.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from portal.embedded import archive, dumping, reaching
from portal.embedded.errors import CannotStart, told_clearly

_say = partial(print, file=sys.stderr, flush=True)


def main(argv: list[str] | None = None) -> int:
    """Make the backup; the exit status."""
    parser = argparse.ArgumentParser(
        prog="script/backup",
        description="Puts the database and the files of the portal into one file.",
        allow_abbrev=False,
    )
    parser.add_argument("file", nargs="?", help="default: common-ground-DATE.backup; - is stdout")
    parser.add_argument("--state-dir", type=Path, help="a demonstration's (without DATABASE_URL)")
    parser.add_argument("--programs", type=Path, help="the folder of pg_dump")
    options = parser.parse_args(argv)
    try:
        return _reach(options)
    except CannotStart as refusal:
        _say(f"script/backup: {refusal}")
        return 1


def _reach(options: argparse.Namespace) -> int:
    """Where the database is reached already, do it; else start it and come here again."""
    environ = {key: value for key, value in os.environ.items() if value}
    name = options.file or f"common-ground-{time.strftime('%Y%m%d-%H%M%S')}.backup"
    target = None if name == "-" else reaching.called_from(environ) / name
    if "DATABASE_URL" in environ:
        folder = Path(environ["PORTAL_STATE_DIR"]) if environ.get("PORTAL_STATE_DIR") else None
        return make(environ, folder, target, options.programs)
    folder = reaching.folder_named(options.state_dir, environ)
    running = reaching.of_running(folder)
    if running is not None:
        return make({**environ, **running}, folder, target, options.programs)
    arguments = [str(target or "-")]
    if options.programs:
        arguments += ["--programs", str(options.programs.absolute())]
    return reaching.with_own_server(folder, "portal.embedded.backup", arguments, make=False)


def make(
    environ: dict[str, str],
    state: Path | None,
    target: Path | None,
    programs: Path | None,
    tell: Callable[[str], None] = _say,
) -> int:
    """Back up the database of `environ` and the files of the folder `state` into `target`."""
    if target is not None and target.exists():
        raise CannotStart(f"{target} is there already: name another file.")
    near = target.parent if target else state or Path(tempfile.gettempdir())
    # The folder is ours alone, and gone at the end whatever happens.
    with told_clearly(near), tempfile.TemporaryDirectory(prefix=".backup-", dir=near) as folder:
        dump = Path(folder) / archive.DUMP
        dump.touch(0o600)
        tell("Dumping the database")
        manifest = dumping.dump(environ["DATABASE_URL"], dump, programs, tell)
        manifest.key_mark = archive.key_mark(_secret(environ, state))
        members = [(archive.DUMP, dump)]
        if state is not None and (state / archive.SECRET).exists():
            members.append((archive.SECRET, state / archive.SECRET))
        # After the database: a row never names a file that is younger than the copy of it.
        files = list(archive.files_below(state / "media")) if state else []
        tell(f"Writing {len(manifest.counts)} tables and {len(files)} files")
        members += files
        if target is None:
            archive.write(sys.stdout.buffer, manifest, members)
        else:
            draft = Path(folder) / "whole"
            with open(draft, "xb", opener=_private) as file:
                _write_safely(file, manifest, members)
            draft.replace(target)
            _sync_folder(near)
    size = f", {target.stat().st_size / 1e6:,.1f} MB" if target else ""
    rows = sum(manifest.counts.values())
    tell(f"Backed up {rows:,} rows and {len(files)} files{size}: {target or 'standard output'}")
    if not any(name == archive.SECRET for name, _ in members):
        tell(
            "PORTAL_SECRET_KEY is not in it: keep that apart, or second steps will not open again."
        )
    return 0


def _secret(environ: dict[str, str], state: Path | None) -> str:
    kept = state / archive.SECRET if state else None
    if kept is not None and kept.exists():
        return kept.read_text().strip()
    return environ.get("PORTAL_SECRET_KEY", "")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write_safely(
    file: BinaryIO, manifest: archive.Manifest, members: list[tuple[str, Path]]
) -> None:
    archive.write(file, manifest, members)
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    sys.exit(main())

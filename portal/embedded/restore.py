"""Puts a backup back: what `script/restore` calls.

    python -m portal.embedded.restore FILE [--state-dir DIR] [--replace] [--programs DIR]

FILE "-" is standard input. Nothing is changed before the backup has been checked as a whole; what
was there is given up only when all of the new is in place.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from psycopg2.extensions import connection

from portal.embedded import archive, dumping, reaching
from portal.embedded.archive import Manifest
from portal.embedded.errors import CannotStart, told_clearly
from portal.embedded.state import CHECKOUT, write_private

_say = partial(print, file=sys.stderr, flush=True)
_LEFT_ALONE_WITHIN = 5.0


def main(argv: list[str] | None = None) -> int:
    """Restore; the exit status."""
    parser = argparse.ArgumentParser(
        prog="script/restore",
        description="Puts a backup of script/backup into an empty database.",
        allow_abbrev=False,
    )
    parser.add_argument("file", help="the backup; - is standard input")
    parser.add_argument("--state-dir", type=Path, help="a demonstration's (without DATABASE_URL)")
    parser.add_argument(
        "--replace", action="store_true", help="give up the data that is there, all of it"
    )
    parser.add_argument("--programs", type=Path, help="the folder of pg_restore")
    options = parser.parse_args(argv)
    try:
        return _reach(options)
    except CannotStart as refusal:
        _say(f"script/restore: {refusal}")
        return 1


def _reach(options: argparse.Namespace) -> int:
    """Where the database is reached already, do it; else start it and come here again."""
    environ = {key: value for key, value in os.environ.items() if value}
    source = None if options.file == "-" else reaching.called_from(environ) / options.file
    if source is not None and not source.is_file():
        raise CannotStart(f"{source} is not there.")
    if "DATABASE_URL" in environ:
        named = environ.get("PORTAL_STATE_DIR")
        return put_back(
            environ, Path(named) if named else None, source, options.replace, options.programs
        )
    folder = reaching.folder_named(options.state_dir, environ)
    if reaching.of_running(folder) is not None:
        raise CannotStart(f"A demonstration is running on {folder}: stop it first.")
    arguments = [str(source or "-")]
    if options.replace:
        arguments.append("--replace")
    if options.programs:
        arguments += ["--programs", str(options.programs.absolute())]
    return reaching.with_own_server(folder, "portal.embedded.restore", arguments, make=True)


def put_back(
    environ: dict[str, str],
    state: Path | None,
    source: Path | None,
    replace: bool,
    programs: Path | None,
    tell: Callable[[str], None] = _say,
) -> int:
    """Restore into the database of `environ` and the folder `state`."""
    url = environ["DATABASE_URL"]
    near = state or (source.parent if source else Path(tempfile.gettempdir()))
    with told_clearly(near), tempfile.TemporaryDirectory(prefix=".restore-", dir=near) as temporary:
        folder = Path(temporary)
        tell("Checking the backup")
        manifest = _unpacked(source, folder)
        _refuse_newer(manifest, environ)
        _refuse_in_use(url, replace, tell)
        media = state / "media" if state else None
        files = list(archive.files_below(folder / "media"))
        if files and media is None:
            raise CannotStart("The backup holds files: name their place in PORTAL_STATE_DIR.")
        if media is not None and not replace and any(archive.files_below(media)):
            raise CannotStart(f"{media} holds files already: give them up with --replace.")
        tell(f"Restoring {len(manifest.counts)} tables of {manifest.made_at}")
        dumping.load(url, folder / archive.DUMP, manifest, programs, tell)
        if media is not None:
            _put_files(folder / "media", media)
        _put_secret(folder / archive.SECRET, state, environ)
    tell("Bringing the database up to date")
    _manage(environ, "migrate", "--no-input", "--verbosity", "0")
    tell(f"Restored {sum(manifest.counts.values()):,} rows and {len(files)} files.")
    if not _opens(manifest, state, environ):
        tell(
            "PORTAL_SECRET_KEY is not the one of the backup: second steps will not open, and sealed"
            " links cannot be sent. Set the old key, or add it to PORTAL_SECRET_KEY_FALLBACKS."
        )
    return 0


def _unpacked(source: Path | None, folder: Path) -> Manifest:
    if source is None:
        return archive.read(sys.stdin.buffer, folder)
    with told_clearly(source), source.open("rb") as file:
        return archive.read(file, folder)


def _refuse_newer(manifest: Manifest, environ: dict[str, str]) -> None:
    """Every migration of the backup has to be one of ours."""
    ours = set(re.findall(r"^\[.\]\s+(\S+)$", _manage(environ, "showmigrations", "--plan"), re.M))
    strange = sorted({f"{app}.{name}" for app, name in manifest.migrations} - ours)
    if strange:
        raise CannotStart(
            "The backup was made by a newer version of the portal, or by another one: it has"
            f" {', '.join(strange[:3])}, which this one does not know. Use that version to restore."
        )


def _refuse_in_use(url: str, replace: bool, tell: Callable[[str], None]) -> None:
    line = dumping.connect(url)
    line.autocommit = True
    try:
        _refuse_full(line, replace)
        limit = time.monotonic() + _LEFT_ALONE_WITHIN
        while dumping.is_in_use(line):
            if time.monotonic() > limit:
                raise CannotStart(
                    "Somebody is at work on the database: stop web, worker and dispatcher first."
                )
            time.sleep(0.2)
        if dumping.take_up(line):
            tell("A restore was ended half-way: what was there before it is back")
            _refuse_full(line, replace)
    finally:
        line.close()


def _refuse_full(line: connection, replace: bool) -> None:
    counts = dumping.counted(line)
    if counts and not replace:
        raise CannotStart(
            f"The database holds {sum(counts.values()):,} rows in {len(counts)} tables: restore"
            " into an empty one, or give them up with --replace."
        )


def _put_files(source: Path, media: Path) -> None:
    """Put the backup's files in place; those that were there go aside, and stay there."""
    media.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(archive.files_below(media)):
        media.replace(media.with_name(f"media.before-{time.strftime('%Y%m%d-%H%M%S')}"))
        media.mkdir(mode=0o700)
    for name, path in archive.files_below(source):
        target = media / name.removeprefix(archive.MEDIA)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Copied and not moved: the two may lie on different disks.
        target.write_bytes(path.read_bytes())
        target.chmod(0o600)


def _put_secret(source: Path, state: Path | None, environ: dict[str, str]) -> None:
    """A demonstration's own key comes back with its data."""
    if source.exists() and state is not None and environ.get("PORTAL_MODE") == "demonstration":
        write_private(state / archive.SECRET, source.read_text().strip())


def _opens(manifest: Manifest, state: Path | None, environ: dict[str, str]) -> bool:
    """Whether one of this installation's keys is the one that sealed the data."""
    keys = [environ.get("PORTAL_SECRET_KEY", "")]
    keys += environ.get("PORTAL_SECRET_KEY_FALLBACKS", "").split(",")
    if state is not None and (state / archive.SECRET).exists():
        keys.append((state / archive.SECRET).read_text())
    return manifest.key_mark in {archive.key_mark(key.strip()) for key in keys}


def _manage(environ: dict[str, str], *arguments: str) -> str:
    """Run manage.py to its end; what it printed, or `CannotStart` with its last words."""
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "manage.py"), *arguments],
        env=environ,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        ended = "\n    ".join(done.stderr.strip().splitlines()[-8:])
        raise CannotStart(f"manage.py {arguments[0]} failed:\n    {ended}")
    return done.stdout


if __name__ == "__main__":
    os.environ.pop("PYTHONPATH", None)
    sys.exit(main())

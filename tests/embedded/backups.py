"""What the tests of backup and restore share."""

import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg2

from portal.embedded import archive

from .conftest import CHECKOUT, clean_environment

KEY = "only-for-this-test-0123456789-0123456789-0123456789"


def run(module: str, *arguments: object, **environ: str) -> "subprocess.CompletedProcess[str]":
    """What script/backup and script/restore run."""
    return subprocess.run(
        [sys.executable, "-m", f"portal.embedded.{module}", *map(str, arguments)],
        env=clean_environment() | {"PORTAL_MODE": "demonstration"} | environ,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=120,
    )


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(url)) as line, line.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


_HASHED = """
SELECT count(*), md5(coalesce(string_agg(t::text, ';' ORDER BY t::text COLLATE "C"), ''))
FROM {} AS t
"""


def contents(url: str) -> dict[str, tuple[int, str]]:
    """Each table's number of rows, and a hash over all that they hold."""
    tables = rows(
        url,
        "SELECT relname FROM pg_class WHERE relkind = 'r'"
        " AND relnamespace = 'public'::regnamespace ORDER BY relname",
    )
    return {name: rows(url, _HASHED.format(name))[0] for (name,) in tables}


def manifest_of(path: Path) -> archive.Manifest:
    with tarfile.open(path) as tar:
        file = tar.extractfile(archive.MANIFEST)
        assert file
        return archive.Manifest(**json.load(file))


def packed(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return content.getvalue()


def changed(path: Path, change: Callable[[archive.Manifest], None]) -> bytes:
    """The same backup with another manifest."""
    manifest = manifest_of(path)
    change(manifest)
    with tarfile.open(path) as tar:
        members = {
            entry.name: tar.extractfile(entry).read()  # type: ignore[union-attr]
            for entry in tar
        }
    members[archive.MANIFEST] = json.dumps(vars(manifest)).encode()
    return packed(members)

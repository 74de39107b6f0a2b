"""Takes a database out of a PostgreSQL and puts it back, by PostgreSQL's own programs."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ, connection, parse_dsn

from portal.embedded.archive import Manifest
from portal.embedded.binaries import bundled
from portal.embedded.errors import CannotStart

Tell = Callable[[str], None]

# Passwords go by the environment: a command line can be read by everybody on the machine.
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
_TABLES = """
SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname
"""
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_ASIDE = "before_restore"
_WORKING = re.compile(r"(?:dumping contents of|processing data for) table")
_TOLD_EVERY = 20


def connect(url: str) -> connection:
    """A connection, or `CannotStart`."""
    try:
        return psycopg2.connect(url, connect_timeout=5)
    except (psycopg2.Error, UnicodeError) as error:
        reason = str(error).strip().splitlines()
        raise CannotStart(
            f"The database does not answer ({reason[0] if reason else error})."
        ) from error


def major_of(line: connection) -> int:
    """The major of the server."""
    return int(line.server_version // 10_000)


def program(name: str, least: int, folder: Path | None = None) -> Path:
    """pg_dump or pg_restore of the major `least` or a later one.

    From `folder` where one is named, else from the PATH, else from the wheel of the demonstration.
    """
    wheel = bundled()
    on_path = shutil.which(name)
    candidates = [folder / name] if folder else [Path(on_path)] if on_path else []
    if folder is None and wheel is not None:
        candidates.append(wheel / name)
    for candidate in candidates:
        if candidate.exists() and _major(candidate) >= least:
            return candidate
    raise CannotStart(
        f"{name} of PostgreSQL {least} or later was not found: install PostgreSQL's client"
        " programs (on Debian: postgresql-client), or name their folder with --programs."
    )


def _major(path: Path) -> int:
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)(?:\.\d+)*\s*(?:\(|$)", told.strip())
    return int(found[1]) if found else 0


def dump(url: str, target: Path, programs: Path | None, tell: Tell) -> Manifest:
    """Write the database to `target`, as it was at one moment, while others go on writing.

    Rows are counted in the very snapshot that pg_dump reads, so the counts are those of the dump.
    """
    line = connect(url)
    try:
        line.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
        with line.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot(), statement_timestamp()")
            snapshot, moment = cursor.fetchone() or ("", None)
            counts = counted(line)
            if "django_migrations" not in counts:
                raise CannotStart("This database holds no portal: there is nothing to back up.")
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
            migrations = [list(row) for row in cursor.fetchall()]
            cursor.execute("SHOW server_version")
            server = str((cursor.fetchone() or ("0",))[0]).split()[0]
        tool = program("pg_dump", major_of(line), programs)
        arguments = [f"--snapshot={snapshot}", f"--file={target}", "--format=custom"]
        _run(tool, [*arguments, "--schema=public"], url, tell, len(counts), "dumped")
    finally:
        line.close()
    return Manifest(f"{moment:%Y-%m-%dT%H:%M:%SZ}", server, migrations, counts)


def counted(line: connection) -> dict[str, int]:
    """Rows by table."""
    with line.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        counts = {}
        for name in tables:
            cursor.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", name))
            )
            counts[name] = int((cursor.fetchone() or (0,))[0])
    return counts


def is_in_use(line: connection) -> bool:
    """Whether somebody else is connected to the database."""
    with line.cursor() as cursor:
        cursor.execute(_OTHERS)
        return bool((cursor.fetchone() or (0,))[0])


def load(url: str, source: Path, manifest: Manifest, programs: Path | None, tell: Tell) -> None:
    """Put the dump into the database. What was there is kept aside until all has gone well."""
    line = connect(url)
    line.autocommit = True
    try:
        tool = program("pg_restore", manifest.server_major, programs)
        if major_of(line) < manifest.server_major:
            raise CannotStart(
                f"The backup is of PostgreSQL {manifest.server_major} and this server is of"
                f" {major_of(line)}: restore into one of {manifest.server_major} or later."
            )
        take_up(line)
        _set_aside(line)
        try:
            flags = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
            arguments = [*flags, f"--dbname={parse_dsn(url)['dbname']}", str(source)]
            _run(tool, arguments, url, tell, len(manifest.counts), "restored")
            _check_counts(line, manifest)
        except BaseException:
            _put_back(line)
            raise
        _execute(line, f"DROP SCHEMA IF EXISTS {_ASIDE} CASCADE", "ANALYZE")
    finally:
        line.close()


def take_up(line: connection) -> bool:
    """Give back what a restore that was killed had set aside; whether there was any.

    pg_restore puts in all or nothing: where tables stand in its place, they are the whole of the
    new. The connection commits by itself, and nobody else is at work.
    """
    if not _is_there(line, _ASIDE) or counted(line):
        return False
    _put_back(line)
    return True


def _set_aside(line: connection) -> None:
    """An empty schema in place of the one that is there; pg_restore makes it itself or not."""
    _execute(
        line,
        f"DROP SCHEMA IF EXISTS {_ASIDE} CASCADE; ALTER SCHEMA public RENAME TO {_ASIDE}",
    )


def _put_back(line: connection) -> None:
    _execute(
        line,
        f"DROP SCHEMA IF EXISTS public CASCADE; ALTER SCHEMA {_ASIDE} RENAME TO public",
    )


def _is_there(line: connection, schema: str) -> bool:
    with line.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)", [schema])
        return cursor.fetchone() == (True,)


def _execute(line: connection, *statements: str) -> None:
    """Each commits by itself; what is parted by semicolons in one of them is done whole."""
    with line.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _check_counts(line: connection, manifest: Manifest) -> None:
    found = counted(line)
    differ = sorted(
        name for name in {*found, *manifest.counts} if found.get(name) != manifest.counts.get(name)
    )
    if differ:
        raise CannotStart(f"Rows are missing after the restore, in {', '.join(differ)}.")


def _run(
    tool: Path, arguments: Sequence[str], url: str, tell: Tell, tables: int, done: str
) -> None:
    """Run a program of PostgreSQL, telling how far it is; `CannotStart` with its last words."""
    named = parse_dsn(url)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
    environment |= {_VARIABLES[key]: value for key, value in named.items() if key in _VARIABLES}
    ended: list[str] = []
    seen = 0
    with subprocess.Popen(
        [tool, "--verbose", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        for words in process.stderr or ():
            ended = [*ended[-9:], words.rstrip()]
            if _WORKING.search(words):
                seen += 1
                if seen % _TOLD_EVERY == 0:
                    tell(f"  {seen} of {tables} tables {done}")
    if process.returncode != 0:
        raise CannotStart(f"{tool.name} failed:\n    " + "\n    ".join(ended))

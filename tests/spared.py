"""Work that Django and the importers would do again for every test with the same result."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.core.management.commands import flush
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from whitenoise.base import WhiteNoise

from contacts.actions.reference import load_reference_data

# Made with the tables, and known to the process by their numbers.
_OF_DJANGO = {"django_content_type", "auth_permission"}
_REFERENCE: dict[str, bytes] = {}
_WITHOUT_TRIGGERS = "SET LOCAL session_replication_role = replica"
_WITH_TRIGGERS = "SET LOCAL session_replication_role = origin"
_STATIC: dict[tuple[str, str, int], Any] = {}
_truncate = DatabaseOperations.sql_flush
_describe = WhiteNoise.get_static_file


def look_at_static_files_once() -> None:
    """From now on a new browser's first request does not describe every static file anew."""
    WhiteNoise.get_static_file = _described


def _described(self: WhiteNoise, path: str, url: str, stat_cache: Any = None) -> Any:
    """A file's answer, made again where the file has changed."""
    if stat_cache is None:
        return _describe(self, path, url)
    key = (path, url, stat_cache[path].st_mtime_ns)
    if key not in _STATIC:
        _STATIC[key] = _describe(self, path, url, stat_cache)
    return _STATIC[key]


def empty_what_has_rows() -> None:
    """From now on a test with transactions of its own empties the tables that hold something.

    Django truncates all, which takes PostgreSQL half a second for a hundred that are empty, its
    own two among them, and then fills those two again.
    """
    DatabaseOperations.sql_flush = _delete  # type: ignore[method-assign]
    flush.emit_post_migrate_signal = lambda *_: None


def _delete(
    self: DatabaseOperations,
    style: Any,
    tables: Sequence[str],
    *,
    reset_sequences: bool = False,
    allow_cascade: bool = False,
) -> list[str]:
    """The statements for Django's `flush`, which runs them in one transaction."""
    if reset_sequences:  # as the command asks for it, called by name
        ours = [name for name in tables if name not in _OF_DJANGO]
        return _truncate(self, style, ours, reset_sequences=True, allow_cascade=allow_cascade)
    return emptying(tables)


def emptying(tables: Sequence[str]) -> list[str]:
    """The statements, for one transaction, that take the rows out of those that hold some.

    No trigger runs: neither history nor what must not be deleted stands in the way.
    """
    names = (connection.ops.quote_name(name) for name in _with_rows(tables))
    return [_WITHOUT_TRIGGERS, *(f"DELETE FROM {name}" for name in names), _WITH_TRIGGERS]  # noqa: S608


def _with_rows(tables: Sequence[str]) -> list[str]:
    """Those of the tables that hold something, but for Django's own two."""
    asked = (
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM {connection.ops.quote_name(name)})"  # noqa: S608
        for name in sorted(set(tables) - _OF_DJANGO)
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]


def reference_data() -> None:
    """The bundled open data, in a transaction that is rolled back.

    The importers take it in once in a process; later they are spared, and every row that they
    wrote is put back as it was, with its history, its number and the directory's revision.
    """
    if not _REFERENCE:
        load_reference_data()
        names = connection.introspection.django_table_names(only_existing=True)
        for name in _with_rows(names):
            _REFERENCE[name] = _rows_of(name)
        return
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_TRIGGERS)
        for name, rows in _REFERENCE.items():
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608
            cursor.copy_expert(f"COPY {name} FROM STDIN (FORMAT binary)", BytesIO(rows))
        cursor.execute(_WITH_TRIGGERS)


def _rows_of(table: str) -> bytes:
    rows = BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} TO STDOUT (FORMAT binary)", rows)
    return rows.getvalue()

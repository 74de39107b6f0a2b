"""Statements that a connection sends again and again are planned by PostgreSQL once.

Planning the joins of a page takes PostgreSQL several times as long as running them. psycopg2 does
not use prepared statements by itself; these two classes do it for it, below Django: the third time
a SELECT comes by on a connection, it is prepared there. PostgreSQL goes on planning for the very
values wherever its general plan would be worse. docs/adr/0016 says what this costs.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg2 import Error, errors, extensions

PREPARE_AT = 3  # executions on one connection
AT_MOST = 200  # prepared on one connection; each plan takes memory there
_FORGET_ABOVE = 2_000  # texts that are counted
_BEGINS = ("SELECT", "WITH")
_PLACE = re.compile(r"%(?:\((\w+)\)s|s|%)")
# What psycopg2 makes of a value has this type; those of _UNTYPED become quoted literals, whose type
# PostgreSQL finds out. A statement with any other value is not prepared.
_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (int, "bigint"),
    (datetime, "timestamptz"),
    (date, "date"),
    (timedelta, "interval"),
    (Decimal, "numeric"),
    (UUID, "uuid"),
)
_UNTYPED = (str, list, type(None))

Parameters = Sequence[Any] | Mapping[str, Any] | None


class PreparingConnection(extensions.connection):
    """Keeps what it has prepared: by text and types, how often it came by and its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen: dict[tuple[str, tuple[str, ...]], int] = {}
        # The name there; None for what cannot be prepared.
        self.prepared: dict[tuple[str, tuple[str, ...]], str | None] = {}
        self.made = 0

    def forget(self) -> None:
        """Nothing is prepared any more: somebody has discarded it, or a table was changed."""
        self.seen.clear()
        self.prepared.clear()


class PreparingCursor(extensions.cursor):
    """Executes a SELECT that comes again as a prepared statement."""

    connection: PreparingConnection

    def execute(self, query: Any, vars: Parameters = None) -> None:
        """As psycopg2's own, with the same result and the same errors."""
        found = self._prepared(query, vars)
        if found is None:
            return super().execute(query, vars)
        name, values = found
        places = f" ({', '.join(['%s'] * len(values))})" if values else ""
        try:
            return super().execute(f"EXECUTE {name}{places}", values)
        except (errors.InvalidSqlStatementName, errors.FeatureNotSupported):
            # Discarded by a pooler, or its table has other columns since a migration.
            self.connection.forget()
            if not self.connection.autocommit:
                raise
            return super().execute(query, vars)

    def _prepared(self, query: Any, given: Parameters) -> tuple[str, list[Any]] | None:
        """The name of the prepared statement and its values; None where it goes as it is."""
        if self.name is not None or not isinstance(query, str) or not _is_reading(query):
            return None
        values = _values(query, given)
        types = None if values is None else _types(values)
        if values is None or types is None:
            return None
        connection, key = self.connection, (query, types)
        if key not in connection.prepared:
            count = connection.seen[key] = connection.seen.get(key, 0) + 1
            if count < PREPARE_AT or len(connection.prepared) >= AT_MOST:
                if len(connection.seen) > _FORGET_ABOVE:
                    connection.seen.clear()
                return None
            connection.prepared[key] = self._prepare(query, types)
        name = connection.prepared[key]
        return None if name is None else (name, values)

    def _new_name(self, query: str, types: tuple[str, ...]) -> str:
        """A name that this connection has not used, and nobody uses for another statement.

        A pooler may hand a connection on with what was prepared on it: a name that another
        client could have given to something else would find the wrong rows without an error.
        """
        self.connection.made += 1
        mark = hashlib.sha256(repr((query, types)).encode()).hexdigest()[:32]
        return f"reading_{mark}_{self.connection.made}"

    def _prepare(self, query: str, types: tuple[str, ...]) -> str | None:
        """Prepare it under a new name; None where PostgreSQL cannot (it shall go on as it is)."""
        if self.connection.info.transaction_status == extensions.TRANSACTION_STATUS_INERROR:
            return None
        name = self._new_name(query, types)
        listed = f" ({', '.join(types)})" if types else ""
        inside = not self.connection.autocommit
        if inside:
            super().execute("SAVEPOINT preparing")
        try:
            super().execute(f"PREPARE {name}{listed} AS {_numbered(query)}")
        except Error:
            if inside:
                super().execute("ROLLBACK TO SAVEPOINT preparing")
            name = ""
        if inside:
            super().execute("RELEASE SAVEPOINT preparing")
        return name or None


def _is_reading(query: str) -> bool:
    """One statement that reads. Several in one text cannot be prepared."""
    return query.lstrip()[:6].upper().startswith(_BEGINS) and ";" not in query


def _values(query: str, given: Parameters) -> list[Any] | None:
    """The values in the order of their places; None for a text whose % is no place."""
    if not given:
        return None if "%" in query else []
    if isinstance(given, Mapping):
        return [given[name] for name in _names(query)]
    return list(given)


def _names(query: str) -> list[str]:
    """The names in a text, each once."""
    return list(dict.fromkeys(name for name in _PLACE.findall(query) if name))


def _types(values: Sequence[Any]) -> tuple[str, ...] | None:
    """What PostgreSQL is told of each value; None where one of them cannot be told."""
    told = []
    for value in values:
        name = next((name for kind, name in _TYPES if isinstance(value, kind)), None)
        if name is None and not isinstance(value, _UNTYPED):
            return None
        told.append(name or "unknown")
    return tuple(told)


def _numbered(query: str) -> str:
    """`%s` and `%(name)s` as `$1`, `$2`, ...; `%%` as `%`."""
    numbers = {name: n for n, name in enumerate(_names(query), start=1)}
    position = iter(range(1, query.count("%s") + 1))

    def number(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%"
        return f"${numbers[match[1]] if match[1] else next(position)}"

    return _PLACE.sub(number, query)

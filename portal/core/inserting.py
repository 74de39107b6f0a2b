"""New rows of several tables, written by one trip to PostgreSQL.

For what a person waits for: building five INSERTs one by one took longer than carrying them out.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection, models


def keys_of(*kinds: type[models.Model]) -> str:
    """SQL: a key for a new row of each table, from its own sequence, so that rows can point to it.

    Columns of a SELECT, which may ask for something else as well.
    """
    asked = (f"nextval(pg_get_serial_sequence('{kind._meta.db_table}', 'id'))" for kind in kinds)
    return ", ".join(asked)


class Renewing(NamedTuple):
    """Where a row with these fields is there already, it gets the new values of those."""

    same: tuple[str, ...]
    renewed: tuple[str, ...]


def insert_together(
    rows: Sequence[models.Model], renewing: Mapping[type[models.Model], Renewing] | None = None
) -> None:
    """Insert new rows in this order, all or none of them; only those with a key have it after.

    Rows of one table that stand together go in one INSERT: all of them have keys, or none has.
    Checks and triggers are PostgreSQL's, as ever; nothing of Django's `save()` is called. Of a
    table in `renewing`, what is there already is renewed in the same statement.
    """
    texts: list[str] = []
    values: list[Any] = []
    for (kind, keyed), group in groupby(rows, key=lambda row: (type(row), row.pk is not None)):
        alike = list(group)
        fields = _fields(kind, keyed)
        how = renewing.get(kind) if renewing else None
        texts.append(_insert(kind, keyed, len(alike), how))
        for row in alike:
            values += [
                field.get_db_prep_save(field.pre_save(row, add=True), connection)
                for field in fields
            ]
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(texts), values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@lru_cache(maxsize=64)
def _fields(kind: type[models.Model], keyed: bool) -> list[Any]:
    return [field for field in kind._meta.concrete_fields if keyed or not field.primary_key]


@lru_cache(maxsize=256)
def _insert(kind: type[models.Model], keyed: bool, count: int, how: Renewing | None) -> str:
    fields = _fields(kind, keyed)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    one = f"({', '.join(['%s'] * len(fields))})"
    table = connection.ops.quote_name(kind._meta.db_table)
    text = f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * count)}"  # noqa: S608
    if how is None:
        return text
    same = ", ".join(_column(kind, name) for name in how.same)
    renewed = (_column(kind, name) for name in how.renewed)
    changes = ", ".join(f"{column} = EXCLUDED.{column}" for column in renewed)
    return f"{text} ON CONFLICT ({same}) DO UPDATE SET {changes}"


def _column(kind: type[models.Model], name: str) -> str:
    (field,) = (field for field in _fields(kind, keyed=True) if field.name == name)
    return connection.ops.quote_name(field.column)

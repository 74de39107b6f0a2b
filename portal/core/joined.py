"""Rows of several tables, read by one statement that is put together once.

For what is read again and again: building such a statement from the models takes longer than
PostgreSQL takes to answer it. The columns are still the models' own.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db import connection, models


class _Part(NamedTuple):
    model: type[models.Model]
    names: list[str]
    # For the columns that come as another kind of value than the model has: JSON comes as text.
    readers: list[tuple[int, Callable[..., Any]]]


class Joined:
    """Some models, each with the name that its table has in the statement.

    `columns` go between SELECT and FROM, at any place; `made` takes what came from there.
    """

    def __init__(self, *parts: tuple[str, type[models.Model]]) -> None:
        self._parts = [_part(model) for _, model in parts]
        self.columns = ", ".join(
            f'{alias}."{field.column}"'
            for alias, model in parts
            for field in model._meta.concrete_fields
        )
        self.width = sum(len(part.names) for part in self._parts)

    def made(self, values: Sequence[Any]) -> list[Any]:
        """A row of each table in the order of the parts, None where a LEFT JOIN found none."""
        found: list[Any] = []
        begin = 0
        for model, names, readers in self._parts:
            own = values[begin : begin + len(names)]
            begin += len(names)
            if own[0] is None:
                found.append(None)
                continue
            if readers:
                own = list(own)
                for at, read in readers:
                    own[at] = read(own[at], None, connection)
            found.append(model.from_db(connection.alias, names, own))
        return found


def _part(model: type[models.Model]) -> _Part:
    fields = model._meta.concrete_fields
    readers = [
        (at, field.from_db_value)
        for at, field in enumerate(fields)
        if hasattr(field, "from_db_value")
    ]
    return _Part(model, [field.attname for field in fields], readers)

"""Which statements one call sends to PostgreSQL."""

from collections.abc import Callable
from typing import Any

from django.db import connection

_TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET")


def statements(call: Callable[[], object]) -> list[str]:
    """Those of the call, without the ones that only begin and end transactions."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(_TRANSACTION):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        call()
    return found

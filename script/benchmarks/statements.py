"""What PostgreSQL has to do with it: which statements a call sends, how long its process works."""

import time
from collections.abc import Callable
from pathlib import Path
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


def processor_clock() -> Callable[[], float]:
    """Seconds of processor time so far: of this thread, and of PostgreSQL's process behind it.

    Always nought where Linux does not tell of that process.
    """
    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")

    def worked() -> float:
        return time.thread_time() + int(told.read_text().split()[0]) / 1e9

    try:
        worked()
    except (OSError, ValueError, IndexError):
        return lambda: 0.0
    return worked

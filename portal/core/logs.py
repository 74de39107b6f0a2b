"""Log lines as JSON. Never a body, a query string, a form value or a name of a person."""

import json
import logging
import traceback
from datetime import UTC, datetime

from portal.core.request_ids import current_request_id

_EXTRA = ("event", "kind", "count", "seconds", "status", "method", "route", "attempt", "outcome")


def _message(record: logging.LogRecord) -> str:
    # Django's request loggers put the path (and some the query string) into the message.
    if record.name.startswith("django.") and (
        hasattr(record, "status_code") or hasattr(record, "request")
    ):
        return f"{record.levelname.lower()} answer {getattr(record, 'status_code', '')}".strip()
    return record.getMessage()


def _frames(record: logging.LogRecord) -> list[str]:
    """Where an exception came from: files and lines, not its message, which may quote input."""
    if not record.exc_info or not record.exc_info[1]:
        return []
    error = record.exc_info[1]
    lines = [
        f"{frame.filename.rpartition('/site-packages/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-12:]
    ]
    return [*lines, type(error).__name__]


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request id, a few known extras."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; of an exception only where it came from and its class."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if request_id := current_request_id():
            line["request"] = request_id
        line.update({name: getattr(record, name) for name in _EXTRA if hasattr(record, name)})
        if frames := _frames(record):
            line["frames"] = frames
        return json.dumps(line, default=str, ensure_ascii=False)

"""Reads the environment and fails with advice: the variable's name, what is wrong, an example."""

import os
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Every name that was asked for, so that the documentation and the compose file can be held to it.
READ: set[str] = set()


def _advice(name: str, wrong: str, example: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {wrong}. For example: {name}={example}")


def text(name: str, default: str | None = None, *, example: str = "") -> str:
    """The variable as text; without a default it must be set and not blank."""
    READ.add(name)
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise _advice(name, "is not set", example)
    return default


def flag(name: str, default: bool) -> bool:
    """The variable as yes or no: true/false, yes/no, on/off, 1/0."""
    value = text(name, "true" if default else "false").lower()
    if value in {"true", "yes", "on", "1"}:
        return True
    if value in {"false", "no", "off", "0"}:
        return False
    raise _advice(name, f"must be true or false, not {value!r}", "true")


def number(name: str, default: int, *, least: int = 0) -> int:
    """The variable as a whole number, at least `least`."""
    value = text(name, str(default))
    if not value.isdigit() or int(value) < least:
        raise _advice(name, f"must be a whole number of at least {least}", str(default))
    return int(value)


def one_of(name: str, choices: tuple[str, ...], default: str) -> str:
    """The variable as one of the given words."""
    value = text(name, default)
    if value not in choices:
        raise _advice(name, f"must be one of {', '.join(choices)}, not {value!r}", default)
    return value


def listed(name: str, default: str | None = None, *, example: str = "") -> list[str]:
    """The variable as a list, separated by commas."""
    return [
        part.strip() for part in text(name, default, example=example).split(",") if part.strip()
    ]


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    starttls: bool


def mail_server(name: str, default: str | None = None) -> MailServer:
    """The variable as smtp://, smtp+starttls:// or smtps:// with optional user and password."""
    example = "smtp+starttls://user:password@mail.example.org:587"
    parts = urlsplit(text(name, default, example=example))
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise _advice(name, "must be an smtp address", example)
    try:
        port = parts.port or ports[parts.scheme]
    except ValueError as error:
        raise _advice(name, "has a port that is not a number", example) from error
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp+starttls",
    )


def redis_address(name: str, default: str | None = None) -> tuple[str, str]:
    """The variable as (address for redis-py, address for Celery); both know TCP and a socket.

    The two libraries spell a socket differently: `unix:///path` and `redis+socket:///path`.
    """
    value = text(name, default, example="redis://127.0.0.1:6379/0")
    parts = urlsplit(value)
    if parts.scheme in {"redis", "rediss"} and parts.hostname:
        return value, value
    if parts.scheme in {"unix", "redis+socket"} and parts.path:
        database = parse_qs(parts.query).get("db", ["0"])[0]
        return (
            f"unix://{parts.path}?db={database}",
            f"redis+socket://{parts.path}?virtual_host={database}",
        )
    raise _advice(name, "must be a redis address", "redis://127.0.0.1:6379/0")

"""Is this container at work? For the health checks of docker-compose.yml, and for hand use.

    python script/health.py web [PATH]    the web server answers 200 on PATH (default /healthz)
    python script/health.py worker        this host's worker gave a sign of life lately
    python script/health.py dispatcher    this host's dispatcher did

Asks without loading Django, because it runs every half minute. Exit status 0 means yes.
"""

import http.client
import os
import socket
import sys
from contextlib import closing

import psycopg2

PORT = 8000
ALIVE_WITHIN = 30.0  # as portal.notifications.heartbeats has it; a test compares them
NAMES = {"worker": "worker:celery@{host}", "dispatcher": "dispatcher:{host}"}


def web_answers(path: str) -> str:
    """What is wrong with the web server's answer on `path`; empty when it is 200."""
    host = os.environ.get("PORTAL_HOSTS", "").split(",")[0].strip() or "127.0.0.1"
    headers = {"Host": host, "X-Forwarded-Proto": "https"}
    with closing(http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)) as connection:
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            return f"the web server does not answer ({type(error).__name__})"
    return "" if answer.status == 200 else f"{path} answers {answer.status}"


def gave_sign(kind: str) -> str:
    """What is wrong with this host's worker or dispatcher; empty when it gave a sign of life."""
    name = NAMES[kind].format(host=socket.gethostname())
    try:
        seconds = _seconds_since(name)
    except psycopg2.Error as error:
        return f"the database does not answer ({type(error).__name__})"
    if seconds is None:
        return f"{name} has given no sign of life"
    return "" if seconds < ALIVE_WITHIN else f"{name} was last heard of {seconds:.0f} seconds ago"


def _seconds_since(name: str) -> float | None:
    """Since the newest sign of life under this name, or this name with a process number."""
    with (
        closing(psycopg2.connect(os.environ["DATABASE_URL"], connect_timeout=5)) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT extract(epoch FROM statement_timestamp() - max(at))::float8"
            " FROM notifications_heartbeat WHERE name = %s OR starts_with(name, %s)",
            [name, f"{name}:"],
        )
        row = cursor.fetchone()
        return row[0] if row else None


def main(argv: list[str]) -> int:
    """The exit status: 0 well, 1 not well (with a sentence), 2 asked wrongly."""
    match argv:
        case ["web", *path] if len(path) <= 1:
            wrong = web_answers(*(path or ["/healthz"]))
        case ["worker" | "dispatcher" as kind]:
            wrong = gave_sign(kind)
        case _:
            print("usage: health.py web [PATH] | worker | dispatcher", file=sys.stderr)
            return 2
    if wrong:
        print(f"Not well: {wrong}.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

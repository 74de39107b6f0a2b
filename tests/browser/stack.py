"""The whole portal for the journeys: web server, worker, dispatcher, Redis and a mail server.

It works on the database of this test run, which is filled once: with the bundled open data and
with the cast. Between two journeys everything that they wrote is swept away; the cast stays.
"""

import http.client
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction

from contacts.actions.reference import load_reference_data
from contacts.models import Service, ServiceHours
from portal.accounts import sessions
from portal.accounts.models import Membership, Organisation, User
from portal.accounts.session_store import SessionStore
from portal.core.retrying import retry_deadlocks
from tests.cast import ORGANISATIONS, PASSWORD, Cast, make_cast
from tests.mail_server import MailServer
from tests.processes import (
    Running,
    dispatcher,
    own_redis,
    portal_environment,
    running,
    wait_until,
    worker,
)
from tests.spared import emptying

# What is filled once. All other tables are emptied after each journey.
_KEPT = {
    "accounts_membership",
    "accounts_organisation",
    "accounts_team",
    "accounts_user",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "notifications_heartbeat",
}


@dataclass
class Portal:
    """A portal at work. `mails` is the server that its mails arrive at."""

    url: str
    cast: Cast
    mails: MailServer
    web: Running

    def last_words(self) -> str:
        """The end of the web server's log."""
        return self.web.log.read_text(errors="replace")[-4000:]

    def session_of(self, name: str) -> str:
        """The key of a session in which somebody of the cast has just signed in."""
        user = self.cast.users[name]
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.save()
        return str(store.session_key)

    def let_sessions_end(self) -> None:
        """A quarter of an hour and more has gone by in which nobody did anything."""
        for row in Session.objects.all():
            store = SessionStore(row.session_key)
            store[sessions.SEEN] -= 16 * 60
            store.save()


@contextmanager
def portal_at_work() -> Iterator[Portal]:
    """Fill the database, start everything, and stop it at the end."""
    cast = _fill()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cg-", dir="/tmp")))
        mails = stack.enter_context(MailServer())
        broker = stack.enter_context(own_redis(folder))
        port = _free_port()
        environment = portal_environment(
            redis=broker.url,
            smtp=mails.url,
            PORTAL_BASE_URL=f"http://127.0.0.1:{port}",
            PORTAL_STATE_DIR=str(folder),
        )
        stack.enter_context(worker(folder, environment, concurrency=1))
        stack.enter_context(dispatcher(folder, environment))
        web = stack.enter_context(_web(folder, environment, port))
        yield Portal(f"http://127.0.0.1:{port}", cast, mails, web)
    wait_until(_is_left_alone, "all processes have left the database")
    call_command("flush", interactive=False, verbosity=0)


def _is_left_alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone() == (0,)


def _fill() -> Cast:
    """Open data, the cast, and the cast's services open day and night."""
    cast = make_cast()
    load_reference_data()
    for name, (_, _, code, words) in ORGANISATIONS.items():
        # The open data has names of its own for these codes.
        Organisation.objects.filter(code=code).update(name=words)
        cast.organisations[name].refresh_from_db()
    # The web server knows real hashers only; one hash for everybody, because it is slow to make.
    hashed = ScryptPasswordHasher().encode(PASSWORD, "salt-of-the-tests")
    User.objects.update(password=hashed)
    for user in cast.users.values():
        user.refresh_from_db()
    open_everything(cast)
    return cast


def open_everything(cast: Cast) -> None:
    """All services are open now, whatever the day on which the tests run."""
    ServiceHours.objects.all().delete()
    Service.objects.update(
        is_always_open=True,
        closed_on_bank_holidays=False,
        last_checked_on=None,
        last_checked_by=None,
    )
    for name, service in cast.services.items():
        cast.services[name] = Service.objects.get(pk=service.pk)


def _is_upkeep(table: str) -> bool:
    """Reports, and who was reminded: of the directory's tables, what journeys write."""
    return "report" in table or "remind" in table


@retry_deadlocks
def sweep(cast: Cast) -> None:
    """Empty what the journey has written, while the processes go on."""
    swept = [
        table
        for table in connection.introspection.table_names()
        if table not in _KEPT and (not table.startswith("contacts_") or _is_upkeep(table))
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in emptying(swept):
            cursor.execute(statement)
    Membership.objects.exclude(user__in=cast.users.values()).delete()
    User.objects.exclude(pk__in=[user.pk for user in cast.users.values()]).delete()
    open_everything(cast)


@contextmanager
def _web(folder: Path, environment: dict[str, str], port: int) -> Iterator[Running]:
    """The web server as script/demo starts it."""
    argv = [sys.executable, "-m", "portal.embedded.bound", "granian", "--interface", "wsgi"]
    argv += ["--workers", "2", "--blocking-threads", "4", "--no-ws"]
    argv += ["--host", "127.0.0.1", "--port", str(port), "portal.wsgi:application"]
    with running("web", argv, environment, folder, "Listening at") as program:
        wait_until(lambda: _answers(port), f"the web server answers ({program.log})", 60)
        yield program


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

"""A database in which the migrations have run, made once and copied from then on.

They take most of a minute, whatever the tests: what they made is kept as a dump in
`.build/tests/`, under a name that changes with any migration and any version of a package.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import django
import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.embedded.binaries import bundled
from portal.embedded.state import CHECKOUT
from tests.side_by_side import held, shared

NAME = "test_template"
_FOLDER = CHECKOUT / ".build" / "tests"
_ASKS = {"db", "transactional_db", "django_db_setup"}


def asks_for_it(item: pytest.Item) -> bool:
    """Whether a test works on the database."""
    names = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not _ASKS.isdisjoint(names)


def prepare() -> None:
    """See that it is there; the first worker that comes makes it, and the others wait.

    By a process of its own, so that no connection to it stays open here: nobody could copy it. It
    goes away with the server.
    """
    with held(NAME):
        made = shared(f"{NAME}.made")
        if not made.exists():
            subprocess.run([sys.executable, "-m", "tests.migrated"], cwd=CHECKOUT, check=True)
            made.touch()


def _make() -> None:
    """By the migrations, or from what they made before."""
    kept = _FOLDER / f"migrated-{_key()}.dump"
    if kept.exists():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(NAME)}")
        _run(connection, "pg_restore", "--no-owner", "--dbname", NAME, kept)
        return
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    _FOLDER.mkdir(parents=True, exist_ok=True)
    draft = _FOLDER / f"{os.getpid()}.draft"
    _run(connection, "pg_dump", "--format", "custom", "--no-owner", "--file", draft, NAME)
    draft.replace(kept)
    for other in set(_FOLDER.glob("migrated-*.dump")) - {kept}:
        other.unlink(missing_ok=True)


def _run(connection: BaseDatabaseWrapper, program: str, *arguments: str | Path) -> None:
    folder = bundled()
    assert folder is not None  # script/test runs on it
    given = connection.settings_dict
    where = {"PGHOST": given["HOST"], "PGPORT": str(given["PORT"]), "PGUSER": given["USER"]}
    environment = {**os.environ, **{key: value for key, value in where.items() if value}}
    subprocess.run([folder / program, *arguments], env=environment, check=True)


def _key() -> str:
    found = sorted(CHECKOUT.glob("*/migrations/*.py")) + sorted(
        CHECKOUT.glob("portal/*/migrations/*.py")
    )
    total = hashlib.sha256()
    for path in [*found, CHECKOUT / "requirements-dev.lock", CHECKOUT / "portal/settings.py"]:
        total.update(f"{path.relative_to(CHECKOUT)}\0".encode() + path.read_bytes())
    return total.hexdigest()[:16]


if __name__ == "__main__":
    django.setup()
    _make()

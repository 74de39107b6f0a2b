"""A database in which the migrations have run, made once and copied from then on.

They take most of a minute, whatever the tests: what they made is kept as a dump in
`.build/tests/`, under a name that changes with any migration and any version of a package.
"""

import hashlib
import os
import subprocess
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from portal.embedded.binaries import bundled
from portal.embedded.state import CHECKOUT
from tests.side_by_side import held, made_once

_FOLDER = CHECKOUT / ".build" / "tests"


def copy_for_tests(connection: BaseDatabaseWrapper) -> None:
    """Let the database for tests of this process be made as a copy of it.

    On several workers the first that comes makes it, and the others wait. It goes away with the
    server.
    """
    given, test = connection.settings_dict, connection.settings_dict["TEST"]
    names = given["NAME"], test["NAME"]
    # Workers have databases with their own name at the end: test_portal_gw0.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    template = f"{names[1].removesuffix(f'_{worker}')}_template"
    with held(template):
        if made_once(template):
            test["NAME"] = template
            _make(connection, template)
            connection.close()
            given["NAME"], test["NAME"] = names
    test["TEMPLATE"] = template


def _make(connection: BaseDatabaseWrapper, name: str) -> None:
    """By the migrations, or from what they made before."""
    kept = _FOLDER / f"migrated-{_key()}.dump"
    if kept.exists():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
        _run(connection, "pg_restore", "--no-owner", "--dbname", name, kept)
        return
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    draft = _FOLDER / f"{os.getpid()}.draft"
    _run(connection, "pg_dump", "--format", "custom", "--no-owner", "--file", draft, name)
    for older in _FOLDER.glob("migrated-*.dump"):
        older.unlink()
    draft.replace(kept)


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

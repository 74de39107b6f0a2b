"""A state folder of the version that landed last is brought up to date, and nothing is lost.

The fixture is made by tests/upgrade/make.py; no git is needed here.
"""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from portal.embedded import archive, dumping

from .conftest import CHECKOUT, Program, Starter, clean_environment

pytestmark = pytest.mark.slow
LANDED = sorted((CHECKOUT / "tests" / "upgrade").glob("landed_*.backup"))
# What comes and goes by itself.
_PASSING = {"cache", "core_ratecount", "django_session", "notifications_heartbeat"}


def rows_of(url: str) -> dict[str, set[str]]:
    """The keys of all rows, by table."""
    found: dict[str, set[str]] = {}
    with closing(psycopg2.connect(url)) as line, line.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, string_agg(quote_ident(attname), ', ')"
            " FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)"
            " WHERE contype = 'p' AND connamespace = 'public'::regnamespace GROUP BY 1"
        )
        for table, columns in cursor.fetchall():
            cursor.execute(f"SELECT ROW({columns})::text FROM {table}")  # noqa: S608
            found[table] = {key for (key,) in cursor.fetchall()}
    return found


def triggers(url: str) -> set[tuple[str, str]]:
    with closing(psycopg2.connect(url)) as line, line.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        return set(cursor.fetchall())


def python(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(params=LANDED, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, roomy: Path, start: Starter) -> Program:
    """A state folder's PostgreSQL, filled by the version that landed."""
    program = start("servers", roomy / "state")
    with request.param.open("rb") as file:
        manifest = archive.read(file, roomy)
    said: list[str] = []
    dump = roomy / archive.DUMP
    dumping.load(program.told["DATABASE_URL"], dump, manifest, None, said.append)
    return program


def test_there_is_a_landed_version_to_upgrade_from() -> None:
    assert LANDED
    assert all(path.stat().st_size < 1_200_000 for path in LANDED)


@pytest.mark.timeout(300)
def test_the_landed_version_is_upgraded_and_nothing_is_lost(old: Program, roomy: Path) -> None:
    url = old.told["DATABASE_URL"]
    before, guards = rows_of(url), triggers(url)
    assert len(before["referrals_referral"]) >= 100
    environment = clean_environment() | {
        "PORTAL_MODE": "demonstration",
        "PORTAL_STATE_DIR": str(roomy / "state"),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DATABASE_URL": url,
        "REDIS_URL": old.told["REDIS_URL"],
    }
    # What script/demo runs at every start.
    python(environment, "manage.py", "prepare_demonstration")
    python(environment, "manage.py", "migrate", "--check")
    after = rows_of(url)
    lost = {
        table: len(keys - after.get(table, set()))
        for table, keys in before.items()
        if table not in _PASSING and keys - after.get(table, set())
    }
    assert not lost
    assert {table for table, _ in guards} <= {table for table, _ in triggers(url)}

    told = json.loads(python(environment, "-m", "tests.upgrade.look").splitlines()[-1])
    assert set(told["signed in"].values()) == {302}
    broken = {page: code for page, code in told["pages"].items() if code >= 500}
    assert not broken
    # Lists that somebody has not are refused; what is somebody's own opens.
    own = {
        page: code
        for page, code in told["pages"].items()
        if "/referrals/CG-" in page or "/referrals/drafts/" in page
    }
    assert len(own) >= 15
    assert any("/drafts/" in page for page in own)
    assert set(own.values()) == {200}
    assert {code for page, code in told["pages"].items() if page.endswith(" /")} == {200}
    assert told["work"] == ["acknowledged", "acknowledged"]
    assert told["unchecked constraints"] == []
    # A migration that cannot have its table gives up, rather than hold up everybody behind it.
    assert told["lock timeout"] not in {"0", ""}

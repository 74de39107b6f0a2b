"""What was backed up while people worked is put back whole, and bad backups change nothing."""

import io
import json
import os
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import connections

from contacts.models import Service
from portal.accounts.access import reader_for
from portal.accounts.models import Membership, User
from portal.embedded import archive
from referrals.actions.claim import claim
from referrals.actions.send import send_referral
from referrals.models import Referral
from tests.cast import PASSWORD, make_cast
from tests.conftest import answers, send
from tests.processes import database_url

from .conftest import CHECKOUT, Starter, clean_environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KEY = "only-for-this-test-0123456789-0123456789-0123456789"


def run(module: str, *arguments: object, **environ: str) -> "subprocess.CompletedProcess[str]":
    """What script/backup and script/restore run."""
    return subprocess.run(
        [sys.executable, "-m", f"portal.embedded.{module}", *map(str, arguments)],
        env=clean_environment() | {"PORTAL_MODE": "demonstration"} | environ,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=120,
    )


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(url)) as line, line.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def contents(url: str) -> dict[str, tuple[int, str]]:
    """Each table's number of rows, and a hash over all that they hold."""
    tables = rows(
        url,
        "SELECT relname FROM pg_class WHERE relkind = 'r'"
        " AND relnamespace = 'public'::regnamespace ORDER BY relname",
    )
    return {name: rows(url, _HASHED.format(name))[0] for (name,) in tables}


_HASHED = """
SELECT count(*), md5(coalesce(string_agg(t::text, ';' ORDER BY t::text COLLATE "C"), ''))
FROM {} AS t
"""


@pytest.fixture
def source(db: None) -> str:
    """The cast with something going on between them, in the database of this test run."""
    cast = make_cast()
    User.objects.update(password=ScryptPasswordHasher().encode(PASSWORD, "salt-of-the-tests"))
    for _ in range(6):
        send(cast)
    for referral in Referral.objects.order_by("pk")[:4]:
        claim(by=cast.reader("sam"), reference=referral.reference)
    return database_url()


@pytest.fixture
def empty(source: str) -> Iterator[str]:
    """A second database on the same server."""
    server, _, name = source.rpartition("/")
    other = f"{name}_restored"
    with closing(psycopg2.connect(f"{server}/postgres")) as line:
        line.autocommit = True
        with line.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{other}"')
            cursor.execute(f'CREATE DATABASE "{other}"')
            yield f"{server}/{other}"
            cursor.execute(f'DROP DATABASE "{other}" WITH (FORCE)')


class Sending(threading.Thread):
    """Somebody who sends referrals all the time."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = 0
        self._ending = threading.Event()

    def run(self) -> None:
        gp = User.objects.get(email="alice@test.example")
        team = Membership.objects.get(user=gp).team
        service = Service.objects.order_by("pk").first()
        while not self._ending.is_set():
            send_referral(
                by=reader_for(gp),
                team=team,
                service=service,
                answers=answers(),
                key=f"backup-{self.sent:06}",
            )
            self.sent += 1
        connections.close_all()

    def __enter__(self) -> "Sending":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self.join()


# What the same person sees, and what a new row gets, printed by a process on either database.
SEEN = """
import django, json, re, sys
django.setup()
from django.test import Client
from referrals.models import Referral
browser = Client(headers={"host": "127.0.0.1"})
given = {"login": "alice@test.example", "password": "a-long-enough-password"}
signed_in = browser.post("/account/sign-in/", given)
pages = []
for reference in Referral.objects.filter(sent_by__email="alice@test.example").order_by("pk")[:3]:
    page = browser.get(f"/referrals/{reference.reference}/").content.decode()
    page = re.sub(r'nonce="[^"]*"|csrfmiddlewaretoken[^>]*|name="key"[^>]*', "", page)
    pages.append(re.sub(r"\\s+", " ", re.sub(r"<[^>]+>", " ", page)))
print(json.dumps({"signed in": signed_in.status_code, "pages": pages}))
"""


def seen(url: str) -> dict[str, object]:
    environ = clean_environment() | {"PORTAL_MODE": "demonstration", "DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-c", SEEN],
        env={**environ, "DJANGO_SETTINGS_MODULE": "portal.settings", "PORTAL_SECRET_KEY": KEY},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_backed_up_while_people_work_and_restored(
    source: str, empty: str, roomy: Path, start: Starter
) -> None:
    media = roomy / "media"
    media.mkdir()
    (media / "letter.pdf").write_bytes(b"a letter")
    here = {"PORTAL_STATE_DIR": str(roomy), "PORTAL_SECRET_KEY": KEY}
    # While referrals come in: everything that is in the backup belongs together.
    with Sending() as sending:
        while not sending.sent:
            pass
        done = run("backup", roomy / "busy.backup", DATABASE_URL=source, **here)
    assert done.returncode == 0, done.stderr
    assert (roomy / "busy.backup").stat().st_mode & 0o777 == 0o600
    assert "tables dumped" in done.stderr
    assert "PORTAL_SECRET_KEY is not in it" in done.stderr
    there = {**here, "PORTAL_STATE_DIR": str(roomy / "other"), "DATABASE_URL": empty}
    (roomy / "other").mkdir()
    done = run("restore", roomy / "busy.backup", **there)
    assert done.returncode == 0, done.stderr
    assert "tables restored" in done.stderr
    assert "PORTAL_SECRET_KEY" not in done.stderr
    assert (roomy / "other/media/letter.pdf").read_bytes() == b"a letter"
    whole = rows(empty, _HALF)
    assert whole == [(0, 0, 0, 0)]
    before, after = (rows(url, _SENT)[0][0] for url in (empty, source))
    assert 0 < before <= after == Referral.objects.count()

    # A database that holds something is left as it is, unless one says so.
    kept = contents(empty)
    refused = run("restore", roomy / "busy.backup", **there)
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert contents(empty) == kept

    # At rest: every table is what it was, in a state folder on a PostgreSQL of its own.
    assert run("backup", roomy / "calm.backup", DATABASE_URL=source, **here).returncode == 0
    done = run("restore", roomy / "calm.backup", "--state-dir", roomy / "state")
    assert done.returncode == 0, done.stderr
    assert "PORTAL_SECRET_KEY is not the one of the backup" in done.stderr
    program = start("lasting", roomy / "state")
    url = program.told["DATABASE_URL"]
    assert contents(url) == contents(source)
    pages = seen(source)
    assert pages["signed in"] == 302
    assert seen(url) == pages
    assert "Margaret Example" in str(pages)
    assert rows(url, _TRIGGERS) == rows(source, _TRIGGERS)
    with pytest.raises(psycopg2.Error, match="Cannot update or delete"):
        rows(url, "DELETE FROM audit_accessevent RETURNING id")
    for table in ("referrals_referral", "notifications_notification", "accounts_user"):
        assert rows(url, _NEXT.format(table)) == [(True,)]
    assert program.end() == 0

    # And from there once more, while that PostgreSQL rests.
    done = run("backup", roomy / "again.backup", "--state-dir", roomy / "state")
    assert done.returncode == 0, done.stderr
    first, again = manifest_of(roomy / "calm.backup"), manifest_of(roomy / "again.backup")
    assert {**first.counts, "django_session": 0} == {**again.counts, "django_session": 0}
    assert archive.SECRET in again.checksums


_SENT = "SELECT count(*) FROM referrals_referral"
_NEXT = "SELECT nextval(pg_get_serial_sequence('{0}', 'id')) > max(id) FROM {0}"
_HALF = """
SELECT
    count(*) FILTER (WHERE NOT EXISTS (SELECT FROM referrals_point p WHERE p.referral_id = r.id)),
    count(*) FILTER (WHERE NOT EXISTS (SELECT FROM referrals_party p WHERE p.referral_id = r.id)),
    count(*) FILTER (WHERE NOT EXISTS (
        SELECT FROM referrals_statuschange c WHERE c.referral_id = r.id)),
    (SELECT count(*) FROM core_onetimekey k WHERE k.purpose = 'referral.send' AND NOT EXISTS (
        SELECT FROM referrals_referral s WHERE s.reference = k.result))
FROM referrals_referral AS r
"""
_TRIGGERS = """
SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger
WHERE NOT tgisinternal ORDER BY 1, 2
"""


def manifest_of(path: Path) -> archive.Manifest:
    with tarfile.open(path) as tar:
        file = tar.extractfile(archive.MANIFEST)
        assert file
        return archive.Manifest(**json.load(file))


def test_a_bad_backup_changes_nothing(source: str, empty: str, roomy: Path) -> None:
    here = {"PORTAL_STATE_DIR": str(roomy), "PORTAL_SECRET_KEY": KEY}
    good = roomy / "good.backup"
    assert run("backup", good, DATABASE_URL=source, **here).returncode == 0
    assert "is there already" in run("backup", good, DATABASE_URL=source, **here).stderr
    (roomy / "other").mkdir()
    there = {**here, "PORTAL_STATE_DIR": str(roomy / "other"), "DATABASE_URL": empty}

    def refused(name: str, content: bytes) -> str:
        path = roomy / f"{name}.backup"
        path.write_bytes(content)
        done = run("restore", path, **there)
        assert done.returncode == 1, name
        assert contents(empty) == {}
        assert "Traceback" not in done.stderr
        return done.stderr

    whole = good.read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    assert "damaged" in refused("damaged", flipped)
    assert "damaged" in refused("cut", whole[:middle])
    assert "no backup" in refused("other", _tar({"letter.txt": b"not ours"}))
    assert "damaged, or is none" in refused("text", b"not a tar at all")

    def newer(manifest: archive.Manifest) -> None:
        manifest.migrations.append(["referrals", "9999_from_the_future"])

    assert "9999_from_the_future" in refused("newer", _changed(good, newer))

    def fewer(manifest: archive.Manifest) -> None:
        manifest.counts["referrals_referral"] += 1

    # Found only after the rows are in: they are taken out again.
    assert "Rows are missing" in refused("fewer", _changed(good, fewer))

    # Somebody at work on the database is not surprised.
    assert run("restore", good, **there).returncode == 0
    with closing(psycopg2.connect(empty)):
        done = run("restore", good, "--replace", **there)
    assert "stop web, worker and dispatcher first" in done.stderr
    done = run("restore", good, "--replace", **there)
    assert done.returncode == 0, done.stderr
    assert contents(empty) == contents(source)


def _tar(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return content.getvalue()


def _changed(path: Path, change: Callable[[archive.Manifest], None]) -> bytes:
    """The same backup with another manifest."""
    manifest = manifest_of(path)
    change(manifest)
    with tarfile.open(path) as tar:
        members = {
            entry.name: tar.extractfile(entry).read()  # type: ignore[union-attr]
            for entry in tar
        }
    members[archive.MANIFEST] = json.dumps(vars(manifest)).encode()
    return _tar(members)


def test_scripts_say_how_they_are_used() -> None:
    for name in ("backup", "restore"):
        done = subprocess.run(
            [CHECKOUT / "script" / name, "--help"],
            capture_output=True,
            text=True,
            env={**os.environ},
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert "--state-dir" in done.stdout

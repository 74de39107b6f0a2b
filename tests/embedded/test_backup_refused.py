"""A bad backup, and a database that is not free, are refused and left as they were."""

from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from portal.embedded import archive
from portal.embedded.state import Lock, open_folder, write_private

from .backups import KEY, changed, contents, packed, run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


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
    assert "no backup" in refused("other", packed({"letter.txt": b"not ours"}))
    assert "damaged, or is none" in refused("text", b"not a tar at all")

    def newer(manifest: archive.Manifest) -> None:
        manifest.migrations.append(["referrals", "9999_from_the_future"])

    assert "9999_from_the_future" in refused("newer", changed(good, newer))

    def fewer(manifest: archive.Manifest) -> None:
        manifest.counts["referrals_referral"] += 1

    # Found only after the rows are in: they are taken out again.
    assert "Rows are missing" in refused("fewer", changed(good, fewer))

    # Somebody at work on the database is not surprised.
    assert run("restore", good, **there).returncode == 0
    with closing(psycopg2.connect(empty)):
        done = run("restore", good, "--replace", **there)
    assert "stop web, worker and dispatcher first" in done.stderr
    done = run("restore", good, "--replace", **there)
    assert done.returncode == 0, done.stderr
    assert contents(empty) == contents(source)


def test_a_running_demonstration_is_backed_up_and_not_restored_into(
    source: str, roomy: Path
) -> None:
    state = open_folder(roomy / "state")
    write_private(state.running, f"DATABASE_URL={source}\nPORTAL_STATE_DIR={state.root}")
    lock = Lock(state.root)
    lock.take()
    try:
        done = run("backup", roomy / "running.backup", "--state-dir", state.root)
        assert done.returncode == 0, done.stderr
        before = contents(source)
        for more in ([], ["--replace"]):
            refused = run("restore", roomy / "running.backup", "--state-dir", state.root, *more)
            assert refused.returncode == 1
            assert "stop it first" in refused.stderr
        assert contents(source) == before
    finally:
        lock.release()


def test_a_restore_that_was_killed_costs_nothing(source: str, empty: str, roomy: Path) -> None:
    here = {"PORTAL_STATE_DIR": str(roomy), "PORTAL_SECRET_KEY": KEY}
    good, broken = roomy / "good.backup", roomy / "broken.backup"
    assert run("backup", good, DATABASE_URL=source, **here).returncode == 0
    (roomy / "other").mkdir()
    there = {**here, "PORTAL_STATE_DIR": str(roomy / "other"), "DATABASE_URL": empty}
    assert run("restore", good, **there).returncode == 0
    before = contents(empty)

    def fewer(manifest: archive.Manifest) -> None:
        manifest.counts["referrals_referral"] += 1

    broken.write_bytes(changed(good, fewer))
    # Killed when the old data was aside, and nothing, or an empty schema, in its place.
    for nothing in ("SELECT 1", "CREATE SCHEMA public"):
        _do(empty, "ALTER SCHEMA public RENAME TO before_restore", nothing)
        refused = run("restore", good, **there)
        assert "--replace" in refused.stderr
        assert contents(empty) == before
        _do(empty, "ALTER SCHEMA public RENAME TO before_restore", nothing)
        assert "Rows are missing" in run("restore", broken, "--replace", **there).stderr
        assert contents(empty) == before
    # Killed when the new data was in, and the old not given up yet.
    _do(empty, "CREATE SCHEMA before_restore")
    done = run("restore", good, "--replace", **there)
    assert done.returncode == 0, done.stderr
    assert contents(empty) == before


def _do(url: str, *statements: str) -> None:
    with closing(psycopg2.connect(url)) as line, line.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        line.commit()

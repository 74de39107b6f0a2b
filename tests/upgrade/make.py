"""Makes the fixture of a landed version, from which the tests upgrade.

    .venv/bin/python tests/upgrade/make.py COMMIT

It takes that version out of git into a temporary folder, lets its own code make a database with
the demonstration in it, and keeps a backup of that beside this file as `landed_COMMIT.backup`. What
is large and made anew is left out: postcodes, which are open data, and packed working time. To be
run when a version has landed; the fixture before may then go.
"""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# Nothing refers to these by key, and a version upgrades without them.
_LEFT_OUT = ("contacts_postcode", "worktime_packedtime", "worktime_quiettime")
_THIN = """
import os, psycopg2, sys
line = psycopg2.connect(os.environ["DATABASE_URL"])
line.autocommit = True
line.cursor().execute("TRUNCATE " + ", ".join(sys.argv[1:]))
"""
# The demonstration has nothing half written.
_DRAFT = """
from django.utils.timezone import now
from contacts.models import Service
from portal.accounts.models import User
from referrals.models import Draft
gp = User.objects.get(email="gp@demo.example")
Draft.objects.create(
    key="landed-draft-0123456789",
    author=gp,
    team=gp.memberships.exclude(team=None).get().team,
    service=Service.objects.exclude(receiving_team=None).first(),
    typed={"person_name": "Margaret Example", "point_1": "Can she stay at home"},
    started_at=now(),
    saved_at=now(),
)
"""


def main() -> None:
    """Make it."""
    parser = argparse.ArgumentParser(prog="tests/upgrade/make.py", description=__doc__)
    parser.add_argument("commit")
    commit = _short(parser.parse_args().commit)
    target = HERE / f"landed_{commit}.backup"
    target.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="landed-") as name:
        tree = Path(name)
        tree.chmod(0o711)
        _take_out(commit, tree)
        python = shlex.quote(sys.executable)
        steps = [
            f"{python} manage.py migrate --no-input --verbosity 0",
            f"{python} manage.py createcachetable",
            f"{python} manage.py load_demonstration",
            f"{python} manage.py shell --command {shlex.quote(_DRAFT)}",
            f"{python} -c {shlex.quote(_THIN)} {' '.join(_LEFT_OUT)}",
            # With today's code: the version before may not know how.
            f"cd {shlex.quote(str(ROOT))}",
            f"{python} -m portal.embedded.backup {shlex.quote(str(target))}",
        ]
        beside = [sys.executable, "-m", "portal.embedded.testing", "--"]
        subprocess.run([*beside, "sh", "-c", " && ".join(steps)], cwd=tree, check=True)
    sys.stdout.write(f"{target.name}: {target.stat().st_size:,} bytes\n")


def _short(commit: str) -> str:
    found = ["git", "rev-parse", "--short=7", commit]
    return subprocess.run(
        found, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()


def _take_out(commit: str, tree: Path) -> None:
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x"], cwd=tree, check=True, input=packed.stdout)
    for name in (".venv", ".build", "node_modules"):
        os.symlink(ROOT / name, tree / name)


if __name__ == "__main__":
    main()

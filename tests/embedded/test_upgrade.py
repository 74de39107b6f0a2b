"""A database of another PostgreSQL major: refused with the command that moves it, which works."""

import shlex
import subprocess
import sys

import psycopg2
import pytest

from portal.embedded import binaries, postgres
from portal.embedded.errors import CannotStart
from portal.embedded.state import open_folder
from portal.embedded.users import server_user

from .conftest import CHECKOUT

OLD = 16


@pytest.fixture
def old_state(roomy, environment):
    """A state folder whose database was made by the older major and holds one row."""
    state = open_folder(roomy / "state")
    code = (
        "import sys; from pathlib import Path; from dataclasses import replace\n"
        "import psycopg2\n"
        "from portal.embedded import postgres, binaries\n"
        "from portal.embedded.state import open_folder\n"
        "from portal.embedded.supervisor import Supervisor\n"
        "from portal.embedded.users import give_to\n"
        "state = open_folder(Path(sys.argv[1]))\n"
        "cluster = postgres.prepare(state, lasting=False)\n"
        f"programs = binaries.usable(cluster.data.parent, cluster.user, {OLD})\n"
        "cluster = replace(cluster, programs=programs)\n"
        "with Supervisor(print) as supervisor:\n"
        "    cluster.data.mkdir(); give_to(cluster.data, cluster.user, 0o700)\n"
        "    command = cluster.maker(cluster.data)\n"
        "    argv = [part for part in command.argv if 'builtin' not in str(part)]\n"
        "    supervisor.run_or_refuse(replace(command, argv=argv))\n"
        "    supervisor.start(cluster.server())\n"
        "    cluster.create_database()\n"
        "    connection = psycopg2.connect(cluster.url())\n"
        "    connection.cursor().execute(\"CREATE TABLE kept AS SELECT 'a row'::text AS words\")\n"
        "    connection.commit(); connection.close()\n"
    )
    subprocess.run([sys.executable, "-c", code, state.root], env=environment, check=True)
    return state


def test_refused_with_the_command_that_moves_it(old_state, start, environment):
    with pytest.raises(CannotStart) as refusal:
        postgres.prepare(old_state)
    told = str(refusal.value)
    assert f"was made by PostgreSQL {OLD} and this portal runs PostgreSQL {binaries.MAJOR}" in told
    python, *arguments = shlex.split(told.splitlines()[-1])
    assert python == ".venv/bin/python"
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=CHECKOUT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    program = start("servers", old_state.root)
    connection = psycopg2.connect(program.told["DATABASE_URL"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, current_setting('server_version_num') FROM kept")
        words, version = cursor.fetchone()
    connection.close()
    assert words == "a row"
    assert version.startswith(str(binaries.MAJOR))
    kept = old_state.database_home(server_user()) / f"data-{OLD}"
    assert postgres.major_of(kept) == str(OLD)


def test_moving_what_needs_no_moving_changes_nothing(roomy, environment):
    data = open_folder(roomy / "state").database_home(server_user()) / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text(f"{binaries.MAJOR}\n")
    done = subprocess.run(
        [sys.executable, "-m", "portal.embedded.upgrade", "--state-dir", roomy / "state"],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "nothing to do" in done.stderr

"""`script/manage` and the launcher of `script/test`."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from portal.embedded import manage
from portal.embedded.errors import CannotStart
from portal.embedded.state import Lock, open_folder, write_private

from .conftest import CHECKOUT, wait_until

LAUNCHER = [sys.executable, "-m", "portal.embedded.testing", "--"]


# --- script/manage ------------------------------
def test_without_a_running_demonstration_one_sentence(tmp_path, environment):
    done = subprocess.run(
        [sys.executable, "-m", "portal.embedded.manage", "check"],
        env=environment | {"PORTAL_STATE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"script/manage: No demonstration is running on {tmp_path}")
    assert len(done.stderr.splitlines()) == 1


def test_what_a_killed_demonstration_left_is_not_taken_for_a_running_one(tmp_path):
    state = open_folder(tmp_path / "state")
    write_private(state.running, "DATABASE_URL=postgresql:///gone")
    with pytest.raises(CannotStart, match="No demonstration is running"):
        manage.environment({"PORTAL_STATE_DIR": str(state.root)})


def test_a_running_demonstration_tells_its_addresses(tmp_path):
    state = open_folder(tmp_path / "state")
    write_private(state.running, "DATABASE_URL=postgresql:///db?a=b\nPORTAL_MODE=demonstration")
    lock = Lock(state.root)
    lock.take()
    try:
        told = manage.environment({"PORTAL_STATE_DIR": str(state.root), "HOME": "/home/one"})
    finally:
        lock.release()
    assert told["DATABASE_URL"] == "postgresql:///db?a=b"
    assert told["PORTAL_MODE"] == "demonstration"
    assert told["HOME"] == "/home/one"


def test_an_address_of_ones_own_is_taken_as_it_is(tmp_path):
    given = {"DATABASE_URL": "postgresql:///ours", "PORTAL_STATE_DIR": str(tmp_path)}
    assert manage.environment(given) == given


# --- script/test ------------------------------
def launched(command, environment):
    return subprocess.run(
        [*LAUNCHER, *command], env=environment, cwd=CHECKOUT, capture_output=True, text=True
    )


def test_a_command_gets_servers_of_its_own_and_its_status_is_kept(environment):
    code = (
        "import json, os, sys, psycopg2\n"
        "psycopg2.connect(os.environ['DATABASE_URL']).close()\n"
        "keys = 'DATABASE_URL REDIS_URL PORTAL_SMTP_URL PORTAL_MODE PORTAL_STATE_DIR'\n"
        "print(json.dumps({k: os.environ.get(k) for k in keys.split()} |"
        " {'kept': os.environ.get('PORTAL_CHROMIUM'), 'gone': os.environ.get('PORTAL_PROXIES')}))\n"
        "sys.exit(7)\n"
    )
    given = environment | {
        "DATABASE_URL": "postgresql://127.0.0.1:1/production",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "PORTAL_MODE": "production",
        "PORTAL_PROXIES": "3",
        "PORTAL_CHROMIUM": "/usr/bin/chromium",
    }
    done = launched([sys.executable, "-c", code], given)
    assert done.returncode == 7, done.stderr
    told = json.loads(done.stdout)
    assert "production" not in told["DATABASE_URL"]
    assert told["REDIS_URL"].startswith("redis+socket:///")
    assert told["PORTAL_MODE"] == "test"
    assert told["kept"] == "/usr/bin/chromium"
    assert told["gone"] is None
    assert not Path(told["PORTAL_STATE_DIR"]).parent.exists()


def test_a_command_that_is_missing_is_told(environment):
    done = launched(["no-such-command"], environment)
    assert done.returncode == 1
    assert "no-such-command was not found" in done.stderr


@pytest.mark.parametrize("whom", ["supervisor", "guard"])
def test_a_killed_launcher_leaves_neither_processes_nor_files(start, whom):
    code = (
        "import json, os, time; print(json.dumps({'worker': os.getppid(),"
        " 'folder': os.environ['PORTAL_STATE_DIR']}), flush=True); time.sleep(600)"
    )
    program = start(argv=[*LAUNCHER, sys.executable, "-c", code])
    assert len(program.family) >= 5
    os.kill(program.worker if whom == "supervisor" else program.process.pid, signal.SIGKILL)
    assert program.left(12) == []
    wait_until(lambda: not Path(program.told["folder"]).parent.exists())


def test_ctrl_c_lets_the_command_end_by_itself(start, tmp_path):
    code = (
        "import json, os, sys, time\n"
        "print(json.dumps({'worker': os.getppid()}), flush=True)\n"
        "try: time.sleep(600)\n"
        "except KeyboardInterrupt: open(sys.argv[1], 'w').write('tidied')\n"
    )
    program = start(argv=[*LAUNCHER, sys.executable, "-c", code, str(tmp_path / "end")])
    assert program.end(signal.SIGINT) == 130
    assert (tmp_path / "end").read_text() == "tidied"
    assert program.left(0) == []


# --- without root ------------------------------
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []}


def python_for_nobody():
    """An interpreter of this version that a user without rights can run, or None."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/python{version}"):
        try:
            subprocess.run([candidate, "-c", ""], check=True, cwd="/", **NOBODY)
        except (OSError, subprocess.CalledProcessError):
            continue
        return candidate
    return None


@pytest.mark.skipif(os.geteuid() != 0, reason="the whole suite runs without root already")
def test_servers_start_for_a_user_without_rights(environment):
    python = python_for_nobody()
    if python is None:
        pytest.skip("no Python of this version that another user can run")
    site = Path(psutil.__file__).resolve().parents[1]
    home = Path(tempfile.mkdtemp(prefix="cg-nobody-"))
    os.chown(home, 65534, 65534)
    given = environment | {"PYTHONPATH": f"{CHECKOUT}:{site}", "HOME": str(home)}
    code = (
        "import os, psycopg2; psycopg2.connect(os.environ['DATABASE_URL']).close();"
        " print(os.getuid())"
    )
    try:
        done = subprocess.run(
            [python, "-m", "portal.embedded.testing", "--", python, "-c", code],
            env=given,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            **NOBODY,
        )
    finally:
        shutil.rmtree(home, ignore_errors=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "65534"

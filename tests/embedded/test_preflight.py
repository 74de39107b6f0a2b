"""What is told before anything is set up, by `script/demo` itself."""

import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

from portal.embedded import preflight
from portal.embedded.errors import CannotStart

from .conftest import CHECKOUT


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def demo(*arguments, environment, cwd=CHECKOUT):
    return subprocess.run(
        [CHECKOUT / "script/demo", *map(str, arguments)],
        env=environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_a_port_in_use_is_one_sentence_at_once(taken_port, environment, tmp_path):
    began = time.monotonic()
    done = demo("--port", taken_port, "--state-dir", tmp_path / "state", environment=environment)
    assert time.monotonic() - began < 10
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"script/demo: Port {taken_port} is in use by another program")
    assert "--port" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("words", [["--prot", "8001"], ["--port", "http"], ["--port", "70000"]])
def test_wrong_words_are_told_at_once(words, environment):
    done = demo(*words, environment=environment)
    assert done.returncode != 0
    assert "usage: script/demo" in done.stderr


def test_help_sets_nothing_up(environment):
    done = demo("--help", environment=environment)
    assert done.returncode == 0
    assert "--fresh" in done.stdout


def test_a_file_for_a_folder(environment, tmp_path):
    (tmp_path / "file").write_text("")
    done = demo("--state-dir", "file/state", environment=environment, cwd=tmp_path)
    assert done.returncode == 1
    assert f"{tmp_path}/file is a file" in done.stderr


def test_production_settings_are_refused(environment):
    done = demo(environment=environment | {"PORTAL_MODE": "production"})
    assert done.returncode == 1
    assert "demonstration mode only" in done.stderr


def test_fresh_never_touches_a_database_of_somebody_else(environment):
    given = environment | {"DATABASE_URL": "postgresql://127.0.0.1/ours"}
    done = demo("--fresh", environment=given)
    assert done.returncode == 1
    assert "DATABASE_URL names a database of your own" in done.stderr


def test_a_relative_folder_is_meant_from_where_the_script_was_called(tmp_path):
    options = preflight.parse(["--state-dir", "here"], {"COMMON_GROUND_CALLED_FROM": str(tmp_path)})
    assert options.state_dir == tmp_path / "here"


def test_an_unwritable_folder_is_refused():
    # Even root cannot write there.
    with pytest.raises(CannotStart, match=r"/proc/portal/state .*--state-dir"):
        preflight.check_folder(Path("/proc/portal/state"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_closed_folder_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(CannotStart, match="cannot be written by this user"):
        preflight.check_folder(tmp_path / "state")


def test_a_disk_without_room_is_refused(tmp_path):
    with pytest.raises(CannotStart, match=r"MB left and the demonstration needs 9000000000 MB"):
        preflight.check_folder(tmp_path / "state", room_needed=9 * 10**15)


@pytest.mark.parametrize(
    ("platform", "machine", "version", "told"),
    [
        ("darwin", "arm64", (3, 12), "runs on Linux"),
        ("linux", "x86_64", (3, 10), "Python 3.11 or later"),
        ("linux", "riscv64", (3, 12), "x86_64 and aarch64"),
    ],
)
def test_unsupported_platforms_are_told(platform, machine, version, told):
    with pytest.raises(CannotStart, match=told):
        preflight.check_platform(platform, machine, version)


def test_a_missing_redis_is_told_with_what_to_install(tmp_path):
    nothing = {"PATH": str(tmp_path)}
    with pytest.raises(CannotStart, match="apt-get install redis-server"):
        preflight.check_redis(nothing, "aarch64", (3, 12))
    with pytest.raises(CannotStart, match="redis-server or valkey-server"):
        preflight.check_redis(nothing, "x86_64", (3, 13))
    preflight.check_redis(nothing, "x86_64", (3, 12))
    preflight.check_redis(nothing | {"REDIS_URL": "redis://127.0.0.1"}, "x86_64", (3, 13))
    (tmp_path / "valkey-server").write_text("#!/bin/sh\n")
    (tmp_path / "valkey-server").chmod(0o755)
    preflight.check_redis(nothing, "x86_64", (3, 13))

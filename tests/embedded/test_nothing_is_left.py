"""However the supervisor ends, nothing that it started goes on."""

import os
import signal
import sys
import time

import psutil
import pytest

from .conftest import CHECKOUT, wait_until

ROW = ("parent-1", "steady-2", "deaf-3")


def grandchild(folder):
    return psutil.Process(int((folder / "parent-1.child").read_text()))


def test_a_stop_ends_all_in_reverse_order(start, tmp_path):
    program = start("children", tmp_path, "steady-1", "steady-2", "steady-3")
    assert len(program.family) >= 4
    assert program.end(signal.SIGTERM) == 0
    assert (tmp_path / "stopped").read_text().split() == ["steady-3", "steady-2", "steady-1"]
    assert program.left(0) == []


def test_ctrl_c_at_the_terminal_is_a_stop(start, tmp_path):
    program = start("children", tmp_path, "steady-1", "steady-2")
    assert program.end(signal.SIGINT) == 0
    assert (tmp_path / "stopped").read_text().split() == ["steady-2", "steady-1"]


def test_a_child_that_refuses_to_stop_is_ended(start, tmp_path):
    program = start("children", tmp_path, *ROW)
    began = time.monotonic()
    assert program.end(signal.SIGTERM) == 0
    assert time.monotonic() - began < 12
    assert program.left(0) == []


def test_being_asked_twice_is_a_hurry(start, tmp_path):
    program = start("children", tmp_path, "deaf-1", "deaf-2", "deaf-3", "deaf-4", "deaf-5")
    began = time.monotonic()
    program.process.terminate()
    time.sleep(0.3)
    assert program.end(signal.SIGTERM) == 0
    assert time.monotonic() - began < 7  # one after the other takes a second each, and three more
    assert program.left(0) == []


@pytest.mark.parametrize("whom", ["supervisor", "guard"])
def test_a_killed_supervisor_leaves_nothing(start, tmp_path, whom):
    program = start("children", tmp_path, *ROW)
    assert grandchild(tmp_path) in program.family
    if whom == "supervisor":
        os.kill(program.worker, signal.SIGKILL)
        assert program.process.wait(timeout=15) == 128 + signal.SIGKILL
        assert "all that it had started is ended" in program.process.stderr.read()
    else:
        program.process.kill()
    assert program.left(10) == []


def test_guard_and_supervisor_killed_at_once_leave_no_server(start, roomy):
    program = start("servers", roomy / "state")
    names = {one.name() for one in program.family}
    assert {"postgres", "redis-server"} <= names
    for pid in (program.worker, program.process.pid):
        os.kill(pid, signal.SIGKILL)
    assert program.left(10) == []


def test_a_bound_server_takes_its_workers_along(start, tmp_path):
    code = (
        "import json, os, time\n"
        "child = os.fork()\n"
        "if child: print(json.dumps({'worker': child}), flush=True)\n"
        "time.sleep(600)\n"
    )
    (tmp_path / "forker.py").write_text(code)
    bound = [sys.executable, "-m", "portal.embedded.bound", "forker"]
    program = start(argv=bound, PYTHONPATH=f"{CHECKOUT}:{tmp_path}")
    assert [one.pid for one in program.family] == [program.worker]
    program.process.kill()
    assert program.left(5) == []


def test_what_a_dead_child_leaves_is_ended_before_it_starts_again(start, tmp_path):
    program = start("children", tmp_path, "parent-1")
    orphan = grandchild(tmp_path)
    os.kill(int((tmp_path / "parent-1.started").read_text()), signal.SIGKILL)
    wait_until(lambda: len((tmp_path / "parent-1.started").read_text().split()) == 2)
    assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE
    program.look()
    assert program.end() == 0
    assert program.left(0) == []

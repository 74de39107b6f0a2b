"""Children are kept going, up to a point, and what went wrong is told."""

import os
import signal

from portal.embedded.processes import Follower, keep_bounded

from .conftest import wait_until


def starts(folder, name):
    path = folder / f"{name}.started"
    return [int(pid) for pid in path.read_text().split()] if path.exists() else []


def test_a_child_that_dies_is_started_again(start, tmp_path):
    program = start("children", tmp_path, "steady-1", "steady-2")
    neighbour = starts(tmp_path, "steady-2")
    for round_ in (1, 2):
        os.kill(starts(tmp_path, "steady-1")[-1], signal.SIGKILL)
        wait_until(lambda seen=round_: len(starts(tmp_path, "steady-1")) == seen + 1)
    assert starts(tmp_path, "steady-2") == neighbour
    assert program.end() == 0
    told = program.process.stderr.read()
    assert "steady-1 ended by itself (SIGKILL); starting it again in 0.5 s." in told
    assert "starting it again in 1 s." in told


def test_a_child_that_dies_again_and_again_ends_the_whole(start, tmp_path):
    program = start("children", tmp_path, "steady-1", "broken-2")
    assert program.process.wait(timeout=20) == 1
    assert len(starts(tmp_path, "broken-2")) == 3
    told = program.process.stderr.read()
    assert "broken-2 ended by itself (exit status 3) 3 times in a row." in told
    assert told.rstrip().endswith("the reason is written here")
    assert (tmp_path / "stopped").read_text().split() == ["steady-1"]
    assert program.left(0) == []


def test_a_child_that_does_not_become_ready_is_told_with_its_log(start, tmp_path):
    program = start("children", tmp_path, "steady-1", "slow-2")
    assert program.process.wait(timeout=20) == 1
    told = program.process.stderr.read()
    assert "slow-2 was not ready within 1 seconds." in told
    assert "still warming up" in told


def test_a_program_that_is_not_there_is_one_sentence(start, tmp_path):
    program = start("children", tmp_path, "steady-1", "missing-2")
    assert program.process.wait(timeout=20) == 1
    told = program.process.stderr.read()
    assert told.startswith("missing-2 cannot be started: ")
    assert len(told.splitlines()) == 1
    assert (tmp_path / "stopped").read_text().split() == ["steady-1"]


def test_a_log_that_grows_too_large_is_moved_under_its_writer(tmp_path):
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"x" * 5_000_000)
        keep_bounded(log)
        assert log.stat().st_size == 5_000_000
        writer.write(b"y")
        keep_bounded(log)
        assert log.stat().st_size == 0
        writer.write(b"next line")
    assert log.read_bytes() == b"next line"
    assert (tmp_path / "web.log.1").read_bytes().endswith(b"xy")


def test_progress_is_told_line_by_line_from_where_the_log_was(tmp_path):
    log = tmp_path / "step.log"
    log.write_text("from last time\n")
    told = []
    follower = Follower(log, told.append)
    with log.open("a") as writer:
        writer.write("one\ntw")
        writer.flush()
        follower.look()
        assert told == ["one"]
        writer.write("o\nthree\n")
    follower.look()
    follower.look()
    assert told == ["one", "two", "three"]

"""The state folder: whose it is, who runs on it, and what `--fresh` may remove."""

import os
import stat
import subprocess
import sys

import pytest

from portal.embedded.errors import CannotStart, told_clearly
from portal.embedded.state import MARKER, Lock, default_folder, open_folder, write_private


def test_opening_again_finds_the_same_folder(tmp_path):
    first = open_folder(tmp_path / "state")
    assert open_folder(tmp_path / "state") == first
    assert len(first.identity) == 16


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CannotStart, match="holds files that the portal did not make"):
        open_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_its_place_is_refused(tmp_path):
    (tmp_path / "state").write_text("")
    with pytest.raises(CannotStart, match="is a file"):
        open_folder(tmp_path / "state")


@pytest.mark.parametrize("content", ["", "{}", '{"identity": "../../etc"}', '{"identity": 3}'])
def test_a_marker_that_is_not_ours_is_refused(tmp_path, content):
    (tmp_path / MARKER).write_text(content)
    with pytest.raises(CannotStart):
        open_folder(tmp_path)


def test_emptying_removes_what_the_portal_made_and_no_more(tmp_path):
    state = open_folder(tmp_path / "state")
    key = state.secret_key()
    (state.logs / "web.log").write_text("lines")
    (state.root / "my-notes.txt").write_text("mine")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("kept")
    state.mail.rmdir()
    state.mail.symlink_to(elsewhere)
    state.empty()
    assert {path.name for path in state.root.iterdir()} == {MARKER, "my-notes.txt"}
    assert (elsewhere / "kept").exists()
    assert open_folder(state.root).identity == state.identity
    assert state.secret_key() != key


def test_the_secret_key_is_made_once_and_closed_to_others(tmp_path):
    state = open_folder(tmp_path / "state")
    assert state.secret_key() == state.secret_key()
    assert len(state.secret_key()) > 50
    assert stat.S_IMODE((state.root / "secret_key").stat().st_mode) == 0o600


def test_one_runs_on_a_folder_at_a_time(tmp_path):
    holder = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "import sys; from pathlib import Path; from portal.embedded.state import Lock\n"
            "Lock(Path(sys.argv[1])).take(); print('held', flush=True); sys.stdin.read()",
            str(tmp_path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline() == "held\n"
        lock = Lock(tmp_path)
        assert lock.is_held()
        with pytest.raises(CannotStart, match=rf"already running on .*\(process {holder.pid}\)"):
            lock.take()
        holder.kill()
        holder.wait(timeout=10)
        assert not lock.is_held()
        lock.take()
        assert lock.is_held()
        lock.release()
        assert not lock.is_held()
    finally:
        holder.kill()
        holder.communicate()


def test_a_private_file_is_whole_and_closed(tmp_path):
    path = tmp_path / "private"
    path.write_text("old")
    path.chmod(0o644)
    write_private(path, "new")
    assert path.read_text() == "new\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["private"]


def test_the_named_folder_is_the_default(tmp_path):
    assert default_folder({"PORTAL_STATE_DIR": str(tmp_path)}) == tmp_path


def test_the_default_is_in_the_checkout_where_postgresql_can_reach_it(roomy):
    assert default_folder({}, roomy) == roomy / ".state"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's PostgreSQL runs as another user")
def test_the_default_is_elsewhere_for_roots_closed_checkout(roomy):
    roomy.chmod(0o700)
    found = default_folder({}, roomy)
    assert str(found).startswith("/var/lib/common-ground-")
    assert found == default_folder({}, roomy)


def test_a_full_disk_is_told_as_such():
    with (
        pytest.raises(CannotStart, match="is full: free some room"),
        told_clearly("/dev/full"),
        open("/dev/full", "w", buffering=1) as full,
    ):
        full.write("a line\n")

"""script/chaos in its short form: everything is struck once, and nothing is lost."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from script.storm.blows import BLOWS
from tests.repo.facts import ROOT


def chaos(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """What script/chaos runs once all is set up; pytest has set up everything already."""
    return subprocess.run(
        [sys.executable, "-m", "script.storm.stage", *arguments],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": "/tmp"},  # noqa: S108 (a short path, for sockets)
        capture_output=True,
        text=True,
        timeout=400,
    )


def figures(output: str) -> dict[str, str]:
    """The table: two columns with at least two spaces between them."""
    return dict(re.findall(r"^(\S.*?) {2,}(\S.*)$", output, re.MULTILINE))


def test_it_starts_and_says_how_it_is_used():
    ran = subprocess.run(
        [ROOT / "script" / "chaos", "--help"], capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    for option in ("--minutes", "--seed", "--races", "--write"):
        assert option in ran.stdout


@pytest.mark.slow
@pytest.mark.alone
@pytest.mark.timeout(420)
def test_nothing_is_lost_in_a_short_storm():
    began = time.time()
    ran = chaos("--seconds", "20", "--lease", "6", "--senders", "4")
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
    told = figures(ran.stdout)
    for blow in BLOWS:
        assert int(told[f"· {blow}"]) >= 1, ran.stdout
    sent = int(told["Referrals answered with 201"])
    assert sent >= 5
    assert int(told["Referrals kept"]) == sent
    assert int(told["Claims answered with 200"]) >= 1
    for what in ("Lost or doubled", "Not told, or told twice", "Without a mail"):
        assert told[what] == "0"
    assert not left_behind(began)


def left_behind(since: float) -> list[str]:
    """Processes and folders of a storm that began after `since`."""
    folders = Path("/tmp").glob("common-ground-storm-*")  # noqa: S108
    kept = [str(path) for path in folders if path.stat().st_ctime > since]
    return kept + [
        " ".join(one.info["cmdline"])
        for one in psutil.process_iter(["cmdline", "create_time"])
        if one.info["create_time"] > since and "common-ground-storm-" in str(one.info["cmdline"])
    ]

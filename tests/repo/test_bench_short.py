"""script/bench in its short form: it starts, it measures what it says, and it divides rightly."""

import subprocess
import time
from functools import partial

import pytest
from django.conf import settings
from django.db import connection

from portal.accounts.models import User
from script.benchmarks import finding, report, weeks
from script.benchmarks.calls import UnexpectedAnswerError, ask, environ, session_for
from script.benchmarks.floor import BACKEND, COOKIE, Floor
from script.benchmarks.measures import Measure
from script.benchmarks.running import run
from script.benchmarks.statements import statements
from script.benchmarks.timing import Measured, interleave, timed
from tests.cast import Cast
from tests.repo.facts import ROOT


def test_it_starts_and_says_how_it_is_used():
    ran = subprocess.run(
        [ROOT / "script" / "bench", "--help"], capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    for option in ("--rounds", "--seconds", "--only", "--write", "--fsync"):
        assert option in ran.stdout


@pytest.mark.django_db(transaction=True)
def test_a_short_run_gives_a_table():
    told: list[str] = []
    run(
        rows=40,
        rounds=1,
        seconds=0.1,
        only=["inbox", "who-json", "send-json"],
        write=False,
        tell=told.append,
    )
    table = told[-1].splitlines()
    assert "PostgreSQL" in table[1]
    lines = {words: figures.split() for words, figures in map(_parted, table[4:])}
    assert list(lines) == [
        "Who to contact, JSON",
        "Who to contact, JSON, without a sign-in",
        "Inbox, JSON, 25 of 40",
        "Inbox, page, 25 of 40",
        "Sending to a team of six, JSON",
    ]
    for figures in lines.values():
        ratio, portal, floor = map(float, (figures[0], *figures[-2:]))
        assert ratio == pytest.approx(floor / portal, rel=0.05)
    assert lines["Inbox, page, 25 of 40"][-3] == lines["Inbox, page, 25 of 40"][-4]


@pytest.mark.django_db(transaction=True)
def test_finding_a_time_is_measured_beside_libraries_that_find_the_same(monkeypatch):
    monkeypatch.setattr(finding, "PEOPLE", 8)
    monkeypatch.setattr(weeks, "WEEKS", 2)
    told: list[str] = []
    run(rows=40, rounds=1, seconds=0.1, only=["find"], write=False, tell=told.append)
    rows = [line.strip("| ").split(" | ") for line in told[-1].splitlines() if "|" in line]
    assert [row[0] for row in rows if row[0][:3] not in ("---", "")] == [
        "Measure",
        "Free and busy of all, as a mask",
        "The whole answer, no topics",
        "The whole answer, eight topics",
        "Step, in ms",
        "Reading the calendars; here when they change",
        "When people are free",
        "Starts for everyone",
        "The whole answer: order, sentences, what would open more",
    ]
    assert rows[2][3] == "2 queries"
    assert rows[3][3] == "60 floors"


def _parted(line: str) -> tuple[str, str]:
    """A line of the table: what was measured, and the figures."""
    words, _, figures = line.partition("  ")
    return words, figures.replace("(missed)", "")


def test_a_ratio_is_the_rate_beside_the_floors():
    measured = interleave(_sleeps(0.001), _sleeps(0.004), rounds=3, seconds=0.2)
    assert 0.15 < measured.ratio < 0.6
    assert len(measured.ratios) == 3
    assert Measured(((10, 5), (10, 1), (10, 9))).ratio == 0.5
    assert Measured(((10, 5), (10, 1), (10, 9))).spread == (0.1, 0.9)
    assert Measured(((1000, 500),)).milliseconds == (1, 2)
    assert Measured(((10, 5),), ((1, 4),)).work_ratio == 0.25
    assert Measured(((10, 5),), ((0, 0),)).work_ratio is None


def _sleeps(seconds: float):
    return lambda count: partial(timed, [partial(time.sleep, seconds)] * count)


@pytest.mark.django_db
def test_a_missed_rate_is_said():
    measure = Measure("x", "X", 0.5, None, iter(()))  # type: ignore[arg-type]
    how = report.Run(rows=1, rounds=1, seconds=1, day="1 May 2026")
    lines = [report.Line(measure, Measured(((10, rate),)), 3, 3) for rate in (5, 4)]
    assert [line.holds for line in lines] == [True, False]
    assert "0.400 (missed)" in report.as_text(lines, how)
    assert "0.500 |" in report.as_markdown(lines, how)


def test_only_the_table_of_the_page_is_written_anew(tmp_path, monkeypatch):
    page = tmp_path / "performance.md"
    page.write_text(f"Before\n{report.BEGIN}\nold\n{report.END}\nAfter\n", encoding="utf-8")
    monkeypatch.setattr(report, "PAGE", page)
    report.write("new")
    wanted = f"Before\n{report.BEGIN}\nnew\n{report.END}\nAfter\n"
    assert page.read_text(encoding="utf-8") == wanted


@pytest.mark.django_db(transaction=True)
def test_the_floor_is_a_bare_page_for_somebody_signed_in(cast: Cast):
    floor, before = Floor(), settings.MIDDLEWARE
    signed_in = _on_the_floor(floor, cast.sam, cast.organisations["trafford"].pk)
    with floor.settings():
        assert len(settings.MIDDLEWARE) == 2
        assert len(statements(lambda: ask(floor.handler, signed_in))) == 3
        with pytest.raises(UnexpectedAnswerError, match="401"):
            ask(floor.handler, {**signed_in, "HTTP_COOKIE": ""})
    assert before == settings.MIDDLEWARE
    assert connection.settings_dict["CONN_HEALTH_CHECKS"]


def _on_the_floor(floor: Floor, user: User, pk: int):
    with floor.settings():
        key = session_for(user, BACKEND)
    return environ("GET", f"/{pk}/", HTTP_COOKIE=f"{COOKIE}={key}")

"""Two workers: what keeps together, what comes first, and who waits for whom."""

import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import side_by_side
from tests.side_by_side import in_order, scope_of, turn


@dataclass
class Named:
    """What `in_order` asks of a test."""

    nodeid: str
    alone: bool = False

    def get_closest_marker(self, name: str) -> object:
        return True if self.alone and name == side_by_side.ALONE else None


def test_a_file_keeps_together_and_so_do_the_journeys():
    assert scope_of("tests/words/test_page.py::test_it[a::b]") == "tests/words/test_page.py"
    journeys = {scope_of(f"tests/browser/test_{name}.py::test_it") for name in ("refer", "told")}
    assert journeys == {"tests/browser/"}


def test_the_longest_come_first_and_those_that_want_to_be_alone_last():
    found = [
        Named("tests/chaos/test_storm.py::test_storm", alone=True),
        Named("tests/words/test_page.py::test_one"),
        Named("tests/embedded/test_demonstration.py::test_one"),
        Named("tests/words/test_page.py::test_another"),
        Named("tests/browser/test_refer.py::test_one"),
    ]
    names = [one.nodeid.partition("::")[0] for one in in_order(found)]  # type: ignore[arg-type]
    assert names == [
        "tests/browser/test_refer.py",
        "tests/embedded/test_demonstration.py",
        "tests/words/test_page.py",
        "tests/words/test_page.py",
        "tests/chaos/test_storm.py",
    ]


def test_whoever_wants_to_be_alone_waits_and_is_not_overtaken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_STATE_DIR", str(tmp_path))
    order: list[str] = []
    wants = threading.Event()

    def at_work(name: str, *, alone: bool) -> threading.Thread:
        def run() -> None:
            wants.set()
            with turn(alone=alone):
                order.append(name)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    with turn(alone=False):
        beside = at_work("beside", alone=False)
        beside.join(5)
        assert order == ["beside"]
        wants.clear()
        alone = at_work("alone", alone=True)
        assert wants.wait(5)
        alone.join(0.2)
        assert order == ["beside"]
        later = at_work("later", alone=False)
        later.join(0.2)
    for thread in (alone, later):
        thread.join(5)
    assert order == ["beside", "alone", "later"]

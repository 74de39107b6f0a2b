"""The tests on two workers: what keeps together, what comes first, and what wants to be alone.

    script/test                     everything, on two workers
    script/test tests/contacts      these, one after the other

A file stays on one worker, and so do the files of a room that share processes (`TOGETHER`). Each
worker has a database of its own (tests/migrated.py). Tests marked `alone` come last, and while
one of them runs, the other worker waits.
"""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

ALONE = "alone"
# Rooms whose files share what takes long to start. The longest come first, so that none is left
# to run on one worker while the other has nothing to do; the second begins without a database.
TOGETHER = ("tests/browser/",)
FIRST = (*TOGETHER, "tests/embedded/test_demonstration.py")


def scope_of(nodeid: str) -> str:
    """What a test is kept together with: a room of `TOGETHER`, or its file."""
    path = nodeid.partition("::")[0]
    return next((room for room in TOGETHER if path.startswith(room)), path)


def in_order(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """What takes longest first, what wants the machine to itself last; else as they were."""

    def place(item: pytest.Item) -> int:
        if item.get_closest_marker(ALONE):
            return len(FIRST) + 1
        firsts = (n for n, begin in enumerate(FIRST) if item.nodeid.startswith(begin))
        return next(firsts, len(FIRST))

    return sorted(items, key=place)


class Scopes(LoadScopeScheduling):  # type: ignore[misc]
    """Gives whole scopes to the workers, in the order of `in_order`."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """The controller asks for it, once."""
    config.option.loadscopereorder = False
    return Scopes(config, log)


def is_worker() -> bool:
    """Whether this process is one of several."""
    return "PYTEST_XDIST_WORKER" in os.environ


def shared(name: str) -> Path:
    """A file that the workers of one run share."""
    return Path(os.environ["PORTAL_STATE_DIR"]) / f"tests-{name}"


@contextmanager
def held(name: str, kind: int = fcntl.LOCK_EX) -> Iterator[None]:
    """A lock among the workers, `LOCK_SH` with others or `LOCK_EX` alone; waits for it."""
    with shared(name).open("w") as file:
        fcntl.flock(file, kind)
        yield


@contextmanager
def turn(*, alone: bool) -> Iterator[None]:
    """One test's turn. Who waits to be alone keeps the door shut, so that nobody overtakes."""
    with ExitStack() as until_its_end:
        with held("door"):
            kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
            until_its_end.enter_context(held("floor", kind))
        yield

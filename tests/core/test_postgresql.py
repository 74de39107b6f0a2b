"""A connection that is used again is checked without a trip, and opened anew where it has gone."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.db import close_old_connections, connection, connections

from portal.core.postgresql import base
from portal.core.postgresql.base import DatabaseWrapper

pytestmark = pytest.mark.django_db(transaction=True)


def backend() -> int:
    """The number of the process that answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def request(call: Callable[[], int]) -> int:
    """As the handler has it: around every request."""
    close_old_connections()
    try:
        return call()
    finally:
        close_old_connections()


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A connection that lasts, and is checked, as on a server."""
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 600)
    monkeypatch.setitem(connection.settings_dict, "CONN_HEALTH_CHECKS", True)
    yield
    connection.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What PostgreSQL itself has said when it was asked."""
    said: list[bool] = []
    own = DatabaseWrapper.is_usable

    def noted(self: DatabaseWrapper) -> bool:
        said.append(own(self))
        return said[-1]

    monkeypatch.setattr(DatabaseWrapper, "is_usable", noted)
    return said


def test_one_that_was_used_a_moment_ago_is_used_again_without_a_trip(asked: list[bool]) -> None:
    first = request(backend)
    assert [request(backend) for _ in range(3)] == [first] * 3
    assert asked == []


def test_one_that_postgresql_has_ended_is_opened_anew(asked: list[bool]) -> None:
    first = request(backend)
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    other.close()
    assert request(backend) != first
    assert asked == [False]


def test_one_that_has_rested_is_asked(asked: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    first = request(backend)
    later = time.monotonic() + base.RESTED_SECONDS
    monkeypatch.setattr(base.time, "monotonic", lambda: later)
    assert request(backend) == first
    assert asked == [True]
    assert request(backend) == first
    assert asked == [True]

"""Statements that come again are prepared, and answer as they did before."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import psycopg2
import pytest
from django.db import connection
from psycopg2.errors import InvalidSqlStatementName

from portal.core.prepared import AT_MOST, PREPARE_AT, PreparingConnection


class Colour(StrEnum):
    BLUE = "blue"


@pytest.fixture
def fresh(db: None) -> Iterator[PreparingConnection]:
    """A connection of its own, as the portal opens them, on which nothing is prepared."""
    with closing(psycopg2.connect(**connection.get_connection_params())) as opened:
        assert isinstance(opened, PreparingConnection)
        opened.autocommit = True
        yield opened


def ask(fresh: PreparingConnection, statement: str, values: Any = None) -> Any:
    """Its only row; None for a statement that gives none."""
    with fresh.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


def planned(fresh: PreparingConnection, beginning: str) -> int:
    """How many prepared statements begin so."""
    with fresh.cursor() as cursor:
        cursor.execute("TABLE pg_prepared_statements")
        return sum(f" AS {beginning}" in row[1] for row in cursor.fetchall())


MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ASKED = [
    ("SELECT %s + 1", [41], 42),
    ("SELECT %s::text || %s", ["50 % of ", "'it'; --"], "50 % of 'it'; --"),
    ("SELECT %(a)s::int * 10 + %(a)s::int + %(b)s::int", {"b": 3, "a": 2}, 25),
    ("SELECT 7 %% %s", [4], 3),
    ("SELECT %s > date '2026-11-21'", [date(2026, 11, 22)], True),
    ("SELECT %s - %s", [MOMENT, timedelta(hours=1)], datetime(2026, 11, 22, 8, 30, tzinfo=UTC)),
    ("SELECT 3 = ANY(%s::bigint[])", [[1, 2, 3]], True),
    ("SELECT count(*) FROM unnest(%s::text[])", [[]], 0),
    ("SELECT %s::text IS NULL", [None], True),
    ("SELECT NOT %s", [False], True),
    ("SELECT %s * 2", [Decimal("1.25")], Decimal("2.50")),
    ("SELECT %s::text", [UUID(int=5)], str(UUID(int=5))),
    ("SELECT %s::text", [Colour.BLUE], "blue"),
    ("SELECT 'no values at all'", None, "no values at all"),
    ("WITH one AS (SELECT %s::int AS n) SELECT n FROM one", [8], 8),
]


@pytest.mark.parametrize(("statement", "values", "expected"), ASKED)
def test_the_answer_stays_the_same(
    fresh: PreparingConnection, statement: str, values: Any, expected: object
) -> None:
    assert [ask(fresh, statement, values)[0] for _ in range(8)] == [expected] * 8
    assert len([name for name in fresh.prepared.values() if name]) == 1


def test_only_what_comes_again_is_prepared(fresh: PreparingConnection) -> None:
    for _ in range(PREPARE_AT - 1):
        ask(fresh, "SELECT %s::int AS rare", [1])
    assert not fresh.prepared
    ask(fresh, "SELECT %s::int AS rare", [2])
    assert planned(fresh, "SELECT $1::int AS rare") == 1


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("DELETE FROM core_ratecount WHERE count = %s", [-1]),
        ("SELECT 1; SELECT %s", [2]),
        ("SHOW timezone", None),
        ("SELECT 1 IN %s", [(1, 2)]),
    ],
)
def test_some_statements_are_never_prepared(
    fresh: PreparingConnection, statement: str, values: Any
) -> None:
    for _ in range(PREPARE_AT + 1):
        ask(fresh, statement, values)
    assert not [name for name in fresh.prepared.values() if name]


def test_what_cannot_be_prepared_goes_on_within_its_transaction(
    fresh: PreparingConnection,
) -> None:
    # A number is told as bigint, and there is no date + bigint; as a literal it is an integer.
    fresh.autocommit = False
    days = [ask(fresh, "SELECT %s + %s", [date(2026, 11, 22), 3])[0] for _ in range(6)]
    assert ask(fresh, "SELECT 1") == (1,)
    assert days == [date(2026, 11, 25)] * 6
    assert list(fresh.prepared.values()) == [None]


def test_a_rollback_leaves_it_prepared(fresh: PreparingConnection) -> None:
    fresh.autocommit = False
    for _ in range(PREPARE_AT):
        ask(fresh, "SELECT %s::int AS kept", [1])
    fresh.rollback()
    assert ask(fresh, "SELECT %s::int AS kept", [5]) == (5,)


def test_it_goes_on_where_somebody_discarded_it(fresh: PreparingConnection) -> None:
    for _ in range(PREPARE_AT + 1):
        ask(fresh, "SELECT %s::int AS lost", [1])
    ask(fresh, "DEALLOCATE ALL")
    assert ask(fresh, "SELECT %s::int AS lost", [2]) == (2,)


def test_after_a_migration_it_is_prepared_anew(fresh: PreparingConnection) -> None:
    ask(fresh, "CREATE TEMPORARY TABLE again (a int)")
    ask(fresh, "INSERT INTO again VALUES (1)")
    for _ in range(PREPARE_AT + 1):
        ask(fresh, "SELECT * FROM again")
    ask(fresh, "ALTER TABLE again ADD b int DEFAULT 2")
    for _ in range(PREPARE_AT + 2):
        assert ask(fresh, "SELECT * FROM again") == (1, 2)
    assert all(fresh.prepared.values())


def test_no_two_statements_have_one_name(fresh: PreparingConnection) -> None:
    """Not even those of two connections, behind a pooler that mixes them up."""
    with closing(psycopg2.connect(**connection.get_connection_params())) as other:
        other.autocommit = True
        for _ in range(PREPARE_AT):
            ask(fresh, "SELECT %s::int AS mine", [1])
            ask(other, "SELECT %s::int AS theirs", [1])
        assert not set(fresh.prepared.values()) & set(other.prepared.values())


def test_within_a_transaction_a_discarded_one_is_an_error_once(
    fresh: PreparingConnection,
) -> None:
    for _ in range(PREPARE_AT + 1):
        ask(fresh, "SELECT %s::int AS lost", [1])
    ask(fresh, "DEALLOCATE ALL")
    fresh.autocommit = False
    with pytest.raises(InvalidSqlStatementName):
        ask(fresh, "SELECT %s::int AS lost", [2])
    fresh.rollback()
    assert ask(fresh, "SELECT %s::int AS lost", [3]) == (3,)


def test_it_goes_on_after_a_migration(fresh: PreparingConnection) -> None:
    ask(fresh, "CREATE TEMPORARY TABLE changing (a int)")
    ask(fresh, "INSERT INTO changing VALUES (1)")
    for _ in range(PREPARE_AT + 1):
        ask(fresh, "SELECT * FROM changing")
    ask(fresh, "ALTER TABLE changing ADD b int DEFAULT 2")
    assert ask(fresh, "SELECT * FROM changing") == (1, 2)


def test_a_connection_keeps_so_many_and_no_more(fresh: PreparingConnection) -> None:
    for number in range(AT_MOST + 5):
        for _ in range(PREPARE_AT):
            ask(fresh, f"SELECT %s::int AS n{number}", [1])
    assert len(fresh.prepared) == AT_MOST
    assert ask(fresh, f"SELECT %s::int AS n{AT_MOST + 4}", [9]) == (9,)

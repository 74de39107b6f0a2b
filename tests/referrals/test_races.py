"""Many people at the same moment, on real connections: script/chaos --races in its short form."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from script.storm import people, races
from script.storm.compare import wrong_holders
from script.storm.database import Database
from script.storm.senders import Attempt
from tests.processes import database_url

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS, RECEIVERS, KEYS, CLAIMS = 24, 16, 4, 12


class InProcess:
    """A program's connection, without a server between: each request on the thread that asks."""

    def __init__(self, token: str) -> None:
        self._client = Client(raise_request_exception=False)
        self._headers = {"Authorization": f"Bearer {token}"}

    def post(self, path: str, body: object, **headers: str) -> tuple[Attempt, dict[str, Any]]:
        began = time.monotonic()
        try:
            answer = self._client.post(
                path,
                json.dumps(body),
                content_type="application/json",
                headers={**self._headers, **headers},
            )
        finally:
            connections.close_all()
        attempt = Attempt(began, began, time.monotonic(), answer.status_code)
        return attempt, json.loads(answer.content)

    def close(self) -> None:
        """Nothing is kept open."""


@pytest.fixture
def database(db: None) -> Iterator[Database]:
    """A look at the committed rows from outside."""
    line = Database(database_url())
    yield line
    line.close()


def test_one_referral_for_each_key_and_one_winner_for_each_claim(database: Database) -> None:
    actors = people.fill(SENDERS, RECEIVERS)
    told: list[str] = []
    rows, wrong = races.hold(InProcess, actors, database, KEYS, CLAIMS, told.append)
    assert wrong == []
    figures = dict(rows)
    assert figures["Keys: with exactly one winner"] == str(SENDERS * KEYS)
    assert figures["Claims: with exactly one winner"] == str(CLAIMS)
    # Everybody but the winner is told who it was: `wrong` would hold whoever was not.
    assert f"{CLAIMS * (RECEIVERS - 1):,} × 409" in figures["Claims: requests"]
    assert "× 500" not in figures["Keys: requests"]


def test_the_race_sees_a_key_that_became_two_and_a_loser_who_was_told_another_name() -> None:
    done = races.Race(winners={"key a": "CG-1111-1111"})
    assert races.wrong_rows(done, [("key a", "CG-1111-1111")]) == []
    assert races.wrong_rows(done, [("key a", "CG-1111-1111"), ("key a", "CG-2222-2222")])
    assert races.wrong_rows(done, [])
    held = {"CG-1111-1111": "Tess Tate"}
    assert wrong_holders(held, [("CG-1111-1111", "Tess Tate", 1)]) == []
    assert wrong_holders(held, [("CG-1111-1111", "Sam Sharp", 1)])
    assert wrong_holders(held, [("CG-1111-1111", "Tess Tate", 2)])

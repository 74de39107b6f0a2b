"""Queries do not grow with the rows, and stay within a budget."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.actions.reference import load_reference_data
from referrals.actions.claim import claim
from referrals.actions.send import PersonDetails
from referrals.actions.write import write
from tests.cast import Cast
from tests.conftest import send

As = Callable[[str], Client]
_NOT_COUNTED = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def queries(browser: Client, path: str) -> int:
    """How many a page costs, transaction statements aside."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(path).status_code == 200
    return sum(not q["sql"].startswith(_NOT_COUNTED) for q in seen.captured_queries)


@pytest.mark.parametrize(
    ("name", "path", "most"),
    [
        ("sam", "/referrals/inbox/", 12),
        ("alice", "/referrals/", 16),
        ("sam", "/api/v1/inbox/", 12),
        ("mina", "/referrals/team/", 12),
    ],
)
def test_as_many_queries_for_25_rows_as_for_one(
    cast: Cast, as_: As, name: str, path: str, most: int
) -> None:
    send(cast)
    browser = as_(name)
    browser.get(path)
    one = queries(browser, path)
    for _ in range(24):
        claim(by=cast.reader("sam"), reference=send(cast).reference)
    assert queries(browser, path) == one
    assert one <= most


@pytest.mark.parametrize("name", ["sam", "alice"])
def test_one_referral_stays_within_its_budget(cast: Cast, as_: As, name: str) -> None:
    person = PersonDetails(name="Margaret Example", postcode="M33 2RH")
    reference = send(cast, person=person).reference
    browser = as_(name)
    path = f"/referrals/{reference}/"
    browser.get(path)
    before = queries(browser, path)
    claim(by=cast.reader("sam"), reference=reference)
    for number in range(25):
        write(by=cast.reader("sam"), reference=reference, body=f"Message {number}")
    assert queries(browser, path) == before
    assert before <= 12


@pytest.mark.parametrize("name", ["sam", "alice"])
def test_so_does_one_whose_home_is_in_the_open_data(cast: Cast, as_: As, name: str) -> None:
    load_reference_data()
    person = PersonDetails(name="Margaret Example", postcode="M33 2RH")
    path = f"/referrals/{send(cast, person=person).reference}/"
    browser = as_(name)
    browser.get(path)
    assert queries(browser, path) <= 12

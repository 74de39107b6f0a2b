"""Queries do not grow with the rows, and stay within a budget."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.actions.reference import load_reference_data
from portal.accounts.models import Team
from referrals.actions.claim import claim
from referrals.actions.send import PersonDetails
from referrals.actions.write import write
from referrals.models import Referral
from script.benchmarks.statements import statements
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_pages import SIX, started

As = Callable[[str], Client]


def counted(call: Callable[[], HttpResponse], status: int) -> int:
    """How many trips to PostgreSQL an answer costs, transaction statements aside.

    Counted as script/bench does, before a change's author is put in front of the statements:
    afterwards a savepoint would no longer look like one.
    """
    answers: list[HttpResponse] = []
    found = statements(lambda: answers.append(call()))
    assert answers[0].status_code == status
    return len(found)


def queries(browser: Client, path: str) -> int:
    """Those of a page."""
    return counted(lambda: browser.get(path), 200)


@pytest.mark.parametrize(
    ("name", "path", "most"),
    [
        ("sam", "/referrals/inbox/", 12),
        ("alice", "/referrals/", 12),
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


@pytest.mark.parametrize("name", ["sam", "alice"])
def test_so_does_one_whose_person_has_another_that_is_open(cast: Cast, as_: As, name: str) -> None:
    person = PersonDetails(name="Margaret Example", nhs_number="9990000018", postcode="M33 2RH")
    other, shown = (send(cast, person=person).reference for _ in range(2))
    browser, path = as_(name), f"/referrals/{shown}/"
    html = browser.get(path).content.decode()
    assert (other in html) == (name == "sam")
    assert queries(browser, path) <= 12


# Whatever a sender can say of the person: by it, an open referral of their own side is looked for.
WHOLE = {
    **SIX,
    "born_on-day": "12",
    "born_on-month": "3",
    "born_on-year": "1948",
    "nhs_number": "999 000 0018",
    "postcode": "M33 2RH",
    "telephone": "0161 496 0455",
    "point_2": "A carer's assessment for her husband",
}


@pytest.mark.parametrize("name", ["alice", "ada"])
def test_so_does_sending_by_the_page_whatever_is_typed(cast: Cast, as_: As, name: str) -> None:
    Team.objects.update(mailbox="")  # so that its people are looked up
    browser, address = started(cast, as_, by=name)
    typed = {**WHOLE, "for_clinician": str(cast.alice.pk), "version": "1"}
    browser.get(address)
    assert counted(lambda: browser.post(address, typed), 302) <= 12
    sent = Referral.objects.get()
    assert sent.points.count() == 2
    # Only practice and ward staff are asked for whom it is.
    assert sent.for_clinician == (cast.alice if name == "ada" else None)


def test_so_does_sending_as_a_program(cast: Cast, as_: As) -> None:
    browser = as_("alice")
    body = {
        **{name: SIX[name] for name in ("urgency", "why_now", "with_person", "agreement")},
        "call_back": SIX["call_back"],
        "service": cast.services["front_door"].reference,
        "person": {"name": "Margaret Example", "nhs_number": "999 000 0018"},
        "points": [SIX["point_1"], "A carer's assessment for her husband"],
    }
    browser.get("/")

    def post() -> HttpResponse:
        headers = {"Idempotency-Key": "a-key-of-this-test"}
        kind = "application/json"
        return browser.post("/api/v1/referrals/", body, content_type=kind, headers=headers)

    assert counted(post, 201) <= 12

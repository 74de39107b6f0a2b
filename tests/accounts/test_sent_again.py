"""What waited behind a sign-in is sent again: it is gone once it is taken, and never before."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from contacts.actions.reports import report
from contacts.models import Report, Service
from contacts.states import Trouble
from portal.accounts.models import Invitation, ParkedForm
from portal.core.clock import today
from portal.core.taken import is_taken
from referrals.actions.claim import claim
from referrals.models import Referral
from tests.accounts.conftest import SignIn
from tests.accounts.unsent_forms import waits
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.conftest import arranged
from tests.referrals.test_pages import SIX, As, started

Waiting = Callable[[str, str, dict[str, str]], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 12, 8, 8, 30, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def waiting(clock: time_machine.Traveller, cast: Cast, sign_in: SignIn) -> Waiting:
    """`waiting("olga", path, fields)`: her browser, in which she sent that too late, and has
    signed in again."""

    def late(name: str, path: str, fields: dict[str, str]) -> Client:
        browser = Client()
        sign_in(f"{name}@test.example", browser=browser)
        clock.shift(16 * 60)
        browser.post(path, fields)
        assert ParkedForm.objects.count() == 1
        sign_in(f"{name}@test.example", browser=browser)
        return browser

    return late


def again(browser: Client, fields: dict[str, str]) -> dict[str, str]:
    """What “Send it now” sends."""
    return {**fields, "unsent_key": waits(browser).split("/")[-2]}


def hidden(page: str) -> dict[str, str]:
    """The hidden inputs of a page."""
    found = re.findall(r'<input type="hidden" name="([\w-]+)" [^>]*?value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


# --- refused, and put right ---
def test_one_that_is_put_right_on_the_page_that_came_back_waits_no_more(
    waiting: Waiting, path: str, typed: dict[str, str]
) -> None:
    bad = {**typed, "email": "no address"}
    browser = waiting("olga", path, bad)
    page = browser.post(path, again(browser, bad)).content.decode()
    assert "There is a problem" in page
    key = hidden(page)["unsent_key"]
    # Whatever its page is sent with, a new one-time key too: the form says which one it was.
    right = {**typed, "once": "another-key-of-it", "unsent_key": key}
    assert browser.post(path, right).status_code == 302
    assert Invitation.objects.exists()
    assert not ParkedForm.objects.exists()


def test_another_button_of_that_page_takes_nothing_away(
    waiting: Waiting, path: str, typed: dict[str, str]
) -> None:
    browser = waiting("olga", path, typed)
    answer = browser.post("/notifications/seen/", again(browser, {"upto": "1"}))
    assert answer.status_code == 302
    assert ParkedForm.objects.exists()


@pytest.mark.parametrize(
    ("once", "gone"), [("a-key-of-this-form", True), ("a-key-of-another", False)]
)
def test_one_that_is_put_right_later_waits_no_more(
    waiting: Waiting, path: str, typed: dict[str, str], *, once: str, gone: bool
) -> None:
    """And another form of the same address, sent meanwhile, takes nothing away."""
    bad = {**typed, "email": "no address"}
    browser = waiting("olga", path, bad)
    browser.post(path, again(browser, bad))
    assert browser.post(path, {**typed, "once": once}).status_code == 302
    assert ParkedForm.objects.exists() is not gone


def test_the_session_remembers_no_more_than_its_key(
    waiting: Waiting, path: str, typed: dict[str, str]
) -> None:
    bad = {**typed, "email": "no address"}
    browser = waiting("olga", path, bad)
    for _ in range(2):
        browser.post(path, again(browser, bad))
    key = waits(browser).split("/")[-2]
    assert browser.session["sent_again_and_refused"] == [key]
    assert "nora" not in str(dict(browser.session.items())).lower()


def test_what_cannot_be_read_at_all_is_refused_as_ever(
    waiting: Waiting, path: str, typed: dict[str, str], settings: Any
) -> None:
    browser = waiting("olga", path, typed)
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    assert browser.post(path, again(browser, typed)).status_code == 400
    assert ParkedForm.objects.exists()


# --- led on, and nothing taken ---
def test_words_for_a_draft_that_a_colleague_has_sent_wait_on(
    cast: Cast, as_: As, waiting: Waiting
) -> None:
    ada, address = started(cast, as_, by="ada")
    mine = {**SIX, "why_now": "Alice's own words", "version": "1"}
    browser = waiting("alice", address, mine)
    ada = as_("ada")
    assert ada.post(address, {**SIX, "version": "1"}).status_code == 302
    answer = browser.post(address, again(browser, mine))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Why now: Alice&#39;s own words" in page
    assert ParkedForm.objects.exists()
    add = {"left_over": "Alice's own words", "add_left_over": "1", **hidden(page)}
    assert browser.post(address, add).status_code == 302
    assert not ParkedForm.objects.exists()


def test_a_draft_put_right_another_way_waits_no_more(cast: Cast, as_: As, waiting: Waiting) -> None:
    _, address = started(cast, as_)
    browser = waiting("alice", address, {**SIX, "point_1": "", "version": "1"})
    assert (
        browser.post(address, again(browser, {**SIX, "point_1": "", "version": "1"})).status_code
        == 422
    )
    version = hidden(browser.get(address).content.decode())["version"]
    assert browser.post(address, {**SIX, "version": version}).status_code == 302
    assert not ParkedForm.objects.exists()


def test_words_too_long_for_a_report_wait_until_they_are_shorter(
    cast: Cast, waiting: Waiting
) -> None:
    row = report(
        service=cast.services["front_door"],
        trouble=Trouble.WRONG_NUMBER,
        by=cast.reader("alice"),
    )
    path, long = f"/directory/reports/{row.reference}/words/", {"words": "Rang twice. " * 500}
    browser = waiting("alice", path, long)
    page = browser.post(path, again(browser, long), follow=True).content.decode()
    assert "What you typed is still kept for you" in page
    assert ParkedForm.objects.exists()
    assert browser.post(path, {"words": "Rang twice."}).status_code == 302
    assert Report.objects.get().words == "Rang twice."
    assert not ParkedForm.objects.exists()


def test_a_second_step_that_is_missing_loses_nothing(
    waiting: Waiting, path: str, typed: dict[str, str], settings: Any
) -> None:
    browser = waiting("olga", path, typed)
    settings.SECOND_FACTOR_REQUIRED = True
    answer = browser.post(path, again(browser, typed))
    assert answer["Location"] == "/account/second-step/"
    assert ParkedForm.objects.exists()


def test_a_button_that_comes_second_says_that_it_has_taken_nothing(cast: Cast, as_: As) -> None:
    referral = send(cast)
    claim(by=cast.reader("sam"), reference=referral.reference)
    address = f"/referrals/{referral.reference}/"
    assert not is_taken(as_("tess").post(f"{address}claim/"))
    assert not is_taken(as_("sam").post(f"{address}release/", {"version": "1"}))
    version = str(Referral.objects.get().version)
    assert is_taken(as_("sam").post(f"{address}release/", {"version": version}))


@pytest.mark.parametrize(
    ("button", "sent"),
    [("answer", {}), ("people", {"add": "nobody"}), ("at/begin", {})],
)
def test_so_does_one_of_a_meeting(cast: Cast, as_: As, button: str, sent: dict[str, str]) -> None:
    address = f"/meetings/{arranged(cast).reference}/{button}/"
    answer = as_("alice").post(address, sent)
    assert answer.status_code == 302
    assert not is_taken(answer)


@pytest.mark.parametrize("page", ["needs", "close"])
def test_so_does_an_entry_that_has_been_closed(cast: Cast, as_: As, page: str) -> None:
    entry = cast.services["front_door"]
    Service.objects.filter(pk=entry.pk).update(closed_on=today())
    answer = as_("dora").post(f"/directory/own/{entry.reference}/{page}/", {"act": "save"})
    assert answer.status_code == 302
    assert not is_taken(answer)

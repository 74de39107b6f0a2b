"""A session that ends in the middle of a referral: what was typed is there again."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.people import Somebody
from tests.browser.stack import Portal
from tests.browser.steps import (
    FIRST_POINT,
    PERSON,
    then_it_has_been_saved,
    then_there_is_one_referral,
    when_she_begins_a_referral,
    when_she_gives_the_six_answers,
)

MINUTE = 60_000


def when_she_signs_in_in_a_new_tab(reader: Somebody, visitor: Visitor, words: str) -> None:
    with reader.page.context.expect_page() as opened:
        reader.page.get_by_role("link", name=words).click()
    visitor(tab=opened.value).looks().signs_in("alice")


@pytest.mark.parametrize("way", [{}, {"scripts": False}], ids=["", "without JavaScript"])
def test_pressing_send_too_late_loses_nothing(
    visitor: Visitor, portal: Portal, way: dict[str, Any]
) -> None:
    alice = visitor("alice", **way)
    when_she_begins_a_referral(alice)
    portal.let_sessions_end()
    alice.may_be_refused("/known/")
    when_she_gives_the_six_answers(alice)
    alice.presses("Send")

    alice.is_on("Sign in").reads("You were signed out after 15 minutes without activity.")
    alice.signs_in("alice").is_on("You were signed out while sending")
    alice.reads("Nothing has been sent.", PERSON, FIRST_POINT)
    alice.presses("Send it now").is_on("Sent. Not yet received")
    then_there_is_one_referral()


def test_somebody_else_at_the_same_browser_finds_nothing(visitor: Visitor, portal: Portal) -> None:
    alice = visitor("alice")
    when_she_begins_a_referral(alice)
    portal.let_sessions_end()
    alice.may_be_refused("/known/")
    when_she_gives_the_six_answers(alice)
    alice.presses("Send").signs_in("sam")

    alice.does_not_read(PERSON)
    alice.goes_to("/account/unsent/").does_not_read(PERSON)


def test_a_page_left_open_is_covered_and_comes_back_with_what_was_typed(
    visitor: Visitor, portal: Portal
) -> None:
    alice = visitor("alice", clock=True)
    when_she_begins_a_referral(alice)
    portal.let_sessions_end()
    alice.types(person_name=PERSON, why_now="Two falls in ten days")
    alice.may_be_refused("/save/", "/still-here/", "/check/", "/known/")
    alice.page.clock.run_for(16 * MINUTE)
    alice.is_on("You are signed out").reads("What you typed is still on this page")
    expect(alice.field("person_name")).to_be_hidden()
    alice.looks()

    when_she_signs_in_in_a_new_tab(alice, visitor, "Sign in (new tab)")
    alice.page.get_by_role("button", name="I have signed in").click()
    expect(alice.field("person_name")).to_have_value(PERSON)
    then_it_has_been_saved(alice)
    alice.looks()
    when_she_gives_the_six_answers(alice)
    alice.presses("Send").reads("Sent.")
    then_there_is_one_referral()


def test_what_cannot_be_saved_any_more_is_saved_after_signing_in(
    visitor: Visitor, portal: Portal
) -> None:
    alice = visitor("alice")
    when_she_begins_a_referral(alice)
    portal.let_sessions_end()
    alice.may_be_refused("/save/", "/known/")
    alice.types(person_name=PERSON)
    alice.reads("Not saved: you are signed out.").looks()
    when_she_signs_in_in_a_new_tab(alice, visitor, "Sign in (new tab)")
    when_she_gives_the_six_answers(alice)
    then_it_has_been_saved(alice)

    alice.presses("Send").reads("Sent.")
    then_there_is_one_referral()

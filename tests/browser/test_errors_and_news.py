"""Pages for when something is not as hoped, and pages that are out of date."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.stack import Portal
from tests.browser.steps import given_a_referral_has_been_sent, given_a_referral_that_sam_holds


@pytest.mark.parametrize("name", ["", "alice"], ids=["a stranger", "a GP"])
def test_an_address_where_nothing_is(visitor: Visitor, name: str) -> None:
    reader = visitor(name).goes_to("/nothing/here/")
    reader.is_on("Page not found").follows("Go to the first page").is_on("Who do I contact?")


def test_not_yours_looks_like_not_there(visitor: Visitor, portal: Portal) -> None:
    theirs = given_a_referral_has_been_sent(portal)
    oscar = visitor("oscar")
    pages = set()
    for address in (f"/referrals/{theirs}/", "/referrals/CG-7777-7777/", "/nothing/here/"):
        oscar.goes_to(address).is_on("Page not found")
        pages.add(oscar.page.locator("#maincontent").inner_text())
    assert len(pages) == 1
    oscar.does_not_read("Margaret")


def test_another_role_is_told_so(visitor: Visitor) -> None:
    dora = visitor("dora").goes_to("/referrals/inbox/").is_on("Another role does this")
    dora.reads("Your role reads no referrals, so it has no inbox.").follows("Go to the first page")
    dora.goes_to("/referrals/").reads("Your role does not allow you to")


def test_a_form_from_before_another_sign_in_is_not_taken(visitor: Visitor) -> None:
    sam = visitor("sam")
    given_a_referral_that_sam_holds(sam)
    sam.types(body="I ring her daughter at ten.")
    sam.page.context.clear_cookies(name="csrftoken")
    sam.presses("Send").is_on("This page was open for too long")


def test_the_inbox_says_that_something_is_new_and_does_not_move(
    visitor: Visitor, portal: Portal
) -> None:
    sam = visitor("sam", clock=True).goes_to("/referrals/inbox/")
    sam.reads("Nothing waits for a decision", re.compile(r"As it was at \d\d:\d\d\."))
    reference = given_a_referral_has_been_sent(portal)
    sam.page.clock.run_for(21_000)

    sam.reads(re.compile(r"1 new since \d\d:\d\d\.")).does_not_read(reference)
    sam.looks().follows("Show the new list").reads(reference)
    expect(sam.page.get_by_text("1 new since")).to_have_count(0)


def test_a_notification_that_comes_in_is_announced(visitor: Visitor, portal: Portal) -> None:
    sam = visitor("sam", clock=True).goes_to("/notifications/").reads("Nothing yet")
    reference = given_a_referral_has_been_sent(portal)
    sam.page.clock.run_for(21_000)

    sam.reads("1 new notification has come in.").does_not_read(reference)
    sam.looks().follows("Show the new list").reads(f"A referral has come in: {reference}")
    sam.presses("Mark all as seen").does_not_read("you have not seen")

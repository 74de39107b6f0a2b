"""Signing in and out, and the warning before a session ends."""

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visitor
from tests.browser.people import Somebody

MINUTE = 60_000  # milliseconds, as the page's clock counts


def warning_of(reader: Somebody) -> Locator:
    return reader.page.get_by_role("region", name="Your session")


def test_a_wrong_password_says_no_more_than_that(visitor: Visitor) -> None:
    stranger = visitor().goes_to("/").follows("Sign in")
    stranger.presses("Sign in")
    stranger.is_told_the_problems(login="Enter your email address", password="Enter your password")
    stranger.signs_in("alice", password="not the password")
    wrong = stranger.page.locator(".nhsuk-error-summary").inner_text()
    expect(stranger.field("login")).to_have_value("alice@test.example")
    expect(stranger.field("password")).to_have_value("")
    stranger.signs_in("nobody", password="not the password")
    assert stranger.page.locator(".nhsuk-error-summary").inner_text() == wrong

    stranger.signs_in("alice").reads("Dr Alice Abbot, GP · Park Practice")


def test_after_signing_out_back_shows_nothing(visitor: Visitor) -> None:
    reader = visitor().goes_to("/referrals/").is_on("Sign in")
    reader.signs_in("alice").is_on("My board")
    reader.presses("Sign out", within="header").is_on("Who do I contact?")
    reader.does_not_read("Alice")
    reader.page.go_back()
    reader.page.go_back()
    reader.looks().is_on("Sign in")


def test_two_minutes_before_a_session_ends_the_page_offers_to_stay(visitor: Visitor) -> None:
    alice = visitor("alice", clock=True).goes_to("/referrals/")
    alice.page.clock.run_for(12 * MINUTE + 50_000)
    expect(warning_of(alice)).to_be_hidden()
    alice.page.clock.run_for(20_000)

    expect(warning_of(alice)).to_contain_text("You will be signed out in 2 minutes, at ")
    alice.looks()
    with alice.page.expect_response("**/account/still-here/") as answer:
        alice.page.get_by_role("button", name="Stay signed in").click()
    assert answer.value.ok
    expect(warning_of(alice)).to_be_hidden()

"""How a referral moves on or ends: redirected, withdrawn, closed."""

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.steps import (
    given_a_referral_that_sam_holds,
    then_both_see_the_same,
    when_he_accepts_for,
)


def test_redirected_to_the_hub_which_takes_it_on(visitor: Visitor) -> None:
    sam, hugo, alice = visitor("sam"), visitor("hugo"), visitor("alice")
    reference = given_a_referral_that_sam_holds(sam)
    sam.follows("Redirect").presses("Redirect")
    sam.is_told_the_problems(to_service="Choose a service", reason="Say why you redirect it")
    sam.types(reason="She goes home from hospital on Friday.", find="transfer").presses("Find")
    expect(sam.page.get_by_role("radio")).to_have_count(1)
    sam.page.get_by_label("Care transfer hub").check()
    sam.presses("Redirect").reads("still has to acknowledge it")

    hugo.goes_to("/referrals/inbox/").reads(reference)
    hugo.goes_to(f"/referrals/{reference}/").reads("She goes home from hospital on Friday.")
    hugo.presses("Acknowledge and take it on").reads("You hold this referral.")
    then_both_see_the_same(
        alice, hugo, reference, "Acknowledged by Sam Sharp", "Redirected by Sam", "Hugo Hale"
    )


def test_withdrawn_by_the_sender(visitor: Visitor) -> None:
    sam, alice = visitor("sam"), visitor("alice")
    reference = given_a_referral_that_sam_holds(sam)
    alice.goes_to(f"/referrals/{reference}/").follows("Withdraw this referral")
    alice.presses("Withdraw").is_told_the_problems(reason="Choose a reason")
    alice.chooses("Safe without an assessment").presses("Withdraw")
    alice.reads("Withdrawn. The team has been told.")

    sam.goes_to(f"/referrals/{reference}/").reads("Withdrawn by Dr Alice Abbot, GP")
    sam.goes_to("/referrals/inbox/").does_not_read(reference)


def test_closed_when_the_work_is_done(visitor: Visitor) -> None:
    sam, alice = visitor("sam"), visitor("alice")
    reference = given_a_referral_that_sam_holds(sam)
    when_he_accepts_for(sam, reference, "Tess Tate, Triage lead")
    sam.follows("Close this referral").presses("Close")
    sam.is_told_the_problems(reason="Choose why it is closed")
    sam.chooses("The work is done").types(words="She is safe at home.").presses("Close")

    sam.reads("Closed. The other side has been told.")
    alice.goes_to(f"/referrals/{reference}/").reads("Closed by Sam Sharp", "She is safe at home")
    alice.follows("Reopen this referral").presses("Reopen")
    alice.is_told_the_problems(words="Say why it is reopened")
    alice.types(words="She fell again.").presses("Reopen")
    alice.reads("Reopened. The other side has been told.", "will work with the person")
    sam.goes_to(f"/referrals/{reference}/").reads("Reopened by Dr Alice Abbot, GP: She fell again.")


def test_not_taken_on_by_the_second_team(visitor: Visitor) -> None:
    sam, hugo, alice = visitor("sam"), visitor("hugo"), visitor("alice")
    reference = given_a_referral_that_sam_holds(sam)
    sam.follows("Redirect")
    sam.page.get_by_label("Care transfer hub").check()
    sam.types(reason="She goes home from hospital on Friday.").presses("Redirect")

    hugo.goes_to("/referrals/inbox/").reads("redirected to you")
    hugo.goes_to(f"/referrals/{reference}/").follows("Do not take it on").presses("Hand it back")
    hugo.is_told_the_problems(words="Say why your team does not take it on")
    hugo.types(words="She went home on Monday.").presses("Hand it back")
    hugo.reads("Not taken on.").does_not_read(reference)
    then_both_see_the_same(alice, sam, reference, "Redirected by Sam", "Not taken on by Hugo")
    expect(sam.page.get_by_role("link", name="Accept")).to_be_visible()

"""How a referral moves on or ends: redirected, withdrawn, closed."""

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
    sam.page.get_by_label("Care transfer hub").check()
    sam.types(reason="She goes home from hospital on Friday.").presses("Redirect")
    sam.reads("still has to acknowledge it")

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
    sam.follows("Close: the work is done").types(words="She is safe at home.").presses("Close")

    sam.reads("Closed. The other side has been told.")
    alice.goes_to(f"/referrals/{reference}/").reads("Closed by Sam Sharp", "She is safe at home")

"""The team's inbox: one claims, the other is told who; decisions that both sides read."""

import re

import pytest
from playwright.sync_api import expect

from portal.core.clock import today
from referrals.models import Referral
from tests.browser.conftest import Visitor
from tests.browser.people import Somebody
from tests.browser.stack import Portal
from tests.browser.steps import (
    given_a_referral_has_been_sent,
    given_a_referral_that_sam_holds,
    then_both_see_the_same,
    when_he_claims_it,
)


def when_both_press_claim_at_once(reference: str, *workers: Somebody) -> None:
    """By timers in their pages, so that neither waits for the other."""
    at = workers[0].page.evaluate("Date.now() + 1000")
    for worker in workers:
        button = worker.page.get_by_role("button", name=f"Claim {reference}")
        button.evaluate("(e, at) => { setTimeout(() => e.click(), at - Date.now()) }", at)
    for worker in workers:
        worker.page.wait_for_url(f"**/referrals/{reference}/")
        worker.looks()


def test_the_inbox_says_what_matters(visitor: Visitor, portal: Portal) -> None:
    reference = given_a_referral_has_been_sent(portal)
    sam = visitor("sam").goes_to("/referrals/inbox/")

    row = sam.page.get_by_role("row", name=re.compile(reference))
    for words in ("Margaret Example", "Park Practice", "sent today", "Can she stay at home safely"):
        expect(row).to_contain_text(words)
    expect(row.get_by_role("button", name=f"Claim {reference}")).to_be_visible()
    sam.follows("Mine 0").reads("You hold no referral")
    sam.follows("Overdue 0").reads("Nothing is overdue")
    sam.follows("Waiting for others 0").reads("Nothing waits for others")
    sam.follows("Needs a decision 1").reads(reference)


def test_news_is_offered_and_no_row_moves_until_it_is_taken(
    visitor: Visitor, portal: Portal
) -> None:
    first = given_a_referral_has_been_sent(portal)
    sam = visitor("sam", clock=True)
    sam.goes_to("/referrals/inbox/")
    row = sam.page.get_by_role("row", name=re.compile(first))
    expect(row).to_contain_text("New")
    place = row.bounding_box()
    second = given_a_referral_has_been_sent(portal)
    sam.page.clock.fast_forward(21_000)

    sam.looks().reads("1 new since")
    sam.does_not_read(second)
    assert row.bounding_box() == place
    sam.follows("Show the new list").reads(first, second).does_not_read("1 new since")


def test_whoever_comes_second_is_told_who_holds_it(visitor: Visitor, portal: Portal) -> None:
    reference = given_a_referral_has_been_sent(portal)
    sam, tess = visitor("sam"), visitor("tess")
    tess.goes_to("/referrals/inbox/")
    when_he_claims_it(sam, reference)
    tess.presses(f"Claim {reference}")

    tess.reads("Sam Sharp already holds this referral.")
    expect(tess.page.get_by_role("link", name="Accept")).to_have_count(0)
    tess.presses("Take it over from Sam Sharp").reads("You hold this referral now.")
    tess.presses("Give it back to the team").reads("It is back in your team's inbox.")


def test_of_two_who_claim_at_once_one_wins_and_the_other_is_told_who(
    visitor: Visitor, portal: Portal
) -> None:
    reference = given_a_referral_has_been_sent(portal)
    sam, tess = visitor("sam"), visitor("tess")
    for each in (sam, tess):
        each.goes_to("/referrals/inbox/")
    when_both_press_claim_at_once(reference, sam, tess)

    holder = Referral.objects.get(reference=reference).held_by
    winner, loser = (sam, tess) if holder == portal.cast.sam else (tess, sam)
    winner.reads("You hold this referral.")
    loser.reads(f"{holder} already holds this referral.")


def test_accepted_for_the_waiting_list_with_a_date(visitor: Visitor) -> None:
    sam, alice = visitor("sam"), visitor("alice")
    reference = given_a_referral_that_sam_holds(sam)
    sam.follows("Accept").chooses("Nobody yet: the waiting list").presses("Accept")
    sam.is_told_the_problems(waiting_until="Enter the date by which you expect to begin")
    begins = today().replace(year=today().year + 1, day=5)
    sam.types(
        **{
            "waiting_until-day": "5",
            "waiting_until-month": str(begins.month),
            "waiting_until-year": str(begins.year),
            "words": "She will be rung every fortnight.",
        }
    )
    sam.presses("Accept").reads("Accepted. The sender has been told.")

    alice.goes_to(f"/referrals/{reference}/")
    alice.reads("On the waiting list, expected by", "She will be rung every fortnight.")
    then_both_see_the_same(alice, sam, reference, "Acknowledged by Sam Sharp", "Accepted by Sam")


def test_declined_with_a_reason_and_words(visitor: Visitor) -> None:
    sam, alice = visitor("sam"), visitor("alice")
    reference = given_a_referral_that_sam_holds(sam)
    sam.follows("Decline").presses("Decline")
    sam.is_told_the_problems(
        reason="Choose a reason",
        words="Say in your own words why, and what the sender can do now",
    )
    sam.chooses("We are already working with the person on this")
    sam.types(words="Her worker is Tess Tate: ring her.").presses("Decline")
    sam.reads("Declined. The sender has been told why.")

    alice.goes_to(f"/referrals/{reference}/")
    alice.reads(
        "Declined by Sam Sharp, social worker: We are already working with the person on this",
        "Her worker is Tess Tate: ring her.",
    )
    then_both_see_the_same(alice, sam, reference, "Acknowledged by Sam Sharp", "Declined by Sam")


def test_a_question_needs_words_and_somebody_with_the_person(visitor: Visitor) -> None:
    sam = visitor("sam")
    given_a_referral_that_sam_holds(sam)
    sam.follows("Ask").types(with_person="", body="").presses("Ask")

    sam.is_told_the_problems(
        body="Write your question", with_person="Say who is with the person until then"
    )


@pytest.mark.parametrize("audience", ["Both sides", "Only your own team"])
def test_what_is_written_is_read_by_whom_it_is_for(visitor: Visitor, audience: str) -> None:
    sam, alice = visitor("sam"), visitor("alice")
    reference = given_a_referral_that_sam_holds(sam)
    sam.types(body="").presses("Send").is_told_the_problems(body="Write something first")
    sam.types(body="I ring her daughter at ten.").chooses(audience).presses("Send")
    sam.reads("I ring her daughter at ten.")

    alice.goes_to(f"/referrals/{reference}/")
    if audience == "Both sides":
        alice.reads("I ring her daughter at ten.")
    else:
        alice.does_not_read("I ring her daughter at ten.")


def test_what_was_changed_meanwhile_is_said_and_what_was_typed_is_kept(visitor: Visitor) -> None:
    sam, tess = visitor("sam"), visitor("tess")
    reference = given_a_referral_that_sam_holds(sam)
    sam.follows("Decline").chooses("Another reason").types(words="Not for us.")
    alice = visitor("alice").goes_to(f"/referrals/{reference}/")
    alice.types(body="She fell again this morning.").presses("Send")
    tess.goes_to(f"/referrals/{reference}/").presses("Take it over from Sam Sharp")
    tess.presses("Give it back to the team")
    when_he_claims_it(visitor("sam"), reference)
    sam.presses("Decline")

    sam.reads(
        "This referral has changed since you opened it.",
        "Given back to the team by Tess Tate",
        "She fell again this morning.",
    )
    expect(sam.field("words")).to_have_value("Not for us.")
    sam.presses("Decline").reads("Declined. The sender has been told why.")


def test_declined_by_mistake_and_undone(visitor: Visitor) -> None:
    sam, alice = visitor("sam"), visitor("alice")
    reference = given_a_referral_that_sam_holds(sam)
    sam.follows("Decline").chooses("Another reason").types(words="Not for us.").presses("Decline")
    sam.presses(re.compile(r"^Undo \(until \d\d:\d\d\)$"))
    sam.reads("Undone. Whoever had been told is told so.")

    expect(sam.page.get_by_role("link", name="Accept")).to_be_visible()
    lines = ("Acknowledged by Sam Sharp", "Declined by Sam Sharp", "Undone by Sam Sharp")
    then_both_see_the_same(alice, sam, reference, *lines)
    alice.goes_to("/notifications/").reads("Something was done by mistake, and has been undone")


def test_what_was_built_on_is_not_undone(visitor: Visitor) -> None:
    sam, alice = visitor("sam"), visitor("alice")
    reference = given_a_referral_that_sam_holds(sam)
    sam.follows("Decline").chooses("Another reason").types(words="Not for us.").presses("Decline")
    alice.goes_to(f"/referrals/{reference}/").types(body="Who else could?").presses("Send")
    sam.presses(re.compile(r"^Undo"))

    sam.reads("Dr Alice Abbot has written since, so it can no longer be undone.")

"""A meeting is held: two people at the same screen at once, one of them with the pen."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from meetings.models import Action, Contribution, Decision, Note
from tests.browser.conftest import Visitor
from tests.browser.people import Somebody
from tests.browser.stack import Portal
from tests.browser.steps import given_a_referral_has_been_sent
from tests.meetings.held import booked, paper_of

WAYS: dict[str, dict[str, Any]] = {
    "at a desk": {},
    "on a telephone": {"width": 320},
    "without JavaScript": {"scripts": False},
}


def given_a_meeting_now(portal: Portal, written: bool = False) -> tuple[str, str]:
    """About Margaret Example, with Dr Abbot, Sam and Tess; (its reference, the referral's)."""
    referral = given_a_referral_has_been_sent(portal)
    meeting = booked(portal.cast, referral, must=("alice", "sam", "tess"))
    if written:
        paper_of(meeting, portal.cast.tess)
    return meeting.reference, referral


def when_he_begins(somebody: Somebody, meeting: str) -> Somebody:
    """The meeting and its first item."""
    somebody.goes_to(f"/meetings/{meeting}/at/").presses("Begin the meeting")
    return somebody.presses("Begin item 1").reads("0 of 30 minutes")


def when_he_writes(somebody: Somebody, words: str) -> None:
    """Into the notes; saved by itself."""
    somebody.page.get_by_label("Notes").fill(words)
    expect(somebody.page.locator("[data-autosave-status]")).to_contain_text("Saved")


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_from_the_first_item_to_the_minutes(
    visitor: Visitor, portal: Portal, way: dict[str, Any]
) -> None:
    meeting, referral = given_a_meeting_now(portal, written=True)
    sam, alice = visitor("sam", **way), visitor("alice", **way)

    when_he_begins(sam, meeting).reads("In writing from Tess Tate", "Written beforehand")
    form = sam.page.locator("form[action$='/decide/']")
    form.locator("[name=body]").fill("Try the step-down bed")
    sam.presses("Record the decision").reads("Try the step-down bed")
    sam.page.get_by_label("To do").fill("Ring the daughter")
    sam.page.get_by_label("Who", exact=True).select_option(label="Dr Alice Abbot")
    sam.presses("Record the action").reads("Ring the daughter")
    sam.chooses("Yes").presses("End this item")
    sam.follows("End the meeting")
    sam.chooses("Everything is written down: the minutes can go to everybody")
    sam.presses("End the meeting").reads("Record how what Tess Tate wrote was taken into account")
    sam.goes_to(f"/meetings/{meeting}/at/").types(used="It was the first thing that was read")
    sam.presses("Record it").follows("End the meeting")
    sam.chooses("Everything is written down: the minutes can go to everybody")
    sam.presses("End the meeting").is_on("Minutes: Support at home")
    sam.reads("Safe for the person to see online: yes.", "Try the step-down bed")
    sam.follows(re.compile("^Correct this")).types(body="For two weeks").chooses("Yes")
    sam.presses("Set it right").reads("Corrected by Sam Sharp", "For two weeks")

    alice.goes_to(f"/referrals/{referral}/")
    alice.reads("Decided at the meeting: Try the step-down bed")
    alice.goes_to("/meetings/").follows("Ring the daughter").reads("Due in 7 days")
    alice.chooses("It is done").presses("Keep this").reads("Nothing to do")
    assert (Decision.objects.count(), Action.objects.get().state) == (1, "done")
    assert Contribution.objects.get().used


def test_whoever_reads_follows_and_a_pen_that_was_taken_loses_no_words(
    visitor: Visitor, portal: Portal
) -> None:
    meeting, _ = given_a_meeting_now(portal)
    sam, alice = visitor("sam"), visitor("alice")
    when_he_begins(sam, meeting)
    alice.goes_to(f"/meetings/{meeting}/at/").reads("Sam Sharp has the pen")

    when_he_writes(sam, "She wants to stay at home")
    alice.reads("She wants to stay at home")  # by itself, within the time that a reader waits
    alice.presses("Take the pen over").reads("You have the pen now.")
    sam.may_be_refused("/note/save/")
    sam.page.get_by_label("Notes").fill("She wants to stay at home, with help")
    expect(sam.page.locator("[data-autosave-status]")).to_contain_text("has the pen now")
    sam.presses("See both texts").reads("She wants to stay at home, with help")
    sam.presses("Take the pen over and save this text").reads("You have the pen now.")
    assert Note.objects.get().body == "She wants to stay at home, with help"

"""The directory: found in any order of words, reported in two presses, answered, heard of."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from contacts.models import CheckReminder, Council, Service
from portal.core.clock import now
from tests.browser.conftest import Visitor
from tests.browser.people import Somebody
from tests.browser.stack import Portal
from tests.browser.steps import when_they_ask_who_to_contact_for
from tests.processes import wait_until

FRONT_DOOR = "Trafford Council: adult social care front door"
WAYS: dict[str, dict[str, Any]] = {
    "at a desk": {},
    "on a telephone": {"width": 320},
    "without JavaScript": {"scripts": False},
}
# Presses are counted in the browser, over pages, as the person makes them.
_COUNT = """addEventListener("click", event => event.isTrusted && sessionStorage.setItem(
    "presses", 1 + Number(sessionStorage.getItem("presses") ?? 0)), true)"""
_PRESSES = "Number(sessionStorage.getItem('presses') ?? 0)"


# --- given ---
def given_nobody_has_checked_the_front_door(portal: Portal) -> None:
    """For years; and the council's main number is known."""
    service = portal.cast.services["front_door"]
    Service.objects.filter(pk=service.pk).update(last_checked_on=date(2024, 2, 5))
    told_at = now() - timedelta(days=28)
    CheckReminder.objects.create(
        service=service, since=date(2024, 2, 5), stage="owner", told_at=told_at
    )
    council = Council.objects.filter(organisation=service.organisation)
    council.update(main_telephone="0161 496 0100")


# --- when ---
def when_they_search_for(reader: Somebody, words: str) -> Somebody:
    """From the navigation: one box."""
    reader.goes_to("/").follows(re.compile("^Directory"))
    return reader.types(q=words).presses("Search")


def when_she_says_that_nobody_answered(gp: Somebody) -> Somebody:
    """Something wrong? Nobody answered."""
    within = gp.page.locator("details.cg-wrong").first
    within.locator("summary").click()
    button = within.get_by_role("button", name=re.compile("^Nobody answered"))
    with gp.page.expect_navigation():
        button.click()
    return gp.looks()


# --- then ---
@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_what_a_gp_reports_is_answered_and_heard(visitor: Visitor, way: dict[str, Any]) -> None:
    alice, dora = visitor("alice", **way), visitor("dora", **way)

    when_they_search_for(alice, "sale door front").reads("1 entry")
    alice.follows(FRONT_DOOR).is_on(FRONT_DOOR)
    when_she_says_that_nobody_answered(alice)
    alice.reads("Thank you. Trafford Council is told, and you will hear its answer.")
    alice.reads("Reported by one person today: nobody answered.")
    alice.types(words="Rang at ten and at two.").presses("Add this")

    dora.goes_to("/directory/upkeep/").follows("Nobody answered: Adult social care front door")
    dora.reads("Rang at ten and at two.", "Dr Alice Abbot, GP")
    dora.presses("Answer").is_told_the_problems(
        outcome="Choose whether you mended it, or it was right"
    )
    dora.chooses("It was right").types(words="Our line was down until three.").presses("Answer")
    dora.reads("Answered. Whoever reported it is told.", "Nobody reports anything.")

    alice.goes_to("/notifications/").reads("What you reported has been answered")
    alice.follows(re.compile("^What you reported has been answered"))
    alice.reads("It was right", "Our line was down until three.", "Dora Dean, Trafford Council")
    mails = alice.portal.mails.mails
    wait_until(
        lambda: any(m.message["To"] == "alice@test.example" for m in mails), "Alice has a mail"
    )


def test_two_presses_are_enough(visitor: Visitor) -> None:
    alice = visitor("alice", own=True)
    alice.page.add_init_script(_COUNT)
    entry = f"/directory/{alice.portal.cast.services['front_door'].reference}/"
    when_she_says_that_nobody_answered(alice.goes_to(entry))
    alice.reads("Thank you.")
    assert alice.page.evaluate(_PRESSES) == 2

    gina = visitor("gina", own=True)
    when_they_ask_who_to_contact_for(gina, "M33 2RH")
    gina.page.add_init_script(_COUNT)
    gina.page.evaluate(_COUNT)
    when_she_says_that_nobody_answered(gina).reads("Thank you.", "Reported by two people today")
    assert gina.page.evaluate(_PRESSES) == 2


def test_an_unchecked_entry_says_so_until_its_editor_has_looked(
    visitor: Visitor, portal: Portal
) -> None:
    given_nobody_has_checked_the_front_door(portal)
    alice, dora = visitor("alice"), visitor("dora")
    entry = f"/directory/{portal.cast.services['front_door'].reference}/"
    warning = "Unchecked: nobody has checked it since 5 February 2024. It may be wrong."
    number = "Main number of Trafford Council: 0161 496 0100"

    when_they_ask_who_to_contact_for(alice, "M33 2RH").reads(warning, number)
    alice.goes_to("/directory/?q=front+door+Trafford").reads(warning, number)
    alice.goes_to(entry).reads(warning, number)
    dora.goes_to("/directory/upkeep/").reads("Due since 5 August 2024. Shown as unchecked.")
    dora.follows("Adult social care front door").presses("Everything here is right")
    dora.reads("Checked. The entry says so, with your name for colleagues.")
    alice.goes_to(entry).does_not_read("Unchecked").reads("by Dora Dean.")


def test_a_misspelt_word_and_what_is_not_covered(visitor: Visitor) -> None:
    sam = visitor("sam")
    when_they_search_for(sam, "traford fornt door").reads("Did you mean")
    expect(sam.page.get_by_role("link", name=FRONT_DOOR)).to_have_count(1)
    when_they_search_for(sam, "xylophone").reads("Nothing was found")
    when_they_search_for(sam, "wheelchair Sale").reads(
        "Equipment is not ordered through Common Ground.", FRONT_DOOR
    )

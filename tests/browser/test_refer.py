"""A GP refers: one page, saved as she goes, checked, sent once."""

import re

from playwright.sync_api import expect

from referrals.models import Referral
from tests.browser.conftest import Visitor
from tests.browser.people import Somebody
from tests.browser.stack import Portal
from tests.browser.steps import (
    FIRST_POINT,
    PERSON,
    given_the_front_door_is_closed,
    then_it_has_been_saved,
    then_there_is_one_referral,
    when_she_begins_a_referral,
    when_she_gives_the_six_answers,
    when_she_refers,
)


def when_send_is_pressed_in_both(one: Somebody, other: Somebody) -> None:
    """At the same moment: by timers in the pages, so that neither waits for the other."""
    at = one.page.evaluate("Date.now() + 1000")
    for each in (one, other):
        each.page.evaluate(
            "at => setTimeout(() => [...document.querySelectorAll('form[data-autosave] button')]"
            ".findLast(button => button.innerText === 'Send').click(), at - Date.now())",
            at,
        )
    for each in (one, other):
        each.page.wait_for_url("**/referrals/CG-*/sent/")


def test_from_the_answer_to_sent(visitor: Visitor) -> None:
    gp = visitor("alice")
    reference = when_she_refers(gp)

    gp.reads(PERSON, "NHS 999 012 3454", FIRST_POINT, "Delivered to")
    gp.does_not_read("Acknowledged by")
    gp.goes_to("/referrals/").reads("Waits for them", reference)
    then_there_is_one_referral()
    assert Referral.objects.get().person.postcode == "M33 2RH"


def test_pressed_again_and_again_it_is_sent_once(visitor: Visitor) -> None:
    gp = visitor("alice")
    when_she_begins_a_referral(gp)
    when_she_gives_the_six_answers(gp)
    button = gp.page.get_by_role("button", name="Send", exact=True)
    button.evaluate("e => { e.click(); e.click(); setTimeout(() => e.click(), 20) }")
    gp.page.wait_for_url("**/referrals/CG-*/sent/")

    gp.looks().is_on("Sent. Not yet received")
    then_there_is_one_referral()


def test_sent_from_two_tabs_at_once_it_is_one_referral(visitor: Visitor) -> None:
    gp = visitor("alice")
    when_she_begins_a_referral(gp)
    when_she_gives_the_six_answers(gp)
    then_it_has_been_saved(gp)
    second_tab = visitor(tab=gp.page.context.new_page()).goes_to(gp.page.url)
    when_send_is_pressed_in_both(gp, second_tab)

    gp.looks()
    second_tab.looks()
    assert gp.reference == second_tab.reference
    then_there_is_one_referral()
    gp.page.go_back()
    gp.looks()
    gp.page.reload()
    gp.looks()
    then_there_is_one_referral()


def test_what_is_typed_is_saved_by_itself_and_waits_on_the_board(visitor: Visitor) -> None:
    gp = visitor("alice")
    when_she_begins_a_referral(gp)
    gp.types(person_name=PERSON, why_now="Two falls").chooses("This week")
    then_it_has_been_saved(gp)
    gp.page.reload()
    expect(gp.field("why_now")).to_have_value("Two falls")
    expect(gp.page.get_by_label("This week", exact=True)).to_be_checked()

    gp.presses("Save and finish later")
    gp.goes_to("/referrals/").reads("Not sent yet")
    gp.page.get_by_role("link", name=re.compile(f"^{PERSON}, to ")).click()
    gp.looks()
    expect(gp.field("why_now")).to_have_value("Two falls")
    gp.follows("Throw this draft away").presses("Throw it away")
    gp.reads("The draft has been thrown away.")
    gp.does_not_read(PERSON)


def test_what_is_missing_is_explained_and_what_was_typed_is_kept(visitor: Visitor) -> None:
    gp = visitor("alice")
    when_she_begins_a_referral(gp)
    gp.types(nhs_number="999 012 3456", why_now="Two falls in ten days")
    gp.chooses("Told, and objects").presses("Send")

    gp.is_told_the_problems(
        person_name="Enter the person's name",
        nhs_number="This is not a valid NHS number: at least one digit is wrong. Check it again.",
        point_1="Say at least one thing you want sorted out, or paste a letter",
        urgency="Choose how urgent it is",
        with_person="Say who is with the person today, or that nobody is",
        agreement_note="Say why you refer although the person objects",
        call_back="Enter a number and when to ring, or where else they reach you",
    )
    expect(gp.field("nhs_number")).to_have_value("999 012 3456")
    expect(gp.field("why_now")).to_have_value("Two falls in ten days")
    expect(gp.page.get_by_label("Told, and objects", exact=True)).to_be_checked()
    gp.types(agreement_note="He is not safe").types(nhs_number="")
    when_she_gives_the_six_answers(gp)
    gp.presses("Send").reads("Sent.")
    then_there_is_one_referral()


def test_the_button_of_a_closed_team_says_what_is_true(visitor: Visitor, portal: Portal) -> None:
    opens = given_the_front_door_is_closed(portal)
    gp = visitor("alice")
    when_she_begins_a_referral(gp)

    gp.reads(f"The team is closed. It opens {opens}.")
    gp.reads("emergency duty team 0161 496 0199")
    when_she_gives_the_six_answers(gp)
    gp.presses(f"Send: nobody will read this before {opens}")
    gp.is_on("Sent. Not yet received").reads(f"Nobody will read this before {opens}")
    gp.reads("emergency duty team 0161 496 0199")
    gp.follows("Open the referral").reads("the team is closed until")

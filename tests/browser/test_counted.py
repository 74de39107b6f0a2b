"""How much it takes a GP to refer, counted by the browser; and what spares typing."""

from dataclasses import dataclass, field

from playwright.sync_api import expect

from referrals.models import Referral
from tests.browser.conftest import Visitor
from tests.browser.people import Somebody
from tests.browser.steps import (
    FIRST_POINT,
    PERSON,
    then_there_is_one_referral,
    when_she_begins_a_referral,
    when_she_gives_the_six_answers,
    when_they_ask_who_to_contact_for,
)

ACTIONS_AT_MOST = 12
# Every press of a mouse or finger, Enter and Space outside of text, and a choice from a list.
_COUNT = """
addEventListener("pointerdown", () => counted("press"), true);
addEventListener("keydown", ({ key, target }) => {
  const writing = target.matches("textarea, input:not([type=radio], [type=checkbox])");
  if (key === "Enter" && !target.matches("textarea")) counted("Enter");
  if (key === " " && !writing) counted("Space");
}, true);
addEventListener("change", ({ target }) => {
  if (target.matches("select")) counted("choice");
}, true);
"""
BANNER = (
    "EXAMPLE, Margaret (Mrs)  Born 04-Feb-1941 (85y)  Gender Female  NHS No. 999 012 3454"
    "  Tel 0161 496 0321  Address 12 Invented Road, Sale, M33 2RH"
)


@dataclass
class Counting:
    """What somebody does besides typing, told by their own browser."""

    who: Somebody
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.who.page.expose_function("counted", lambda kind: self.done.append(kind))
        self.who.page.add_init_script(_COUNT)


def test_from_signing_in_to_sent_in_one_page_and_few_actions(visitor: Visitor) -> None:
    gp = visitor("alice", own=True)
    count = Counting(gp)
    when_they_ask_who_to_contact_for(gp, "M33 2RH").presses("Make a referral")
    page = gp.page.url
    when_she_gives_the_six_answers(gp)
    assert gp.page.url == page  # one page holds all of it
    gp.presses("Send").is_on("Sent. Not yet received")

    assert len(count.done) >= 5, "the counting itself is at fault"
    assert len(count.done) <= ACTIONS_AT_MOST, count.done
    then_there_is_one_referral()


def test_with_a_banner_and_a_letter_it_takes_no_more(visitor: Visitor) -> None:
    gp = visitor("alice", own=True)
    count = Counting(gp)
    when_they_ask_who_to_contact_for(gp, "M33 2RH").presses("Make a referral")
    gp.types(banner=BANNER).reads(
        "Filled in: name, date of birth, NHS number, address and telephone"
    )
    expect(gp.field("person_name")).to_have_value("Margaret Example")
    expect(gp.field("born_on-year")).to_have_value("1941")
    gp.page.get_by_text("Paste your letter instead").click()
    gp.types(letter="Dear colleague, she fell twice.", why_now="Two falls")
    gp.types(with_person="Husband, 87", call_back="0161 496 0321")
    gp.chooses("Routine").chooses("Told, and agrees").presses("Send")
    gp.is_on("Sent. Not yet received")

    assert len(count.done) <= ACTIONS_AT_MOST, count.done
    assert Referral.objects.get().letter == "Dear colleague, she fell twice."


def test_a_banner_without_scripts(visitor: Visitor) -> None:
    gp = visitor("alice", scripts=False)
    when_she_begins_a_referral(gp)
    gp.types(person_name="Peggy Example", banner=BANNER).presses("Fill in from this")
    gp.reads("Also found, and not filled in:", "Name: Margaret Example")
    expect(gp.field("person_name")).to_have_value("Peggy Example")
    expect(gp.field("nhs_number")).to_have_value("999 012 3454")
    gp.presses("Use this Name Margaret Example")
    expect(gp.field("person_name")).to_have_value("Margaret Example")


def test_what_is_filled_in_is_saved_and_what_is_open_is_said(visitor: Visitor) -> None:
    ada = visitor("ada")
    when_she_begins_a_referral(ada)
    ada.types(banner=BANNER).reads("Filled in:")
    when_she_gives_the_six_answers(ada)
    ada.presses("Send").is_on("Sent. Not yet received")
    reference = ada.reference

    gp = visitor("alice")
    when_she_begins_a_referral(gp)
    gp.types(banner=BANNER).reads("Your organisation has an open referral", reference).looks()
    gp.reads("Saved")
    gp.types(point_1="She fell again").presses(f"Add this to {reference}")
    gp.reads("Added.", "She fell again", PERSON, FIRST_POINT)
    then_there_is_one_referral()


def test_two_people_in_one_draft_see_both_texts(visitor: Visitor) -> None:
    ada, gp = visitor("ada"), visitor("alice")
    when_she_begins_a_referral(ada)
    ada.types(person_name=PERSON, why_now="What Ada says").reads("Saved")
    gp.goes_to("/referrals/").reads("Ada Archer began this.")
    gp.goes_to(ada.page.url).types(why_now="What the GP says").reads("Saved")
    ada.may_be_refused("/save/")
    ada.types(why_now="What Ada says now").chooses("Told, and objects")
    ada.reads("Dr Alice Abbot has saved this draft since you opened it.")
    ada.presses("Compare both texts").is_on("Two people have written in this draft")
    ada.reads("What Ada says now", "What the GP says", "Told, and objects")
    ada.presses("Go on with what I have chosen")
    expect(ada.field("why_now")).to_have_value("What Ada says now")


def test_who_types_on_when_a_colleague_has_sent_it_loses_no_words(visitor: Visitor) -> None:
    ada, gp = visitor("ada"), visitor("alice")
    when_she_begins_a_referral(ada)
    when_she_gives_the_six_answers(ada)
    ada.reads("Saved")
    gp.goes_to(ada.page.url)
    ada.presses("Send").is_on("Sent. Not yet received")
    gp.may_be_refused("/save/")
    gp.types(why_now="Two falls in ten days, and a burn").reads("This has been sent already.")
    gp.presses("See what of yours is not in it").is_on("Sent already")
    expect(gp.field("left_over")).to_have_value("Why now: Two falls in ten days, and a burn")
    gp.presses("Add this to the referral").reads("Added.", "Two falls in ten days, and a burn")
    then_there_is_one_referral()


def test_urgent_asks_who_was_rung(visitor: Visitor) -> None:
    gp = visitor("alice")
    when_she_begins_a_referral(gp)
    expect(gp.field("rung_whom")).to_be_hidden()
    when_she_gives_the_six_answers(gp)
    gp.chooses("Today: I will ring as well").looks()
    expect(gp.field("rung_whom")).to_be_visible()
    gp.presses("Send").reads("Ring now: it is for today, and nobody has been rung.")

"""Those who prepare for others: a practice administrator, a ward co-ordinator."""

from playwright.sync_api import expect

from referrals.models import Referral
from tests.browser.conftest import Visitor
from tests.browser.stack import Portal
from tests.browser.steps import (
    when_he_claims_it,
    when_she_begins_a_referral,
    when_she_gives_the_six_answers,
    when_they_ask_who_to_contact_for,
)


def test_a_practice_administrator_prepares_it_for_a_gp(visitor: Visitor, portal: Portal) -> None:
    ada, alice, sam = visitor("ada"), visitor("alice"), visitor("sam")
    when_she_begins_a_referral(ada)
    when_she_gives_the_six_answers(ada)
    ada.field("for_clinician").select_option(label="Dr Alice Abbot, GP")
    ada.presses("Send").follows("Open the referral").reads(
        "Ada Archer, practice administrator", "Dr Alice Abbot, GP"
    )
    reference = ada.reference
    assert Referral.objects.get().for_clinician == portal.cast.alice

    when_he_claims_it(sam, reference).reads("Dr Alice Abbot, GP")
    alice.goes_to("/").reads(reference).follows("Notifications 1 new")
    alice.reads(f"A referral has been acknowledged: {reference}")


def test_a_ward_coordinator_refers_to_the_care_transfer_hub(visitor: Visitor) -> None:
    wanda, hugo = visitor("wanda"), visitor("hugo")
    wanda.goes_to("/")
    expect(wanda.page.get_by_label("In hospital now")).to_be_checked()  # it is a ward's desk
    when_they_ask_who_to_contact_for(wanda, "M33 2RH").presses("Make a referral")
    wanda.is_on("Refer to Trafford Council: care transfer hub")
    when_she_gives_the_six_answers(wanda, with_person="On the ward, ready on Friday")
    wanda.chooses("Today: I will ring as well").presses("Send").reads("Sent.")

    when_he_claims_it(hugo, wanda.reference)
    hugo.reads("On the ward, ready on Friday", "Ward 7, University Hospital")
    wanda.goes_to("/referrals/").reads("Hugo Hale")

"""Who do I contact: a postcode, and nobody has signed in."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.stack import Portal
from tests.browser.steps import given_the_front_door_is_closed, when_they_ask_who_to_contact_for


def test_a_postcode_however_it_is_typed(visitor: Visitor) -> None:
    stranger = visitor()
    when_they_ask_who_to_contact_for(stranger, "m332rh")

    stranger.is_on("Who to contact for M33 2RH")
    stranger.reads(
        "Adult social care goes by where the person lives",
        "Trafford Council: adult social care front door",
        "Open all day and night",
        "What has changed, and what the person has tried",
        "M33 2RH is in Trafford, where Trafford Council is responsible for adult social care.",
    )
    number = stranger.page.get_by_role("link", name="0161 496 0123").first
    assert number.get_attribute("href") == "tel:01614960123"
    assert stranger.page.url.endswith("/who-to-contact/")  # no postcode in the address
    stranger.follows("Opening hours and what they do not do")
    stranger.is_on("Trafford Council: adult social care front door")
    stranger.follows("Sign in to make a referral").is_on("Sign in")


def test_a_closed_team_says_when_it_opens_and_whom_to_ring_until_then(
    visitor: Visitor, portal: Portal
) -> None:
    opens = given_the_front_door_is_closed(portal)
    stranger = visitor()
    when_they_ask_who_to_contact_for(stranger, "M33 2RH")

    stranger.reads(f"Opens {opens}")
    stranger.reads("Until then ring the emergency duty team 0161 496 0199")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter a postcode, like M33 2RH"),
        ("M33", "“M33” is too short: a postcode ends with a number and two letters, like M33 2RH."),
        ("ZZ1 1ZZ", "ZZ1 1ZZ is not among the postcodes that are known here: none begins with ZZ."),
    ],
    ids=["nothing", "malformed", "of no area"],
)
def test_what_is_no_postcode_is_explained_and_kept(visitor: Visitor, typed: str, says: str) -> None:
    stranger = visitor()
    when_they_ask_who_to_contact_for(stranger, typed)

    shown = stranger.page.locator(".nhsuk-error-summary").get_by_role("link").inner_text()
    assert shown.startswith(says)
    stranger.is_told_the_problems(postcode=shown)
    expect(stranger.field("postcode")).to_have_value(typed)
    stranger.types(postcode="m33 2rh").presses("Show who to contact")
    stranger.is_on("Who to contact for M33 2RH")


@pytest.mark.parametrize(
    ("postcode", "says"),
    [
        ("AB1 0AA", "AB1 0AA was taken out of use in June 1996"),
        ("EH1 1YJ", "In Scotland adult social care comes through health and social care"),
        ("GU2 4BB", "Surrey County Council is responsible for adult social care there; the"),
        ("JE2 4WD", "JE2 4WD is in Jersey, outside the United Kingdom"),
        ("TD1 1AA", "TD (Galashiels) is on a border, so it could be in either Scotland or England"),
    ],
    ids=["terminated", "Scottish", "another county", "outside the kingdom", "not loaded"],
)
def test_a_home_elsewhere_gets_an_honest_answer_and_no_button(
    visitor: Visitor, postcode: str, says: str
) -> None:
    gp = visitor("alice")
    when_they_ask_who_to_contact_for(gp, postcode)

    gp.is_on(f"Who to contact for {postcode}").reads(says)
    expect(gp.page.get_by_role("button", name="Make a referral")).to_have_count(0)


def test_a_gp_is_told_what_comes_from_where_when_home_and_practice_differ(
    visitor: Visitor,
) -> None:
    gp = visitor("alice")
    when_they_ask_who_to_contact_for(gp, "M13 9WL")

    gp.reads(
        "Your practice is in Trafford, this home is in Manchester."
        " Social care comes from Manchester, because it follows the home."
        " District nursing and the GP come through your practice, because they follow registration."
    )
    expect(gp.page.get_by_role("button", name="Make a referral")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_what_would_change_the_answer_is_asked_and_kept(visitor: Visitor, scripts: bool) -> None:
    stranger = visitor(scripts=scripts)
    when_they_ask_who_to_contact_for(stranger, "M33 2RH")

    stranger.presses("It is about abuse or neglect").is_on("Who to contact for M33 2RH")
    stranger.reads("Safeguarding goes by where the person is now")
    stranger.page.locator(".cg-details summary").click()
    stranger.page.get_by_label("Placed by a council").check()
    stranger.presses("Show the answer for this")
    stranger.page.get_by_label("Which council placed the person there?").select_option("E08000003")
    stranger.presses("Show that council")
    stranger.reads("Tell Manchester City Council too: it placed the person.")
    stranger.presses("It is about care and support")
    stranger.reads("Adult social care stays with the council that placed the person")
    assert stranger.page.url.endswith("/who-to-contact/")


def test_a_practice_has_its_single_points_of_access_on_a_page_and_a_sheet(
    visitor: Visitor,
) -> None:
    gp = visitor("alice")
    gp.goes_to("/").follows("Your practice’s single points of access")
    gp.is_on("Your single points of access").reads("Trafford", "If somebody is in immediate danger")
    sheet = gp.page.get_by_role("link", name="Print the card (PDF, one page)")
    answer = gp.page.request.get(gp.page.url + "card.pdf")
    assert sheet.get_attribute("href") == "/who-to-contact/practices/P91003/card.pdf"
    assert answer.body().startswith(b"%PDF-")

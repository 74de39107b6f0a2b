"""The look in Chromium, under a policy that refuses everything inline."""

import pytest

from tests.ui.samples import axe

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 640, 1200])
@pytest.mark.parametrize("path", ["/everything/", "/wrong/", "/error/"])
def test_accessible_and_nothing_to_scroll_sideways(open_page, path, width):
    page = open_page(path, width)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_nothing_is_missing(open_page):
    page = open_page("/everything/", scripts=False)
    assert page.get_by_role("button", name="Send: will be read Monday 08:30").is_visible()
    assert not page.get_by_text("Print this page").is_visible()


def test_targets_on_a_telephone_are_44_pixels_high(open_page):
    page = open_page("/wrong/", 320)
    small = page.evaluate(
        """[...document.querySelectorAll("a, button, input, select, textarea")]
        .filter(e => e.checkVisibility() && !e.closest("p, li p, .nhsuk-skip-link, .cg-message"))
        .filter(e => !e.closest(".nhsuk-u-visually-hidden") && e.type !== "hidden")
        .filter(e => !["radio", "checkbox"].includes(e.type))
        .filter(e => e.getBoundingClientRect().height < 43.5)
        .map(e => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height}`)"""
    )
    assert small == []


def test_focus_is_plain_to_see(open_page):
    page = open_page("/everything/")
    for name in ("Mails", "Sign out", "My board", "Overdue", "Make a referral", "Withdraw"):
        control = (
            page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first
        )
        control.focus()
        assert (
            control.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 235, 59)"
        ), name


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(open_page):
    page = open_page("/wrong/")
    assert page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
    page.get_by_role("link", name="“Date of birth” needs a date").click()
    assert page.evaluate("document.activeElement.id") == "id_born-day"
    page.get_by_role("link", name="“How urgent?”: choose an answer").click()
    assert page.evaluate("document.activeElement.id") == "id_urgency"


def test_a_printed_sheet_has_the_matter_and_no_controls(open_page):
    page = open_page("/everything/")
    page.emulate_media(media="print")
    assert page.get_by_text("Margaret Example", exact=True).first.is_visible()
    for control in ("Sign out", "My board", "Make a referral", "Claim"):
        assert not page.get_by_text(control, exact=True).first.is_visible()

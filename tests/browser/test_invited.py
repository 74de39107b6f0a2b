"""Somebody new: invited, told by mail, and in the team's inbox a minute later."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.stack import Portal
from tests.browser.steps import given_a_referral_has_been_sent
from tests.browser.test_told import when_the_mail_arrives


def test_from_an_invitation_to_the_inbox(visitor: Visitor, portal: Portal) -> None:
    reference = given_a_referral_has_been_sent(portal)
    olga = visitor("olga").goes_to("/account/people/")
    olga.follows("Invite somebody to Trafford Council").presses("Send the invitation")
    olga.is_told_the_problems(
        name="Enter their name", email="Enter their email address", role="Choose the role"
    )
    olga.types(name="Nina New", job_title="Social worker", email="nina@test.example")
    olga.field("team").select_option(label="Trafford front door")
    olga.chooses("Social worker").presses("Send the invitation")
    olga.reads("An invitation is on its way to nina@test.example.", "Invited, not here yet")

    mail = when_the_mail_arrives(portal, "nina", "You are invited to Common Ground")
    link = re.search(r"http://\S+", mail.text)
    assert link
    nina = visitor()
    nina.page.goto(link[0])
    nina.looks().is_on("You are invited")
    nina.types(password="short").presses("Open my account")
    expect(nina.page.locator(".nhsuk-error-summary")).to_be_focused()
    nina.types(password="three random words please").presses("Open my account")
    nina.goes_to("/").is_on("Trafford front door: inbox").reads("Nina New", reference)

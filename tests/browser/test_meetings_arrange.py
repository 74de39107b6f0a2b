"""From a referral to a booked time, and an invitation that is answered without signing in."""

import re
from typing import Any

import pytest

from meetings.models import Participant
from tests.browser.conftest import Visitor
from tests.browser.stack import Portal
from tests.browser.steps import given_a_referral_has_been_sent
from tests.processes import wait_until

WAYS: dict[str, dict[str, Any]] = {
    "at a desk": {},
    "on a telephone": {"width": 320},
    "without JavaScript": {"scripts": False},
}


def then_an_invitation_arrives_at(portal: Portal, address: str) -> str:
    """The path in the mail with which it is answered; what was sent is kept nowhere else."""

    def links() -> list[str]:
        lines = [line for mail in portal.mails.to(address) for line in mail.text.splitlines()]
        return [line[line.index("/meetings/") :] for line in lines if "/meetings/answer/" in line]

    wait_until(links, f"an invitation for {address}", within=30)
    return links()[0].strip()


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_from_a_referral_to_an_answer_by_link(
    visitor: Visitor, portal: Portal, way: dict[str, Any]
) -> None:
    reference = given_a_referral_has_been_sent(portal)
    alice = visitor("alice", **way)
    alice.goes_to(f"/referrals/{reference}/").follows("Arrange a meeting")
    alice.page.locator("summary", has_text="Add somebody").click()
    alice.page.get_by_label("Sam Sharp, Social worker").check()
    alice.presses("Add those ticked").presses("Find a time").reads("When can we meet?")
    alice.page.get_by_role("button", name="Book this for everyone").first.click()
    alice.reads("Everybody has been invited")
    link = then_an_invitation_arrives_at(portal, "sam@test.example")
    sam = visitor(**way)
    sam.goes_to(link).presses("I come").reads("You come. The organiser has been told.")
    assert Participant.objects.get(user=portal.cast.sam).answer == "yes"
    alice.goes_to("/meetings/").follows(re.compile(f"^About {reference}"))
    alice.reads("Sam Sharp, for all of it")
    alice.follows("Add the link, number or room").types(where="https://video.example/room")
    alice.presses("Keep this").reads("Everybody who comes has it in their calendar")

"""The journey the portal exists for: at a desk, on a telephone, and without JavaScript."""

from typing import Any

import pytest

from tests.browser.conftest import Visitor
from tests.browser.steps import (
    FIRST_POINT,
    PERSON,
    then_both_see_the_same,
    then_there_is_one_referral,
    when_he_accepts_for,
    when_he_asks,
    when_she_answers,
    when_she_refers,
)

WAYS: dict[str, dict[str, Any]] = {
    "at a desk": {},
    "on a telephone": {"width": 320},
    "without JavaScript": {"scripts": False},
}


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_from_a_postcode_to_an_answer(visitor: Visitor, way: dict[str, Any]) -> None:
    alice, sam = visitor("alice", **way), visitor("sam", **way)

    reference = when_she_refers(alice)
    sam.goes_to("/").is_on("Trafford front door: inbox").reads(PERSON, FIRST_POINT, "Park Practice")
    sam.goes_to(f"/referrals/{reference}/").presses("Claim").reads("You hold this referral.")
    when_he_asks(sam, reference, "Is she lying flat at night?").reads("The clock is paused")
    alice.goes_to("/").reads("Waits for us", reference)
    when_she_answers(alice, reference, "No, on three pillows.").reads(
        "Your answer is with the team."
    )
    sam.goes_to(f"/referrals/{reference}/").reads("No, on three pillows.")
    when_he_accepts_for(sam, reference, "Sam Sharp, Social worker").reads("Accepted.")

    alice.goes_to(f"/referrals/{reference}/")
    alice.reads("Accepted by Sam Sharp, social worker, who will work with the person")
    then_there_is_one_referral()
    then_both_see_the_same(
        alice,
        sam,
        reference,
        "Delivered to",
        "Opened by Sam Sharp",
        "Acknowledged by Sam Sharp, social worker, who holds it",
        "Question from Sam Sharp",
        "Answered by Dr Alice Abbot",
        "Accepted by Sam Sharp",
    )

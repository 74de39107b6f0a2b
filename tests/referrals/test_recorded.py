"""Whatever shows the person is recorded, also a form."""

import pytest

from portal.audit.models import AccessEvent
from referrals.actions.claim import claim
from referrals.actions.look import open_referral
from referrals.models import Opening
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_pages import As


@pytest.mark.parametrize("event", ["ask", "accept", "redirect", "decline", "close"])
def test_a_page_that_shows_the_person_is_recorded(cast: Cast, as_: As, event: str) -> None:
    reference = claim(by=cast.reader("sam"), reference=send(cast).reference).reference
    browser = as_("tess")
    page = browser.get(f"/referrals/{reference}/{event}/")
    assert "Margaret Example" in page.content.decode()
    assert AccessEvent.objects.filter(user=cast.tess, subjects=[reference]).count() == 1


def test_a_form_that_comes_back_is_recorded(cast: Cast, as_: As) -> None:
    reference = send(cast).reference
    assert as_("tess").post(f"/referrals/{reference}/write/", {}).status_code == 422
    assert AccessEvent.objects.filter(user=cast.tess, subjects=[reference]).count() == 1


def test_every_read_is_recorded_and_the_first_opening_kept(cast: Cast) -> None:
    sent = send(cast)
    open_referral(by=cast.reader("sam"), reference=sent.reference)
    first = Opening.objects.get(user=cast.sam)
    open_referral(by=cast.reader("sam"), reference=sent.reference)
    last = Opening.objects.get(user=cast.sam)
    assert (last.pk, last.at) == (first.pk, first.at)
    assert last.seen_at > first.seen_at
    reads = AccessEvent.objects.filter(user=cast.sam, verb="read", subjects=[sent.reference])
    assert reads.count() == 2

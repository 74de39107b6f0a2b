"""Whatever shows the person is recorded, also a form."""

import pytest

from portal.audit.models import AccessEvent
from referrals.actions.claim import claim
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

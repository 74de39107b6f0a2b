"""A service that was closed gets no referrals, and whoever is writing one is told before."""

from datetime import timedelta

import pytest

from contacts.models import Service
from portal.core.clock import today
from portal.core.refused import Refused
from referrals.actions.end import withdraw
from referrals.actions.reopen import reopen
from referrals.models import Draft, Referral
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_pages import SIX, As, started


def close_entry(cast: Cast, in_days: int = 0) -> None:
    """The front door closes, by its directory entry; its team stays."""
    Service.objects.filter(pk=cast.services["front_door"].pk).update(
        closed_on=today() + timedelta(days=in_days)
    )
    cast.services["front_door"].refresh_from_db()


def test_nothing_is_sent_to_a_closed_service(cast: Cast) -> None:
    close_entry(cast)
    with pytest.raises(Refused, match=r"was closed on .* Ask again who to contact") as no:
        send(cast)
    assert no.value.code == "takes-no-referrals"
    assert not Referral.objects.exists()
    close_entry(cast, in_days=1)
    assert send(cast).pk


def test_nothing_is_reopened_at_a_closed_service(cast: Cast) -> None:
    sent = send(cast)
    gone = withdraw(
        by=cast.reader("alice"), reference=sent.reference, version=sent.version, reason="died"
    )
    close_entry(cast)
    at = {"by": cast.reader("alice"), "reference": gone.reference, "version": gone.version}
    with pytest.raises(Refused, match="was closed on") as no:
        reopen(**at, words="It was somebody else.")
    assert no.value.code == "takes-no-referrals"
    close_entry(cast, in_days=1)
    assert reopen(**at, words="It was somebody else.").status == "sent"


def test_the_page_says_so_beforehand_and_shows_the_way_on(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    assert "Who to contact for" not in browser.get(address).content.decode()
    close_entry(cast)
    for page in (browser.get(address), browser.get(f"{address}check/")):
        html = page.content.decode()
        assert "takes no referrals any more" in html
        assert "Who to contact for m332rh" in html
        assert 'cg-button" type="submit">Send' not in html
    whole = browser.get(address).content.decode()
    # Before anything is typed, and where the button would be.
    assert whole.count("takes no referrals any more") == 2
    # The postcode goes by POST: into no address. The text stays in its own tab.
    assert '<form id="ask-again" method="post" action="/who-to-contact/" target="_blank">' in whole
    assert '<input type="hidden" name="postcode" value="m332rh">' in whole
    late = browser.post(address, {**SIX, "why_now": "Typed with care", "version": "1"})
    assert late.status_code == 422
    assert "Typed with care" in late.content.decode()
    assert Draft.objects.get().typed["why_now"] == "Typed with care"

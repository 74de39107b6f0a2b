"""Somebody writes about a referral that another team takes on meanwhile: no words are lost."""

import pytest
from django.test import Client

from referrals.actions.claim import claim
from referrals.actions.redirect import redirect
from referrals.models import Referral
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_event_pages import page_of
from tests.referrals.test_pages import As, hidden

pytestmark = pytest.mark.django_db
WORDS = "She would rather go home"


def taken_on_by_the_hub(cast: Cast, sent: Referral) -> None:
    """What the front door redirected is Hugo's now, and the hub's."""
    redirect(
        by=cast.reader("sam"),
        reference=sent.reference,
        to_service=cast.services["hub"],
        reason="In hospital",
        version=sent.version,
    )
    claim(by=cast.reader("hugo"), reference=sent.reference)


def late(cast: Cast, browser: Client, sent: Referral, event: str, **typed: str):
    form = hidden(page_of(browser, sent, event))
    taken_on_by_the_hub(cast, sent)
    return browser.post(f"/referrals/{sent.reference}/{event}/", {**form, **typed})


@pytest.mark.parametrize(
    ("event", "typed"),
    [
        ("decline", {"reason": "needs_met", "words": WORDS}),
        ("ask", {"body": WORDS}),
        ("redirect", {"reason": WORDS}),
    ],
)
def test_what_was_typed_is_shown_and_whose_it_is(
    cast: Cast, as_: As, event: str, typed: dict[str, str]
) -> None:
    sent = send(cast)
    answer = late(cast, as_("sam"), sent, event, **typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "it went on to Trafford care transfer hub" in page
    assert WORDS in page
    assert "Margaret Example" not in page  # nothing of the person, who is theirs no more to act on
    assert Referral.objects.get().receiving_team == cast.teams["hub"]


def test_whose_it_never_was_is_refused_as_ever(cast: Cast, as_: As) -> None:
    sent = send(cast)
    taken_on_by_the_hub(cast, sent)
    for name, status in (("alice", 403), ("oscar", 404)):
        answer = as_(name).post(f"/referrals/{sent.reference}/decline/", {"words": WORDS})
        assert answer.status_code == status, name
        assert WORDS not in answer.content.decode()


def test_opening_the_form_is_refused_as_ever(cast: Cast, as_: As) -> None:
    sent = send(cast)
    taken_on_by_the_hub(cast, sent)
    assert as_("sam").get(f"/referrals/{sent.reference}/decline/").status_code == 403

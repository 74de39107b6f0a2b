"""The second team hands it back twice, or two of its people do: nothing is lost in a 404."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.accounts.models import Membership
from portal.accounts.roles import Role
from referrals.actions.claim import claim
from referrals.actions.end import withdraw
from referrals.actions.redirect import redirect
from referrals.models import Referral, StatusChange
from referrals.states import Event
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_pages import hidden

As = Callable[[str], Client]
Page = tuple[str, dict[str, str]]


@pytest.fixture
def handed(cast: Cast) -> Referral:
    """Redirected to the hub, where Hugo works, and Oscar with him from now on."""
    Membership.objects.filter(user=cast.oscar).update(
        organisation=cast.organisations["trafford"], team=cast.teams["hub"], role=Role.SOCIAL_WORKER
    )
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    return redirect(
        by=cast.reader("sam"),
        reference=held.reference,
        to_service=cast.services["hub"],
        reason="In hospital",
        version=held.version,
    )


def form_of(browser: Client, handed: Referral) -> Page:
    """Its address and what it carries, filled in."""
    path = f"/referrals/{handed.reference}/hand-back/"
    form = hidden(browser.get(path).content.decode())
    return path, {**form, "words": "She has gone home."}


def test_sent_twice_it_is_done_once_and_both_lead_to_the_inbox(as_: As, handed: Referral) -> None:
    hugo = as_("hugo")
    path, typed = form_of(hugo, handed)
    for _ in "12":
        done = hugo.post(path, typed)
        assert (done.status_code, done["Location"]) == (302, "/referrals/inbox/")
    assert StatusChange.objects.filter(event=Event.HAND_BACK).count() == 1
    assert hugo.get(path).status_code == 404


def test_whoever_comes_second_is_told_and_keeps_the_words(as_: As, handed: Referral) -> None:
    hugo, oscar = as_("hugo"), as_("oscar")
    path, typed = form_of(oscar, handed)
    hugo.post(*form_of(hugo, handed))
    late = oscar.post(path, {**typed, "words": "She lives with her son now."})
    html = late.content.decode()
    assert late.status_code == 409
    assert "Hugo Hale was quicker" in html
    assert "She lives with her son now.</textarea>" in html
    assert "Margaret" not in html
    assert oscar.post(path, {**typed, "words": ""}).status_code == 409


def test_what_the_sender_withdrew_meanwhile_is_told_as_well(
    cast: Cast, as_: As, handed: Referral
) -> None:
    hugo = as_("hugo")
    path, typed = form_of(hugo, handed)
    at = {"reference": handed.reference, "version": handed.version}
    withdraw(by=cast.reader("alice"), reason="own-arrangements", **at)
    late = hugo.post(path, typed)
    html = late.content.decode()
    assert late.status_code == 409
    assert "no longer being redirected to your team" in html
    assert "She has gone home.</textarea>" in html


def test_it_is_not_there_for_whose_it_never_was(as_: As, handed: Referral) -> None:
    hugo = as_("hugo")
    path, typed = form_of(hugo, handed)
    hugo.post(path, typed)
    assert as_("gina").post(path, typed).status_code == 404

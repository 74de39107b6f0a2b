"""The pages of redirecting: who is offered it, from where, and what stood open meanwhile."""

from collections.abc import Callable

from django.test import Client

from portal.core.clock import today
from referrals.actions.ask import ask
from referrals.actions.claim import claim
from referrals.actions.redirect import redirect
from referrals.models import Referral
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_event_pages import claimed, page_of
from tests.referrals.test_pages import hidden

As = Callable[[str], Client]


def test_the_way_from_declining_to_redirecting_is_open_while_a_question_waits(
    cast: Cast, as_: As
) -> None:
    asked, sam = question(cast), as_("sam")
    link = f'href="/referrals/{asked.reference}/redirect/"'
    assert link in page_of(sam, asked, "decline")
    form = page_of(sam, asked, "redirect")
    assert "your question needs no answer" in form
    typed = {"to_service": cast.services["hub"].reference, "reason": "In hospital"}
    done = sam.post(f"/referrals/{asked.reference}/redirect/", {**hidden(form), **typed})
    assert done.status_code == 302
    assert asked.redirects.get().to_service == cast.services["hub"]


def test_whoever_may_redirect_it_is_offered_that(cast: Cast, as_: As) -> None:
    sent = send(cast)
    link = f'href="/referrals/{sent.reference}/redirect/"'
    for name, offers in (("sam", True), ("tess", True), ("alice", False)):
        assert (link in page_of(as_(name), sent)) == offers
    claim(by=cast.reader("sam"), reference=sent.reference)
    for name, offers in (("sam", True), ("tess", False), ("alice", False)):
        assert (link in page_of(as_(name), sent)) == offers


def test_the_clock_names_the_team_that_has_it_until_the_second_acknowledges_it(
    cast: Cast, as_: As
) -> None:
    sent = send(cast)
    taken = claim(by=cast.reader("sam"), reference=sent.reference)
    redirect(
        by=cast.reader("sam"),
        reference=sent.reference,
        to_service=cast.services["hub"],
        reason="In hospital",
        version=taken.version,
    )
    for name in ("hugo", "alice"):
        page = page_of(as_(name), sent)
        assert f"With {taken.receiving_team.name}" in page
        assert "With us" not in page
    assert "With us" in page_of(as_("sam"), sent)
    claim(by=cast.reader("hugo"), reference=sent.reference)
    assert "With us" in page_of(as_("hugo"), sent)


def test_a_page_that_stood_open_while_a_colleague_redirected_it(cast: Cast, as_: As) -> None:
    sent, tess = send(cast), as_("tess")
    path = f"/referrals/{sent.reference}/redirect/"
    typed = {"to_service": cast.services["other_front_door"].reference, "reason": "Typed."}
    form = hidden(page_of(tess, sent, "redirect"))
    redirect(
        by=cast.reader("sam"),
        reference=sent.reference,
        to_service=cast.services["hub"],
        reason="In hospital",
        version=sent.version,
    )
    late = tess.post(path, {**form, **typed})
    html = late.content.decode()
    assert late.status_code == 409
    assert "who holds it, and redirected to Care transfer hub. In hospital" in html
    again = tess.post(path, {**hidden(html), **typed}).content.decode()
    assert "Sam Sharp holds this referral" in again
    assert "Typed." in again


def question(cast: Cast) -> Referral:
    """A referral that Sam holds and has asked about."""
    held = claimed(cast)
    return ask(
        by=cast.reader("sam"),
        reference=held.reference,
        body="Is it new?",
        until=today(),
        with_person="Husband",
        version=held.version,
    )

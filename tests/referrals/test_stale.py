"""Somebody else was quicker: what happened meanwhile is shown, and what was typed is kept."""

from collections.abc import Callable

from django.test import Client

from referrals.actions.claim import claim, release, take_over
from referrals.actions.end import withdraw
from referrals.actions.write import write
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_pages import hidden

As = Callable[[str], Client]


def test_a_stale_decision_shows_what_is_new_and_keeps_the_words(cast: Cast, as_: As) -> None:
    sent = send(cast)
    claim(by=cast.reader("sam"), reference=sent.reference)
    page = f"/referrals/{sent.reference}/"
    browser = as_("sam")
    form = browser.get(f"{page}decline/").content.decode()
    typed = {**hidden(form), "reason": "other", "words": "Typed with care"}
    write(by=cast.reader("alice"), reference=sent.reference, body="She fell <b>again</b> today.")
    over = take_over(by=cast.reader("tess"), reference=sent.reference, version=2)
    release(by=cast.reader("tess"), reference=sent.reference, version=over.version)
    claim(by=cast.reader("sam"), reference=sent.reference)
    answer = browser.post(f"{page}decline/", typed)
    html = answer.content.decode()
    assert answer.status_code == 409
    for words in (
        "Typed with care",
        "Since you opened this page today",
        "Taken over by Tess Tate",
        "Given back to the team by Tess Tate",
        "She fell &lt;b&gt;again&lt;/b&gt; today.",
    ):
        assert words in html
    again = browser.post(f"{page}decline/", {**typed, **hidden(html)})
    assert again.status_code == 302


def test_a_stale_decision_that_is_out_of_place_says_so_and_keeps_the_words(
    cast: Cast, as_: As
) -> None:
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    page = f"/referrals/{held.reference}/"
    browser = as_("sam")
    typed = hidden(browser.get(f"{page}decline/").content.decode())
    withdraw(by=cast.reader("ada"), reference=held.reference, version=held.version, reason="died")
    answer = browser.post(
        f"{page}decline/", {**typed, "reason": "other", "words": "Typed with care"}
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Withdrawn by Ada Archer", "has been withdrawn by the sender", "Typed with care"):
        assert words in html


def test_what_was_typed_is_kept_when_a_colleague_took_it_over(cast: Cast, as_: As) -> None:
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    page = f"/referrals/{held.reference}/"
    browser = as_("sam")
    form = browser.get(f"{page}decline/").content.decode()
    take_over(by=cast.reader("tess"), reference=held.reference, version=held.version)
    typed = {**hidden(form), "reason": "other", "words": "Typed with care"}
    html = browser.post(f"{page}decline/", typed).content.decode()
    last = browser.post(f"{page}decline/", {**typed, **hidden(html)}).content.decode()
    assert "Tess Tate holds this referral" in last
    assert "Typed with care" in last

"""Somebody else was quicker: what happened meanwhile is shown, and what was typed is kept."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.core.clock import today
from referrals.actions.ask import ask
from referrals.actions.claim import claim, release, take_over
from referrals.actions.end import withdraw
from referrals.actions.undo import undo
from referrals.actions.write import write
from referrals.models import Message, Referral
from referrals.states import Voice
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


def test_an_answer_goes_to_the_question_that_was_read_or_nowhere(cast: Cast, as_: As) -> None:
    """Asked by mistake, taken back, and something else asked meanwhile."""
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    page = f"/referrals/{held.reference}/"
    first = asked(cast, held, "Is the dizziness new?")
    browser = as_("alice")
    typed = {**hidden(browser.get(page).content.decode(), "answer"), "body": "No, for years."}
    back = undo(by=cast.reader("sam"), reference=held.reference, version=first.version)
    asked(cast, back, "Can she manage the stairs?")
    late = browser.post(f"{page}answer/", typed)
    html = late.content.decode()
    assert late.status_code == 422
    assert not Message.objects.filter(voice=Voice.ANSWER).exists()
    for words in (
        "The team asks something else now",
        "Can she manage the stairs?",
        "No, for years",
    ):
        assert words in html
    again = browser.post(f"{page}answer/", {**hidden(html, "answer"), "body": "Yes, slowly."})
    assert again.status_code == 302
    assert Message.objects.get(voice=Voice.ANSWER).answers.body == "Can she manage the stairs?"


def asked(cast: Cast, held: Referral, body: str) -> Referral:
    """Sam asks; Margaret's husband is with her."""
    return ask(
        by=cast.reader("sam"),
        reference=held.reference,
        body=body,
        until=today(),
        with_person="Husband",
        version=held.version,
    )


@pytest.mark.parametrize("question", ["", "0", "nine", "9" * 19, "²"])
def test_an_answer_to_no_question_is_kept_on_the_page(cast: Cast, as_: As, question: str) -> None:
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    asked(cast, held, "Is the dizziness new?")
    page = f"/referrals/{held.reference}/"
    browser = as_("alice")
    form = hidden(browser.get(page).content.decode(), "answer")
    late = browser.post(f"{page}answer/", {**form, "question": question, "body": "Typed."})
    assert late.status_code == 422
    assert "Typed.</textarea>" in late.content.decode()
    assert not Message.objects.filter(voice=Voice.ANSWER).exists()

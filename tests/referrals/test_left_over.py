"""Words that were typed into a draft which a colleague had sent, or added, meanwhile."""

import html
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from portal.notifications import choices
from portal.notifications.kinds import Group
from portal.notifications.models import Notification
from referrals.actions.claim import claim
from referrals.models import Draft, Message, Referral
from referrals.states import Urgency
from tests.bad_input import EACH, complaints
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_pages import SIX, As, started

pytestmark = pytest.mark.django_db
MINE = {**SIX, "version": "1"}
WHOLE = {
    **SIX,
    "version": "1",
    "born_on-day": "04",
    "born_on-month": "2",
    "born_on-year": "1941",
    "nhs_number": "999 012 3454",
    "postcode": "m332rh",
    "telephone": "0161 496 0321",
    "point_2": "A carer's assessment?",
    "urgency": "today",
    "rung_whom": "Duty desk",
    "rung_at": "00:01",
}


def typed_box(answer: HttpResponse) -> str:
    """What stands in the box of words that were left over."""
    box = re.search(r"<textarea[^>]*>([^<]*)</textarea>", answer.content.decode())
    assert box, answer.content.decode()
    return html.unescape(box[1]).strip()


def key_in(answer: HttpResponse) -> str:
    found = re.search(r'name="key" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def sent_by_a_colleague(cast: Cast, as_: As) -> tuple[Client, str]:
    """Alice's browser, on a draft that Ada has sent from hers; its address."""
    ada, address = started(cast, as_, by="ada")
    assert ada.post(address, MINE).status_code == 302
    return as_("alice"), address


@pytest.mark.parametrize("button", [{}, {"save": "1"}, {"merge": "1"}, {"compare": "1"}])
def test_they_are_shown_and_added(cast: Cast, as_: As, button: dict[str, str]) -> None:
    alice, address = sent_by_a_colleague(cast, as_)
    answer = alice.post(address, {**MINE, "why_now": "He cannot lift her", **button})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Sent already" in page
    assert "has sent this, " in page
    assert typed_box(answer) == "Why now: He cannot lift her"
    add = {"left_over": typed_box(answer), "key": key_in(answer), "add_left_over": "1"}
    reference = Referral.objects.get().reference
    for _ in range(2):  # a second press adds nothing
        done = alice.post(address, add)
        assert (done.status_code, done["Location"]) == (302, f"/referrals/{reference}/")
    message = Message.objects.get()
    assert (message.body, message.author) == ("Why now: He cannot lift her", cast.alice)


def test_what_the_other_side_has_is_not_said_twice(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    assert browser.post(address, WHOLE).status_code == 302
    again = browser.post(address, WHOLE)
    assert (again.status_code, again["Location"]) == (
        302,
        f"/referrals/{Referral.objects.get().reference}/sent/",
    )


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("point_1", "Who looks after the dog?", "To sort out: 1. Who looks after the dog?"),
        ("telephone", "0161 496 0999", "About the person: Telephone: 0161 496 0999"),
        ("urgency", Urgency.THIS_WEEK.value, "How urgent: This week"),
        ("letter", "Dear colleague,\nthe whole story", None),
        ("agreement_note", "She said no", "Why all the same: She said no"),
    ],
)
def test_each_answer_by_itself(
    cast: Cast, as_: As, field: str, text: str, words: str | None
) -> None:
    browser, address = started(cast, as_)
    browser.post(address, WHOLE)
    box = typed_box(browser.post(address, {**WHOLE, field: text}))
    assert box.replace("\r", "") == (words or f"Letter:\n{text}")


@pytest.mark.parametrize("urgency", [Urgency.TODAY, Urgency.ROUTINE])
def test_what_has_become_urgent_is_mailed_whoever_wants_no_mails(
    cast: Cast, as_: As, urgency: Urgency
) -> None:
    alice, address = sent_by_a_colleague(cast, as_)
    claim(by=cast.reader("sam"), reference=Referral.objects.get().reference)
    choices.choose(by=cast.sam, wanted=dict.fromkeys(Group, False))
    answer = alice.post(address, {**MINE, "urgency": urgency, "why_now": "He has fallen"})
    urgent = re.search(r'name="urgent"(?: value="([^"]*)")?', answer.content.decode())
    assert urgent
    add = {"left_over": "He has fallen", "key": key_in(answer), "urgent": urgent[1] or ""}
    alice.post(address, {**add, "add_left_over": "1"})
    mails = Notification.objects.filter(kind="referral.message", channel="email")
    assert mails.filter(recipient=cast.sam).exists() == (urgency == Urgency.TODAY)


def test_beside_what_was_added_to_another(cast: Cast, as_: As) -> None:
    open_one = send(cast)
    browser, address = started(cast, as_, by="ada")
    whom = {**MINE, "nhs_number": "999 012 3454"}
    added = {**whom, "add_to": open_one.reference, "seen_open": open_one.reference}
    assert browser.post(address, added)["Location"] == f"/referrals/{open_one.reference}/"
    assert Draft.objects.get().added_to == open_one
    again = browser.post(address, added)
    assert again.status_code == 302, (typed_box(again), Message.objects.get().body)
    answer = as_("alice").post(address, {**added, "point_1": "And the stairs?"})
    assert answer.status_code == 409
    assert "And the stairs?" in typed_box(answer)


def test_saving_by_itself_says_that_words_are_left_over(cast: Cast, as_: As) -> None:
    alice, address = sent_by_a_colleague(cast, as_)
    late = alice.post(f"{address}save/", {**MINE, "why_now": "He cannot lift her"})
    assert (late.status_code, late.json()["compare"]) == (409, "See what of yours is not in it")
    assert "compare" not in alice.post(f"{address}save/", MINE).json()


def test_an_empty_box_or_a_stranger_adds_nothing(cast: Cast, as_: As) -> None:
    alice, address = sent_by_a_colleague(cast, as_)
    answer = alice.post(address, {"left_over": " ", "key": "k" * 16, "add_left_over": "1"})
    assert answer.status_code == 422
    assert "Write something first" in answer.content.decode()
    nul = alice.post(address, {"left_over": "a\x00b", "key": "k" * 16, "add_left_over": "1"})
    assert nul.status_code in (302, 422)
    before = Message.objects.count()
    stranger = as_("gina")
    told = stranger.post(address, {"left_over": "x", "key": "l" * 16, "add_left_over": "1"})
    assert (told.status_code, Message.objects.count()) == (404, before)


@pytest.mark.parametrize("text", [*EACH.values()], ids=list(EACH))
def test_whatever_is_typed_there_is_added_inert_or_refused_in_words(
    cast: Cast, as_: As, text: str
) -> None:
    alice, address = sent_by_a_colleague(cast, as_)
    answer = alice.post(address, {"left_over": text, "key": "k" * 16, "add_left_over": "1"})
    if answer.status_code == 302:
        answer, text = alice.get(answer["Location"]), ""
    assert not complaints(answer.status_code, answer.content.decode(), "left over", text)

"""The pages, as each side sees them."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from portal.core.clock import today
from referrals.actions.ask import ask
from referrals.actions.claim import claim
from referrals.actions.decide import accept, decline
from referrals.models import Draft, Referral
from tests.cast import Cast
from tests.conftest import send

As = Callable[[str], Client]
SIX = {
    "person_name": "Margaret Example",
    "point_1": "Can she stay at home safely?",
    "urgency": "routine",
    "why_now": "Two falls in ten days",
    "with_person": "Husband, 87",
    "agreement": "agrees",
    "call_back": "0161 496 0321",
}


def started(cast: Cast, as_: As, by: str = "alice") -> tuple[Client, str]:
    """A browser with a draft begun, and the draft's address."""
    browser = as_(by)
    service = cast.services["front_door"].reference
    answer = browser.post(f"/referrals/new/{service}/", {"postcode": "m332rh"})
    assert answer.status_code == 302
    return browser, answer["Location"]


def test_a_gp_sends_with_six_answers(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    page = browser.get(address)
    assert "Refer to Trafford Council: adult social care front door" in page.content.decode()
    sent = browser.post(address, {**SIX, "version": "1"})
    assert sent.status_code == 302
    referral = Referral.objects.get()
    assert sent["Location"] == f"/referrals/{referral.reference}/sent/"
    again = browser.post(address, {**SIX, "version": "1"})
    assert again["Location"] == sent["Location"]
    assert Referral.objects.count() == 1


def test_a_banner_without_a_name_says_that_it_is_missing(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    pasted = {"banner": "NHS No. 999 012 3454  Tel 0161 496 0321", "fill": "1", "version": "1"}
    html = browser.post(address, pasted).content.decode()
    assert "Filled in: NHS number and telephone." in html
    assert "The name was not found. Type it yourself." in html
    html = browser.post(address, {**pasted, "person_name": "Peggy Example"}).content.decode()
    assert "The name was not found" not in html


def test_what_was_typed_is_kept_and_errors_lead_to_their_fields(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    bad = {**SIX, "nhs_number": "9000000015", "point_1": "", "postcode": "M33 2R"}
    page = browser.post(address, bad)
    assert page.status_code == 422
    html = page.content.decode()
    for field in ("id_nhs_number", "id_point_1", "id_postcode"):
        assert f'href="#{field}"' in html
        assert f'id="{field}"' in html
    assert "9000000015" in html
    assert "Two falls in ten days" in html
    assert "<title>Error: " in html


def test_saved_as_it_goes_and_found_again(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    saved = browser.post(f"{address}save/", {"person_name": "Mar", "version": "1"})
    assert saved.json()["version"] == "2"
    assert 'value="Mar"' in browser.get(address).content.decode()
    stale = browser.post(f"{address}save/", {"person_name": "Else", "version": "1"})
    assert stale.status_code == 409
    assert Draft.objects.get().typed["person_name"] == "Mar"


def test_a_draft_saved_elsewhere_shows_both_texts(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    browser.post(f"{address}save/", {**SIX, "why_now": "Their text", "version": "1"})
    page = browser.post(address, {**SIX, "why_now": "My text", "version": "1"})
    html = page.content.decode()
    assert page.status_code == 409
    assert "Their text" in html
    assert "My text" in html
    assert not Referral.objects.exists()


def test_nobody_else_sees_a_draft(cast: Cast, as_: As) -> None:
    _, address = started(cast, as_)
    assert as_("gina").get(address).status_code == 404


def test_the_inbox_shows_it_and_claiming_leads_to_it(cast: Cast, as_: As) -> None:
    sent = send(cast)
    browser = as_("sam")
    inbox = browser.get("/referrals/inbox/").content.decode()
    assert "Can she stay at home safely?" in inbox
    assert sent.reference in inbox
    answer = browser.post(f"/referrals/{sent.reference}/claim/")
    assert answer["Location"] == f"/referrals/{sent.reference}/"
    late = as_("tess").post(f"/referrals/{sent.reference}/claim/", follow=True)
    assert "Sam Sharp already holds this referral." in late.content.decode()


def test_both_sides_see_one_timeline(cast: Cast, as_: As) -> None:
    sent = send(cast)
    sam, alice = as_("sam"), as_("alice")
    page = f"/referrals/{sent.reference}/"
    sam.get(page)
    sam.post(f"{page}claim/")
    for browser in (sam, alice):
        html = browser.get(page).content.decode()
        timeline = re.findall(r"(?:Delivered to|Opened by|Acknowledged by)[^<]*", html)
        assert timeline == [
            "Delivered to Adult social care front door",
            "Opened by Sam Sharp, social worker",
            "Acknowledged by Sam Sharp, social worker, who holds it",
        ]


def test_asked_answered_and_declined_in_one_thread(cast: Cast, as_: As) -> None:
    sent = send(cast)
    claim(by=cast.reader("sam"), reference=sent.reference)
    page = f"/referrals/{sent.reference}/"
    sam, ada = as_("sam"), as_("ada")
    form = sam.get(f"{page}ask/").content.decode()
    asked = sam.post(f"{page}ask/", {**hidden(form), "body": "Is it new?", "until": "2099-01-01"})
    assert asked.status_code == 422  # nobody said who is with the person; too far ahead
    done = sam.post(
        f"{page}ask/",
        {**hidden(form), "body": "Is it new?", "until": "", **tomorrow(), "with_person": "Nobody"},
    )
    assert done.status_code == 302
    html = ada.get(page).content.decode()
    assert "The team asks you" in html
    answered = ada.post(f"{page}answer/", {**hidden(html, "answer"), "body": "Yes."})
    assert answered.status_code == 302
    form = sam.get(f"{page}decline/").content.decode()
    words = {"reason": "advice-given", "words": "She knows the lunch club now."}
    sam.post(f"{page}decline/", {**hidden(form), **words})
    html = ada.get(page).content.decode()
    assert "Declined by Sam Sharp" in html
    assert "She knows the lunch club now." in html


def tomorrow() -> dict[str, str]:
    """The three boxes of a date."""
    day = today() + timedelta(days=1)
    return {"until-day": str(day.day), "until-month": str(day.month), "until-year": str(day.year)}


def hidden(html: str, form: str = "") -> dict[str, str]:
    """What a form on the page carries unseen: its one-time key, its version..."""
    part = html[html.index(f'/{form}/" data-once') :] if form else html
    key = re.search(r'name="key" value="([^"]+)"', part)
    version = re.search(r'name="version" value="(\d+)"', part)
    assert key
    assert version
    made = re.search(r'name="made" value="([^"]*)"', part)
    question = re.search(r'name="question" value="(\d+)"', part)
    return {
        "key": key[1],
        "version": version[1],
        "made": made[1] if made else "",
        "question": question[1] if question else "",
    }


def test_nothing_new_answers_204_and_news_a_line(cast: Cast, as_: As) -> None:
    send(cast)
    browser = as_("sam")
    html = browser.get("/referrals/inbox/").content.decode()
    address = re.search(r'hx-get="([^"]+)"', html)
    assert address
    url = address[1].replace("&amp;", "&")
    assert browser.get(url).status_code == 204
    send(cast)
    news = browser.get(url).content.decode()
    assert "<strong>1 new since " in news
    assert "Show the new list" in news


def test_a_draft_that_was_sent_is_not_saved_again(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    browser.post(address, {**SIX, "version": "1"})
    late = browser.post(f"{address}save/", {"why_now": "More", "version": "1"})
    assert (late.status_code, late.json()["message"]) == (409, "This has been sent already.")
    assert late.json()["url"] == f"/referrals/{Referral.objects.get().reference}/sent/"


def test_what_was_decided_is_news_for_the_whole_practice(cast: Cast, as_: As) -> None:
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    decline(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        reason="advice-given",
        words="Ring us if that changes.",
    )
    board = as_("ada").get("/referrals/").content.decode()
    assert "Changed since you looked" in board
    assert held.reference in board


def test_an_answer_that_comes_second_is_kept_as_a_message(cast: Cast, as_: As) -> None:
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    ask(
        by=cast.reader("sam"),
        reference=held.reference,
        body="Is it new?",
        until=today(),
        with_person="Nobody",
        version=held.version,
    )
    page = f"/referrals/{held.reference}/"
    alice = as_("alice")
    typed = hidden(alice.get(page).content.decode(), "answer")
    as_("ada").post(f"{page}answer/", {**typed, "key": "another-key-2", "body": "Yes."})
    late = alice.post(f"{page}answer/", {**typed, "body": "Since the tablet change."})
    assert late.status_code == 422
    assert "Since the tablet change." in late.content.decode()


def test_the_named_worker_holds_it_and_finds_it(cast: Cast, as_: As) -> None:
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    accept(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        worker_id=cast.tess.pk,
    )
    mine = as_("tess").get("/referrals/inbox/?show=mine").content.decode()
    assert held.reference in mine
    decided = as_("ada").get("/referrals/").content.decode()
    assert held.reference in decided


def test_a_form_sent_after_signing_out_leads_back_to_its_page(cast: Cast, client: Client) -> None:
    page = f"/referrals/{send(cast).reference}/"
    answer = client.post(
        f"{page}answer/", {"body": "x"}, headers={"referer": f"http://testserver{page}"}
    )
    assert answer["Location"] == f"/account/sign-in/?next={page}"

"""Whatever is typed into a referral, or sent by a program: kept, or refused with a reason."""

import json
import re

import pytest
from django.test import Client

from portal.api.actions import create_token
from referrals.forms.refer import BannerForm, ReferForm
from referrals.models import Referral
from tests.bad_input import NASTY, NASTY_JSON, check_page
from tests.cast import Cast
from tests.referrals.test_api import SIX as API_SIX
from tests.referrals.test_pages import SIX, As, started

_DATE = ["born_on-day", "born_on-month", "born_on-year"]
INPUTS = sorted([*(set(ReferForm.base_fields) - {"born_on"}), *_DATE, *BannerForm.base_fields])


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_every_button_with_it_everywhere(cast: Cast, as_: As, text: str) -> None:
    browser, address = started(cast, as_)
    body = dict.fromkeys(INPUTS, text)
    for button in (
        {"fill": "1"},
        {"use": f"address:{text}"},
        {"use": text},
        {"save": "1"},
        {"add_to": text},
        {"merge": "1", f"keep-{text[:50]}": "theirs"},
        {},
    ):
        answer = browser.post(address, {**body, **button})
        check_page(answer.status_code, answer.content.decode(), f"{button}")
        browser.post(f"{address}save/", {**SIX, "version": "1"})  # the next one is stale
        answer = browser.post(address, {**body, **button, "version": "1"})
        check_page(answer.status_code, answer.content.decode(), f"{button}, stale")
    for part in ("save", "known"):
        answer = browser.post(f"{address}{part}/", body)
        check_page(answer.status_code, answer.content.decode(), part)
    for page in (address, "/referrals/", "/"):
        check_page(*_page(browser, page), page)


FREE = ["person_name", "address", "telephone", "point_1", "point_2", "point_3", "letter"]
FREE += ["why_now", "rung_whom", "rung_at", "with_person", "agreement_note", "call_back"]
STRICT = ["nhs_number", "postcode", *_DATE]


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_free_text_is_kept_and_inert_or_refused_with_a_reason(
    cast: Cast, as_: As, text: str
) -> None:
    browser, address = started(cast, as_)
    answer = browser.post(address, {**SIX, **dict.fromkeys(FREE, text)})
    html = answer.content.decode()
    check_page(answer.status_code, html, "all")
    if answer.status_code != 302:
        assert "There is a problem" in html
        wrong = set(re.findall(r'id="id_(\w+)-error"', html))
        answer = browser.post(address, {**SIX, **dict.fromkeys(set(FREE) - wrong, text)})
        assert answer.status_code == 302, "the others are fine"
    reference = Referral.objects.get().reference
    for page in (answer["Location"], f"/referrals/{reference}/", "/referrals/"):
        check_page(*_page(browser, page), page)


@pytest.mark.parametrize("text", NASTY.values(), ids=list(NASTY))
def test_what_has_a_form_says_what_is_wrong(cast: Cast, as_: As, text: str) -> None:
    browser, address = started(cast, as_)
    for field in STRICT:
        answer = browser.post(address, {**SIX, field: text})
        html = answer.content.decode()
        check_page(answer.status_code, html, field)
        if answer.status_code == 302:
            assert not text.strip(), field
            break
        name = field.partition("-")[0]
        assert f'href="#id_{name}' in html, f"{field}: no reason"


def _page(browser: Client, address: str) -> tuple[int, str]:
    answer = browser.get(address)
    return answer.status_code, answer.content.decode()


def test_what_is_kept_is_what_was_typed(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    text = NASTY["quotes"] + NASTY["markup"] + NASTY["emoji"] + NASTY["right to left"]
    browser.post(address, {**SIX, "why_now": text, "version": "1"})
    assert Referral.objects.get().why_now == text


def test_too_long_a_letter_is_refused_and_kept_on_the_page(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    letter = "word " * 4_001
    page = browser.post(address, {**SIX, "letter": letter, "version": "1"})
    html = page.content.decode()
    assert page.status_code == 422
    assert "“Your letter” can have 20,000 characters at most. This has 20,004." in html
    assert letter.strip() in html


@pytest.mark.parametrize("text", NASTY_JSON.values(), ids=list(NASTY_JSON))
def test_every_field_of_the_program_face(cast: Cast, text: str) -> None:
    headers = {"Authorization": f"Bearer {create_token(owner=cast.alice, days=1)}"}
    base = {**API_SIX, "service": cast.services["front_door"].reference}
    fields = ["service", "team", "letter", "rung_whom", "rung_at", *API_SIX]
    bodies = [{**base, name: text} for name in fields]
    bodies += [{**base, "points": [text]}, {**base, "points": {"a": text}}]
    bodies += [
        {**base, "person": {**base["person"], name: text}}
        for name in ("name", "born_on", "nhs_number", "address", "postcode", "telephone")
    ]
    for number, body in enumerate(bodies):
        answer = Client().post(
            "/api/v1/referrals/",
            json.dumps(body),
            content_type="application/json",
            headers={**headers, "Idempotency-Key": f"bad-input-{number}"},
        )
        assert answer.status_code in (201, 400, 404, 409), f"{number}: {answer.status_code}"
        if answer.status_code != 201:
            assert answer["Content-Type"] == "application/problem+json"
            assert answer.json()["detail"], number


@pytest.mark.parametrize("key", ["%00", "%F0%9F%91%A9", "x" * 3000, "..", "%EF%BF%BD"])
def test_addresses_that_are_none(cast: Cast, as_: As, key: str) -> None:
    browser = as_("alice")
    for path in (f"/referrals/drafts/{key}/", f"/referrals/new/{key}/"):
        assert browser.get(path).status_code in (400, 404, 302), path
        assert browser.post(path).status_code in (400, 404, 302), path


@pytest.mark.parametrize("version", ["9" * 5000, "²", "-1", "1.5", "x"])
def test_a_version_that_is_none(cast: Cast, as_: As, version: str) -> None:
    browser, address = started(cast, as_)
    answer = browser.post(f"{address}save/", {"person_name": "M", "version": version})
    assert answer.status_code == 200


def test_depth_and_half_characters_are_refused(cast: Cast) -> None:
    headers = {"Authorization": f"Bearer {create_token(owner=cast.alice, days=1)}"}
    for body in ("[" * 50_000, '{"a": "\\ud800"}', '{"a": ' + "9" * 5000 + "}", "[]", "null", "1"):
        answer = Client().post(
            "/api/v1/referrals/",
            body,
            content_type="application/json",
            headers={**headers, "Idempotency-Key": "deep-bad-input"},
        )
        assert answer.status_code == 400, body[:20]

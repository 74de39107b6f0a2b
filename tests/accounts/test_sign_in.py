"""Signing in: what a wrong address learns, how often one may try, and where one arrives."""

import re

import pytest
from django.conf import settings
from django.test import Client

from portal.accounts.demonstration import all_sign_ins
from tests.accounts.conftest import SignIn
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def test_right_password_leads_home(cast: Cast, sign_in: SignIn, client: Client) -> None:
    answer = sign_in("sam@test.example")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "Sam Sharp" in client.get("/account/").content.decode()


def test_address_is_known_in_any_case_and_with_blanks(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in("  Sam@Test.Example ").status_code == 302


def test_next_is_followed_inside_the_portal_only(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in("sam@test.example", next="/account/")["Location"] == "/account/"
    elsewhere = sign_in("sam@test.example", browser=Client(), next="https://evil.example/")
    assert elsewhere["Location"] == "/"


def _without_what_was_typed(page: bytes, email: str) -> str:
    text = page.decode().replace(email, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", text)


def test_wrong_password_and_unknown_address_get_the_same_answer(
    cast: Cast, sign_in: SignIn
) -> None:
    known = sign_in("sam@test.example", "not the password")
    unknown = sign_in("nobody@test.example", "not the password", browser=Client())
    assert known.status_code == unknown.status_code == 200
    assert _without_what_was_typed(known.content, "sam@test.example") == _without_what_was_typed(
        unknown.content, "nobody@test.example"
    )


def test_wrong_password_keeps_the_address_and_never_the_password(
    cast: Cast, sign_in: SignIn
) -> None:
    page = sign_in("sam@test.example", "not the password").content.decode()
    assert 'value="sam@test.example"' in page
    assert "not the password" not in page
    assert "<title>Error: Sign in" in page
    assert "The email address or the password is not right" in page


def test_empty_answers_lead_to_their_boxes(sign_in: SignIn) -> None:
    page = sign_in("", "").content.decode()
    assert '<a href="#id_login">Enter your email address</a>' in page
    assert '<a href="#id_password">Enter your password</a>' in page


def test_after_five_failures_the_right_password_waits_too(cast: Cast, sign_in: SignIn) -> None:
    for _ in range(5):
        assert sign_in("sam@test.example", "wrong").status_code == 200
    page = sign_in("sam@test.example", PASSWORD)
    assert page.status_code == 429
    assert "Wait 5 minutes" in page.content.decode()
    # Somebody else at the same place, and the same person by another's doing, are two things.
    assert sign_in("tess@test.example", browser=Client()).status_code == 302


def test_an_address_that_tries_too_much_is_paused_and_no_other(cast: Cast, sign_in: SignIn) -> None:
    most = int(settings.ACCOUNT_RATE_LIMITS["login"].partition("/")[0])
    answers = [
        sign_in(f"guess{n}@test.example", "wrong", browser=Client(), address="10.9.9.9").status_code
        for n in range(most + 1)
    ]
    assert answers[-1] == 429
    assert sign_in("sam@test.example", address="10.9.9.8").status_code == 302


def test_somebody_who_has_left_is_told_nothing(cast: Cast, sign_in: SignIn) -> None:
    cast.sam.is_active = False
    cast.sam.set_unusable_password()
    cast.sam.save()
    answer = sign_in("sam@test.example")
    assert answer.status_code == 200
    assert "is not right" in answer.content.decode()


def test_signing_out_needs_a_post_and_ends_the_session(cast: Cast, sign_in: SignIn) -> None:
    browser = Client()
    sign_in("sam@test.example", browser=browser)
    assert "Sign out?" in browser.get("/account/sign-out/").content.decode()
    assert browser.post("/account/sign-out/")["Location"] == "/"
    assert browser.get("/account/")["Location"].startswith("/account/sign-in/")


def test_sign_up_is_not_there(client: Client) -> None:
    for path in ("/account/signup/", "/account/sign-up/", "/accounts/signup/"):
        assert client.get(path).status_code == 404


def test_a_demonstration_offers_its_sign_ins_and_nothing_else_does(
    client: Client, settings
) -> None:
    settings.DEMONSTRATION = False
    assert "demo.example" not in client.get("/account/sign-in/").content.decode()
    settings.DEMONSTRATION = True
    page = client.get("/account/sign-in/").content.decode()
    assert [s.email for s in all_sign_ins() if s.email not in page] == []
    assert {s.email for s in all_sign_ins()} == {
        f"{name}@demo.example"
        for name in (
            *("gp", "gp2", "practiceadmin", "physician", "discharge", "socialworker"),
            *("triage", "manager", "outsider", "directory", "privacy", "organisation"),
        )
    }

"""The second step: setting it up, signing in with it, and not getting around it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from portal.accounts.actions.leaving import reset_second_step
from portal.api.actions import create_token
from portal.core.refused import NotAllowed, Refused
from tests.accounts.conftest import SignIn, code_now, give_app
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 12, 8, 8, 30, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def _now() -> float:
    return datetime.now(UTC).timestamp()


def _secret_on(page: str) -> str:
    found = re.search(r"type this key into the app: <strong>([A-Z2-7 ]+)</strong>", page)
    assert found
    return found[1].replace(" ", "")


def test_an_app_is_set_up_and_then_asked_for(
    clock: time_machine.Traveller, cast: Cast, sign_in: SignIn, client: Client
) -> None:
    sign_in("sam@test.example")
    # Straight after signing in nobody asks for the password again.
    page = client.get("/account/second-step/app/")
    assert page.status_code == 200
    secret = _secret_on(page.content.decode())
    answer = client.post("/account/second-step/app/", {"code": code_now(secret, _now())})
    assert answer["Location"] == "/account/second-step/codes/"
    codes = re.findall(r"<li>(\d{8})</li>", client.get(answer["Location"]).content.decode())
    assert len(codes) == 10
    client.post("/account/sign-out/")
    clock.shift(60)
    answer = sign_in("sam@test.example", next="/account/second-step/")
    assert answer["Location"] == "/account/second-step/code/"
    assert client.get("/account/")["Location"].startswith("/account/sign-in/")
    answer = client.post("/account/second-step/code/", {"code": code_now(secret, _now())})
    assert answer["Location"] == "/account/second-step/"
    assert client.get("/account/").status_code == 200


def test_a_wrong_code_is_refused_and_five_are_too_many(
    clock: time_machine.Traveller, cast: Cast, sign_in: SignIn, client: Client
) -> None:
    secret = give_app(cast.sam)
    sign_in("sam@test.example")
    wrong = f"{(int(code_now(secret, _now())) + 1) % 1_000_000:06}"
    for _ in range(5):
        page = client.post("/account/second-step/code/", {"code": wrong}).content.decode()
        assert "The code is not right, or is no longer valid" in page
    right = client.post("/account/second-step/code/", {"code": code_now(secret, _now())})
    assert right.status_code == 200
    assert "Wait 5 minutes" in right.content.decode()


def test_a_code_works_once(
    clock: time_machine.Traveller, cast: Cast, sign_in: SignIn, client: Client
) -> None:
    code = code_now(give_app(cast.sam), _now())
    sign_in("sam@test.example")
    assert client.post("/account/second-step/code/", {"code": code}).status_code == 302
    other = Client()
    sign_in("sam@test.example", browser=other)
    assert other.post("/account/second-step/code/", {"code": code}).status_code == 200


def test_a_recovery_code_stands_in_once(cast: Cast, sign_in: SignIn, client: Client) -> None:
    give_app(cast.sam)
    recovery = Authenticator.objects.get(user=cast.sam, type="recovery_codes")
    code = recovery.wrap().get_unused_codes()[0]
    for status in (302, 200):
        browser = Client()
        sign_in("sam@test.example", browser=browser)
        assert browser.post("/account/second-step/code/", {"code": code}).status_code == status


def test_secrets_are_sealed_in_the_database(cast: Cast) -> None:
    secret = give_app(cast.sam)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert Authenticator.objects.get(type="totp").wrap().validate_code("000") is False


def test_later_the_password_is_asked_for_again(
    clock: time_machine.Traveller, cast: Cast, sign_in: SignIn, client: Client
) -> None:
    sign_in("sam@test.example")
    clock.shift(6 * 60)
    answer = client.get("/account/second-step/app/")
    assert answer["Location"] == "/account/password/confirm/?next=%2Faccount%2Fsecond-step%2Fapp%2F"
    page = client.post(answer["Location"], {"password": "wrong"})
    assert "The password is not right" in page.content.decode()
    again = client.post(answer["Location"], {"password": "a-long-enough-password"})
    assert again["Location"] == "/account/second-step/app/"
    assert client.get("/account/second-step/app/").status_code == 200


# --- where it is required ---
@pytest.fixture
def required(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def test_without_one_every_page_leads_to_setting_it_up(required: None, as_, cast: Cast) -> None:
    sam = as_("sam")
    for path in ("/", "/account/", "/account/password/", "/account/sign-ins/", "/referrals/"):
        assert sam.get(path)["Location"] == "/account/second-step/", path
    page = sam.get("/account/second-step/")
    assert page.status_code == 200
    assert "<h1" in page.content.decode()
    assert "Set up a second step" in page.content.decode()
    assert sam.post("/account/sign-out/")["Location"] == "/"


def test_without_one_the_browser_session_gets_no_data_either(required: None, as_) -> None:
    sam = as_("sam")
    answer = sam.get("/api/v1/inbox/")
    assert (answer.status_code, answer.json()["code"]) == (403, "second-step")
    # A header that says "program" does not make the session one.
    pretending = sam.get("/account/", HTTP_AUTHORIZATION="Bearer cg_nonsense")
    assert pretending["Location"] == "/account/second-step/"
    fragment = sam.get("/", HTTP_HX_REQUEST="true")
    assert (fragment.status_code, fragment["HX-Redirect"]) == (403, "/account/second-step/")


def test_a_program_with_a_token_needs_none(required: None, cast: Cast, client: Client) -> None:
    token = create_token(owner=cast.sam, days=1)
    answer = client.get("/api/v1/inbox/", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert answer.status_code == 200


def test_with_one_everything_is_open_and_it_is_asked_once(
    required: None, as_, cast: Cast, django_assert_num_queries
) -> None:
    give_app(cast.sam)
    sam = as_("sam")
    assert sam.get("/account/").status_code == 200
    with django_assert_num_queries(2):
        assert sam.get("/account/time-left/").status_code == 200


def test_the_last_one_cannot_be_removed(
    required: None, cast: Cast, sign_in: SignIn, client: Client
) -> None:
    secret = give_app(cast.sam)
    sign_in("sam@test.example")
    client.post("/account/second-step/code/", {"code": code_now(secret, _now())})
    page = client.post("/account/second-step/app/remove/")
    assert page.status_code == 200
    assert "This is your only second step" in page.content.decode()
    assert Authenticator.objects.filter(user=cast.sam, type="totp").exists()


def test_where_it_is_not_required_it_can_go(cast: Cast, sign_in: SignIn, client: Client) -> None:
    secret = give_app(cast.sam)
    sign_in("sam@test.example")
    client.post("/account/second-step/code/", {"code": code_now(secret, _now())})
    assert client.post("/account/second-step/app/remove/").status_code == 302
    assert not Authenticator.objects.filter(user=cast.sam).exists()


# --- somebody lost theirs ---
def test_an_administrator_removes_a_lost_one_and_ends_the_sessions(
    cast: Cast, sign_in: SignIn, client: Client
) -> None:
    secret = give_app(cast.sam)
    sign_in("sam@test.example")
    client.post("/account/second-step/code/", {"code": code_now(secret, _now())})
    assert client.get("/account/").status_code == 200
    reset_second_step(by=cast.olga, user=cast.sam)
    assert client.get("/account/").status_code == 302
    assert not Authenticator.objects.filter(user=cast.sam).exists()


def test_no_other_administrator_can(cast: Cast) -> None:
    give_app(cast.alice)
    with pytest.raises(NotAllowed):
        reset_second_step(by=cast.olga, user=cast.alice)
    with pytest.raises(NotAllowed):
        reset_second_step(by=cast.sam, user=cast.tess)
    with pytest.raises(Refused, match="for yourself"):
        reset_second_step(by=cast.olga, user=cast.olga)

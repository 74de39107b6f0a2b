"""Nothing typed is lost on a page that is older than the sign-in, and no forged one is kept."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from portal.accounts.models import ParkedForm
from tests.accounts.conftest import SignIn
from tests.accounts.unsent_forms import waits
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_signing_out_in_another_tab_loses_nothing(
    cast: Cast, sign_in: SignIn, client: Client, path: str, typed: dict[str, str]
) -> None:
    sign_in("olga@test.example")
    client.post("/account/sign-out/")
    answer = client.post(path, typed)
    assert answer["Location"] == f"/account/sign-in/?next={waits(client)}"
    sign_in("olga@test.example")
    assert "Nora &lt;New&gt;" in client.get(waits(client)).content.decode()


def test_after_signing_out_somebody_else_finds_nothing(
    cast: Cast, sign_in: SignIn, client: Client, path: str, typed: dict[str, str]
) -> None:
    sign_in("olga@test.example")
    client.post("/account/sign-out/")
    client.post(path, typed)
    sign_in("pru@test.example")
    assert client.get(waits(client)).status_code == 302


def comes(browser: Client, sign_in: SignIn, email: str) -> str:
    """Somebody signs in: the token of their pages."""
    browser.get("/account/sign-in/")
    token = browser.cookies["csrftoken"].value
    assert sign_in(email, browser=browser, csrfmiddlewaretoken=token).status_code == 302
    return str(browser.cookies["csrftoken"].value)


def goes(browser: Client) -> None:
    token = browser.cookies["csrftoken"].value
    browser.post("/account/sign-out/", {"csrfmiddlewaretoken": token})


@pytest.fixture
def strict(cast: Cast, sign_in: SignIn) -> Client:
    """Olga, who has signed out and in again in another tab: the old page has an old token."""
    browser = Client(enforce_csrf_checks=True)
    browser.old_token = comes(browser, sign_in, "olga@test.example")  # type: ignore[attr-defined]
    goes(browser)
    comes(browser, sign_in, "olga@test.example")
    return browser


@pytest.fixture
def old(strict: Client, typed: dict[str, str]) -> dict[str, str]:
    """What is typed on Olga's old page."""
    return {**typed, "csrfmiddlewaretoken": strict.old_token}  # type: ignore[attr-defined]


HERE, ELSEWHERE = "http://testserver", "https://elsewhere.example"


def test_an_old_token_from_a_page_of_ours_loses_nothing(
    strict: Client, path: str, old: dict[str, str]
) -> None:
    answer = strict.post(path, old, headers={"origin": HERE})
    assert answer.status_code == 403
    assert "See what you typed, and send it" in answer.content.decode()
    assert f'href="{waits(strict)}"' in answer.content.decode()
    assert "Nora &lt;New&gt;" in strict.get(waits(strict)).content.decode()


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", ""])
def test_a_forged_form_is_not_kept(
    strict: Client, path: str, old: dict[str, str], origin: str
) -> None:
    headers = {"origin": origin} if origin else {}
    answer = strict.post(path, old, headers=headers)
    assert answer.status_code == 403
    assert "What you typed could not be kept" in answer.content.decode()
    assert not ParkedForm.objects.exists()


def test_an_old_page_of_somebody_else_is_kept_for_them_only(
    strict: Client, sign_in: SignIn, cast: Cast, path: str, old: dict[str, str]
) -> None:
    goes(strict)
    comes(strict, sign_in, "pru@test.example")
    answer = strict.post(path, old, headers={"origin": HERE})
    assert "for the person who was signed in here" in answer.content.decode()
    assert strict.get(waits(strict)).status_code == 302
    assert ParkedForm.objects.get().user_id == cast.olga.pk


def test_whoever_was_there_in_between_does_not_get_it(
    strict: Client, sign_in: SignIn, cast: Cast, path: str, old: dict[str, str]
) -> None:
    """On a ward's computer: Olga, then Pru; and now Olga's page, which was open all the time."""
    goes(strict)
    comes(strict, sign_in, "pru@test.example")
    goes(strict)
    strict.post(path, old, headers={"origin": HERE})
    assert ParkedForm.objects.get().user_id == cast.olga.pk
    comes(strict, sign_in, "pru@test.example")
    assert strict.get(waits(strict)).status_code == 302


def test_nor_where_the_sign_in_was_ended_from_elsewhere(
    strict: Client, sign_in: SignIn, cast: Cast, path: str, typed: dict[str, str]
) -> None:
    goes(strict)
    comes(strict, sign_in, "pru@test.example")
    goes(strict)
    token = comes(strict, sign_in, "olga@test.example")
    Session.objects.all().delete()
    answer = strict.post(path, {**typed, "csrfmiddlewaretoken": token})
    assert answer["Location"] == f"/account/sign-in/?next={waits(strict)}"
    assert ParkedForm.objects.get().user_id == cast.olga.pk


def test_a_token_of_no_page_of_ours_is_nobodys(
    strict: Client, path: str, old: dict[str, str]
) -> None:
    for token in ("o" * 64, "o" * 63, "é" * 64, ""):
        made_up = {**old, "csrfmiddlewaretoken": token}
        assert strict.post(path, made_up, headers={"origin": HERE}).status_code == 403
    assert not ParkedForm.objects.exists()


def test_a_public_form_is_nobodys(strict: Client, old: dict[str, str]) -> None:
    sent = {"postcode": "M33 2RH", "csrfmiddlewaretoken": old["csrfmiddlewaretoken"]}
    strict.post("/who-to-contact/", sent, headers={"origin": HERE})
    assert not ParkedForm.objects.exists()

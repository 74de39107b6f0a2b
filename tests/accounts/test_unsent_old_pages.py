"""Nothing typed is lost on a page that is older than the sign-in, and no forged one is kept."""

import pytest
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


@pytest.fixture
def strict(cast: Cast) -> Client:
    """Olga, who has signed out and in again in another tab: the old page has an old token."""
    browser = Client(enforce_csrf_checks=True)
    for end in (True, False):
        browser.force_login(cast.olga)
        browser.get("/account/")
        if end:
            browser.post(
                "/account/sign-out/",
                {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value},
            )
    return browser


HERE, ELSEWHERE = "http://testserver", "https://elsewhere.example"


def test_an_old_token_from_a_page_of_ours_loses_nothing(
    strict: Client, path: str, typed: dict[str, str]
) -> None:
    old = {**typed, "csrfmiddlewaretoken": "o" * 64}
    answer = strict.post(path, old, headers={"origin": HERE})
    assert answer.status_code == 403
    assert "See what you typed, and send it" in answer.content.decode()
    assert f'href="{waits(strict)}"' in answer.content.decode()
    assert "Nora &lt;New&gt;" in strict.get(waits(strict)).content.decode()


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", ""])
def test_a_forged_form_is_not_kept(
    strict: Client, path: str, typed: dict[str, str], origin: str
) -> None:
    headers = {"origin": origin} if origin else {}
    old = {**typed, "csrfmiddlewaretoken": "o" * 64}
    answer = strict.post(path, old, headers=headers)
    assert answer.status_code == 403
    assert "What you typed could not be kept" in answer.content.decode()
    assert not ParkedForm.objects.exists()


def test_an_old_page_of_somebody_else_is_kept_for_them_only(
    strict: Client, cast: Cast, path: str, typed: dict[str, str]
) -> None:
    strict.force_login(cast.pru)
    old = {**typed, "csrfmiddlewaretoken": "o" * 64}
    answer = strict.post(path, old, headers={"origin": HERE})
    assert "for the person who was signed in here" in answer.content.decode()
    assert strict.get(waits(strict)).status_code == 302
    assert ParkedForm.objects.get().user_id == cast.olga.pk


def test_a_public_form_is_nobodys(strict: Client, cast: Cast) -> None:
    old = {"postcode": "M33 2RH", "csrfmiddlewaretoken": "o" * 64}
    strict.post("/who-to-contact/", old, headers={"origin": HERE})
    assert not ParkedForm.objects.exists()

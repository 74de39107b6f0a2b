"""Nothing typed is lost when the session ends while somebody sends it, and nobody else gets it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.accounts.models import Invitation, ParkedForm
from portal.accounts.parking import COOKIE, LARGEST
from tests.accounts.conftest import SignIn
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TYPED = {
    "once": "a-key-of-this-form",
    "name": "Nora <New>",
    "job_title": "Social worker",
    "email": "nora@test.example",
    "role": "social-worker",
}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 12, 8, 8, 30, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/account/people/invite/{cast.organisations['trafford'].pk}/"


@pytest.fixture
def typed(cast: Cast) -> dict[str, str]:
    return {**TYPED, "team": str(cast.teams["hub"].pk)}


@pytest.fixture
def olga(clock: time_machine.Traveller, cast: Cast, sign_in: SignIn, client: Client) -> Client:
    """Olga's browser, in which she has just been away for too long."""
    sign_in("olga@test.example")
    clock.shift(16 * 60)
    return client


def test_it_waits_behind_the_sign_in_and_can_be_sent_again(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    answer = olga.post(path, typed)
    assert answer["Location"] == "/account/sign-in/?why=idle&next=/account/unsent/"
    assert not Invitation.objects.exists()
    back = sign_in("olga@test.example", next="/account/unsent/")
    page = olga.get(back["Location"]).content.decode()
    assert "Nora &lt;New&gt;" in page
    assert f'action="{path}"' in page
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    again["name"] = again["name"].replace("&lt;", "<").replace("&gt;", ">")
    assert {name: again[name] for name in typed} == typed
    assert olga.post(path, again)["Location"] == "/account/people/"
    assert Invitation.objects.get().name == "Nora <New>"


def test_nobody_else_gets_it_in_the_same_browser(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    olga.post(path, typed)
    sign_in("pru@test.example")
    answer = olga.get("/account/unsent/")
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_same_person_gets_it_in_that_browser_only(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    olga.post(path, typed)
    other = Client()
    sign_in("olga@test.example", browser=other)
    assert other.get("/account/unsent/").status_code == 302


def test_it_is_kept_for_half_an_hour(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str], clock: time_machine.Traveller
) -> None:
    olga.post(path, typed)
    clock.shift(29 * 60)
    sign_in("olga@test.example")
    assert olga.get("/account/unsent/").status_code == 200
    clock.shift(61)
    assert olga.get("/account/unsent/").status_code == 302


def test_the_database_cannot_read_it(olga: Client, path: str, typed: dict[str, str]) -> None:
    olga.post(path, typed)
    row = ParkedForm.objects.get()
    token = olga.cookies[COOKIE].value
    kept = f"{row.token_digest} {row.sealed}"
    assert token not in kept
    assert "nora" not in kept.lower()
    assert olga.cookies[COOKIE]["httponly"]


def test_it_can_be_thrown_away(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    olga.post(path, typed)
    sign_in("olga@test.example")
    assert olga.post("/account/unsent/throw-away/").status_code == 302
    assert not ParkedForm.objects.exists()


def test_htmx_leads_there_too(olga: Client, path: str, typed: dict[str, str]) -> None:
    answer = olga.post(path, typed, HTTP_HX_REQUEST="true")
    assert answer.status_code == 401
    assert answer["HX-Redirect"].endswith("next=/account/unsent/")
    assert ParkedForm.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/account/password/", {"oldpassword": "one", "password1": "two"}),
        ("/account/people/invite/1/", {"note": "x" * LARGEST}),
        (
            "/account/people/invite/1/",
            {"note": "see the letter", "letter": SimpleUploadedFile("a.txt", b"x")},
        ),
        ("/account/people/invite/1/", {}),
    ],
    ids=["passwords", "too large", "a file", "nothing"],
)
def test_some_things_are_not_kept(olga: Client, address: str, fields: dict[str, object]) -> None:
    answer = olga.post(address, fields)
    assert answer["Location"] == "/account/sign-in/?why=idle"
    assert not ParkedForm.objects.exists()


def test_a_stranger_parks_nothing(cast: Cast, path: str, typed: dict[str, str]) -> None:
    Client().post(path, typed)
    assert not ParkedForm.objects.exists()


def test_what_has_no_csrf_token_is_not_kept(
    clock: time_machine.Traveller, cast: Cast, path: str, typed: dict[str, str]
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.olga)
    assert strict.get("/account/").status_code == 200
    clock.shift(16 * 60)
    assert strict.post(path, typed).status_code == 403
    assert not ParkedForm.objects.exists()


def test_it_is_shown_in_the_words_of_its_form(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    olga.post(path, typed)
    sign_in("olga@test.example")
    page = olga.get("/account/unsent/").content.decode()
    assert "<dt>Job title" in page
    assert '<dd class="cg-message__text">Social worker</dd>' in page
    assert "social-worker</dd>" not in page
    assert "a-key-of-this-form</dd>" not in page


def test_signing_out_in_another_tab_loses_nothing(
    cast: Cast, sign_in: SignIn, client: Client, path: str, typed: dict[str, str]
) -> None:
    sign_in("olga@test.example")
    client.post("/account/sign-out/")
    answer = client.post(path, typed)
    assert answer["Location"] == "/account/sign-in/?next=/account/unsent/"
    sign_in("olga@test.example")
    assert "Nora &lt;New&gt;" in client.get("/account/unsent/").content.decode()


def test_after_signing_out_somebody_else_finds_nothing(
    cast: Cast, sign_in: SignIn, client: Client, path: str, typed: dict[str, str]
) -> None:
    sign_in("olga@test.example")
    client.post("/account/sign-out/")
    client.post(path, typed)
    sign_in("pru@test.example")
    assert client.get("/account/unsent/").status_code == 302


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
    assert "Nora &lt;New&gt;" in strict.get("/account/unsent/").content.decode()


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", ""])
def test_a_forged_form_is_not_kept(
    strict: Client, path: str, typed: dict[str, str], origin: str
) -> None:
    headers = {"origin": origin} if origin else {}
    old = {**typed, "csrfmiddlewaretoken": "o" * 64}
    assert strict.post(path, old, headers=headers).status_code == 403
    assert not ParkedForm.objects.exists()


def test_an_old_page_of_somebody_else_is_kept_for_them_only(
    strict: Client, cast: Cast, path: str, typed: dict[str, str]
) -> None:
    strict.force_login(cast.pru)
    old = {**typed, "csrfmiddlewaretoken": "o" * 64}
    answer = strict.post(path, old, headers={"origin": HERE})
    assert "for the person who was signed in here" in answer.content.decode()
    assert strict.get("/account/unsent/").status_code == 302
    assert ParkedForm.objects.get().user_id == cast.olga.pk


def test_a_public_form_is_nobodys(strict: Client, cast: Cast) -> None:
    old = {"postcode": "M33 2RH", "csrfmiddlewaretoken": "o" * 64}
    strict.post("/who-to-contact/", old, headers={"origin": HERE})
    assert not ParkedForm.objects.exists()


def test_a_page_that_asked_by_itself_first_takes_nothing_away(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    """The background request finds that the session is over; what is sent next is kept all the
    same, and the sign-in says why."""
    assert olga.get("/account/", headers={"X-Background": "1"}).status_code == 401
    answer = olga.post(path, typed)
    assert answer["Location"] == "/account/sign-in/?why=idle&next=/account/unsent/"
    sign_in("olga@test.example")
    assert "Nora &lt;New&gt;" in olga.get("/account/unsent/").content.decode()

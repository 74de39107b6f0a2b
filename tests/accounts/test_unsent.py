"""Nothing typed is lost when the session ends while somebody sends it, and nobody else gets it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.accounts.models import Invitation, ParkedForm
from portal.accounts.parking import COOKIE, KEPT_AT_ONCE
from tests.accounts.conftest import SignIn
from tests.accounts.unsent_forms import waits
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 12, 8, 8, 30, tzinfo=UTC), tick=False) as traveller:
        yield traveller


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
    assert answer["Location"] == f"/account/sign-in/?why=idle&next={waits(olga)}"
    assert not Invitation.objects.exists()
    back = sign_in("olga@test.example", next=waits(olga))
    page = olga.get(back["Location"]).content.decode()
    assert "Nora &lt;New&gt;" in page
    assert f'action="{path}"' in page
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    again["name"] = again["name"].replace("&lt;", "<").replace("&gt;", ">")
    assert {name: again[name] for name in typed} == typed
    assert olga.post(path, again)["Location"] == "/account/people/"
    assert Invitation.objects.get().name == "Nora <New>"
    assert not ParkedForm.objects.exists(), "what was taken waits no more"


def test_nobody_else_gets_it_in_the_same_browser(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    olga.post(path, typed)
    sign_in("pru@test.example")
    for address in (waits(olga), "/account/unsent/"):
        assert olga.get(address, follow=True).redirect_chain[-1] == ("/", 302)


def test_the_same_person_gets_it_in_that_browser_only(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    olga.post(path, typed)
    other = Client()
    sign_in("olga@test.example", browser=other)
    assert other.get(waits(olga)).status_code == 302


def test_it_is_kept_as_long_as_a_sign_in_may_last(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str], clock: time_machine.Traveller
) -> None:
    olga.post(path, typed)
    clock.shift(timedelta(hours=11, minutes=59))
    sign_in("olga@test.example")
    assert olga.get(waits(olga)).status_code == 200
    clock.shift(timedelta(seconds=61))
    sign_in("olga@test.example")
    assert olga.get(waits(olga)).status_code == 302


def test_the_database_cannot_read_it(olga: Client, path: str, typed: dict[str, str]) -> None:
    olga.post(path, typed)
    row = ParkedForm.objects.get()
    cookie = next(each for name, each in olga.cookies.items() if name.startswith(COOKIE))
    token = cookie.value
    kept = f"{row.token_digest} {row.sealed}"
    assert token not in kept
    assert "nora" not in kept.lower()
    assert cookie["httponly"]


def test_it_can_be_thrown_away(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    olga.post(path, typed)
    sign_in("olga@test.example")
    assert olga.post(f"{waits(olga)}throw-away/").status_code == 302
    assert not ParkedForm.objects.exists()


def test_htmx_leads_there_too(olga: Client, path: str, typed: dict[str, str]) -> None:
    answer = olga.post(path, typed, HTTP_HX_REQUEST="true")
    assert answer.status_code == 401
    assert answer["HX-Redirect"].endswith(f"next={waits(olga)}")
    assert ParkedForm.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/account/password/", {"oldpassword": "one", "password1": "two"}),
        ("/account/people/invite/1/", {}),
    ],
    ids=["passwords", "nothing"],
)
def test_some_things_are_not_kept(olga: Client, address: str, fields: dict[str, object]) -> None:
    answer = olga.post(address, fields)
    assert answer["Location"] == "/account/sign-in/?why=idle"
    assert not ParkedForm.objects.exists()


def test_a_file_is_not_kept_and_the_pages_say_so(
    cast: Cast, clock: time_machine.Traveller, sign_in: SignIn, client: Client
) -> None:
    sign_in("alice@test.example")
    form = {"title": "Clinics of the hospital", "once": "a-key-of-this-form"}
    clock.shift(16 * 60)
    answer = client.post(
        "/account/calendars/file/", {**form, "file": SimpleUploadedFile("a.ics", b"x")}
    )
    assert answer["Location"] == f"/account/sign-in/?why=idle&lost=file&next={waits(client)}"
    assert (
        "The file that you were sending is not kept"
        in client.get(answer["Location"]).content.decode()
    )
    sign_in("alice@test.example")
    page = client.get(waits(client)).content.decode()
    assert "The file is not kept" in page
    assert "Clinics of the hospital" in page
    assert "Choose the file again" in page
    again = client.post("/account/calendars/file/", {**form, "unsent_key": "x"}).content.decode()
    assert 'value="Clinics of the hospital"' in again
    assert "There is a problem" in again


def test_a_file_alone_is_said_too(olga: Client) -> None:
    answer = olga.post(
        "/account/calendars/1/file/",
        {"file": SimpleUploadedFile("a.ics", b"x")},
        headers={"referer": "http://testserver/account/calendars/1/"},
    )
    page = olga.get(answer["Location"]).content.decode()
    assert "The file that you were sending is not kept" in page
    assert 'name="next" value="/account/calendars/1/"' in page


@pytest.mark.parametrize("fragment", [False, True], ids=["a page", "a fragment"])
def test_it_may_be_as_long_as_the_portal_reads(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str], *, fragment: bool
) -> None:
    name = "é" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 6 - 100)
    headers = {"hx-request": "true"} if fragment else {}
    body = urlencode({**typed, "name": name})
    olga.post(path, body, content_type="application/x-www-form-urlencoded", headers=headers)
    sign_in("olga@test.example")
    assert name in olga.get(waits(olga)).content.decode()


def both_tabs(browser: Client, path: str, typed: dict[str, str]) -> list[str]:
    """Two pages that were open are sent after the end; where each waits."""
    kept = []
    for name in ("Nora One", "Nora Two"):
        assert browser.post(path, {**typed, "once": f"key-of-{name}", "name": name})
        kept.append(waits(browser))
    return kept


def test_two_tabs_lose_nothing(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    kept = both_tabs(olga, path, typed)
    back = sign_in("olga@test.example")
    assert back["Location"] == "/account/unsent/", "whichever tab is still there"
    several = olga.get("/account/unsent/").content.decode()
    for address, name in zip(kept, ("Nora One", "Nora Two"), strict=True):
        assert f'href="{address}"' in several
        page = olga.get(address).content.decode()
        assert name in page
        assert "1 other form of yours waits here too" in page
    olga.post(f"{kept[0]}throw-away/")
    assert olga.get("/account/unsent/")["Location"] == kept[1]
    assert "other form" not in olga.get(kept[1]).content.decode()


def test_one_that_is_refused_waits_on(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    olga.post(path, {**typed, "email": "no address"})
    sign_in("olga@test.example")
    again = {**typed, "email": "no address", "unsent_key": waits(olga).split("/")[-2]}
    assert "There is a problem" in olga.post(path, again).content.decode()
    assert olga.get(waits(olga)).status_code == 200


def test_somebody_else_takes_nothing_away(
    olga: Client, cast: Cast, path: str, typed: dict[str, str]
) -> None:
    olga.post(path, typed)
    olga.force_login(cast.pru)
    olga.post("/account/still-here/", {"unsent_key": waits(olga).split("/")[-2]})
    olga.post(f"{waits(olga)}throw-away/")
    assert ParkedForm.objects.get().user_id == cast.olga.pk


def test_the_ten_newest_are_kept(
    olga: Client, sign_in: SignIn, cast: Cast, path: str, typed: dict[str, str]
) -> None:
    for number in range(KEPT_AT_ONCE + 2):
        olga.post(path, {**typed, "name": f"Nora {number:02}"})
    held = [name for name, each in olga.cookies.items() if name.startswith(COOKIE) and each.value]
    assert len(held) == ParkedForm.objects.count() == KEPT_AT_ONCE
    sign_in("olga@test.example")
    page = olga.get("/account/unsent/").content.decode()
    assert "Nora 01" not in page
    assert "Nora 02" in page
    assert "Nora 11" in page


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
    page = olga.get(waits(olga)).content.decode()
    assert "<dt>Job title" in page
    assert '<dd class="cg-message__text">Social worker</dd>' in page
    assert "social-worker</dd>" not in page
    assert "a-key-of-this-form</dd>" not in page


def test_a_page_that_asked_by_itself_first_takes_nothing_away(
    olga: Client, sign_in: SignIn, path: str, typed: dict[str, str]
) -> None:
    """The background request finds that the session is over; what is sent next is kept all the
    same, and the sign-in says why."""
    assert olga.get("/account/", headers={"X-Background": "1"}).status_code == 401
    answer = olga.post(path, typed)
    assert answer["Location"] == f"/account/sign-in/?why=idle&next={waits(olga)}"
    sign_in("olga@test.example")
    assert "Nora &lt;New&gt;" in olga.get(waits(olga)).content.decode()

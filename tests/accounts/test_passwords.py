"""Forgotten, changed and confirmed passwords."""

import re

import pytest
from django.test import Client

from portal.notifications.kinds import unsealed
from portal.notifications.models import Notification
from tests.accounts.conftest import SignIn
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
NEW = "three other words"


def _ask(client: Client, email: str) -> str:
    answer = client.post("/account/password/forgotten/", {"email": email}, follow=True)
    assert answer.status_code == 200
    return re.sub(r'value="\w{64}"', "", answer.content.decode())


def _link() -> str:
    mail = Notification.objects.filter(kind="account.password-reset").latest("pk")
    return unsealed(mail.kind, mail.facts)["link"].removeprefix("http://127.0.0.1:8000")


def test_known_and_unknown_addresses_get_the_same_answer(cast: Cast, client: Client) -> None:
    known = _ask(client, "sam@test.example")
    assert known == _ask(Client(), "nobody@test.example")
    assert "If there is an account with that address" in known
    assert [n.address for n in Notification.objects.all()] == ["sam@test.example"]


def test_the_link_sets_a_new_password_once(cast: Cast, client: Client, sign_in: SignIn) -> None:
    _ask(client, "Sam@test.example")
    link = _link()
    browser = Client()
    page = browser.get(link, follow=True)
    # The key does not stay in the address.
    assert page.redirect_chain == [(re.sub(r"-.*/$", "-set-password/", link), 302)]
    address = page.redirect_chain[0][0]
    weak = browser.post(address, {"password1": "short"})
    assert "at least 12 characters" in weak.content.decode()
    done = browser.post(address, {"password1": NEW})
    assert done["Location"] == "/account/password/chosen/"
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()
    assert sign_in("sam@test.example", PASSWORD).status_code == 200
    assert sign_in("sam@test.example", NEW).status_code == 302


def test_a_new_password_ends_the_other_sessions(cast: Cast, client: Client, as_) -> None:
    elsewhere = as_("sam")
    assert elsewhere.get("/account/").status_code == 200
    _ask(client, "sam@test.example")
    browser = Client()
    address = browser.get(_link(), follow=True).redirect_chain[0][0]
    browser.post(address, {"password1": NEW})
    assert elsewhere.get("/account/").status_code == 302


def test_a_bent_link_says_so_calmly(cast: Cast, client: Client) -> None:
    page = client.get("/account/password/new/1-nonsense/")
    assert page.status_code == 200
    assert "This link no longer works" in page.content.decode()


def test_whoever_has_left_gets_no_link(cast: Cast, client: Client) -> None:
    cast.sam.is_active = False
    cast.sam.save()
    _ask(client, "sam@test.example")
    assert not Notification.objects.exists()


def test_an_address_is_mailed_five_times_a_minute_at_most(cast: Cast, client: Client) -> None:
    statuses = [
        Client().post("/account/password/forgotten/", {"email": "sam@test.example"}).status_code
        for _ in range(6)
    ]
    assert statuses == [302] * 5 + [429]
    assert Notification.objects.count() == 5


def test_too_many_is_a_calm_page(cast: Cast) -> None:
    for _ in range(6):
        answer = Client().post("/account/password/forgotten/", {"email": "sam@test.example"})
    assert "Too many tries" in answer.content.decode()


def test_changing_it_tells_the_owner_by_mail(cast: Cast, sign_in: SignIn, client: Client) -> None:
    sign_in("sam@test.example")
    answer = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": NEW})
    assert answer["Location"] == "/account/"
    page = client.get("/account/").content.decode()
    assert "Your password has been changed." in page
    mail = Notification.objects.get(kind="account.mail")
    body = unsealed(mail.kind, mail.facts)["body"]
    assert (mail.address, mail.facts["subject"]) == (
        "sam@test.example",
        "Your password was changed",
    )
    assert "Sam" not in body
    assert "If it was not you, choose a new password now" in body


def test_the_old_one_is_needed(cast: Cast, sign_in: SignIn, client: Client) -> None:
    sign_in("sam@test.example")
    page = client.post("/account/password/", {"oldpassword": "wrong", "password1": NEW})
    assert '<a href="#id_oldpassword">Enter the password that you use now</a>' in (
        page.content.decode()
    )

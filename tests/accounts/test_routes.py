"""Of allauth's pages exactly those are there that have a template of ours."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portal.accounts import mail
from portal.accounts.adapter import DONE
from tests.accounts.conftest import SignIn, give_app
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
TEMPLATES = Path(settings.BASE_DIR) / "templates"
OURS = ("account/", "mfa/", "usersessions/")
# Answer with a redirect or with JSON, never with a page.
PAGELESS = {"mfa_login_webauthn"}


def _patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for each in resolver.url_patterns:
        found += _patterns(each) if isinstance(each, URLResolver) else [each]
    return found


def _allauth() -> dict[str, URLPattern]:
    """Every route whose view is allauth's, or is made from one of its classes."""
    routes = {}
    for pattern in _patterns(get_resolver()):
        made_of = getattr(pattern.callback, "view_class", None)
        modules = [c.__module__ for c in made_of.__mro__] if made_of else []
        modules.append(pattern.callback.__module__)
        if any(module.startswith("allauth.") for module in modules):
            routes[str(pattern.name)] = pattern
    return routes


def _template_of(pattern: URLPattern) -> str | None:
    return getattr(pattern.callback.view_class, "template_name", None)


def test_exactly_these_are_routed() -> None:
    assert set(_allauth()) == {
        *("account_login", "account_logout", "account_inactive", "account_reauthenticate"),
        *("account_change_password", "account_set_password", "account_reset_password"),
        *("account_reset_password_done", "account_reset_password_from_key"),
        *("account_reset_password_from_key_done", "usersessions_list"),
        *("mfa_index", "mfa_authenticate", "mfa_reauthenticate"),
        *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes"),
        *("mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
        *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_login_webauthn", "mfa_edit_webauthn"),
        *("mfa_reauthenticate_webauthn", "mfa_remove_webauthn"),
    }


@pytest.mark.parametrize("name", sorted(set(_allauth()) - PAGELESS))
def test_its_template_is_ours(name: str) -> None:
    template = _template_of(_allauth()[name])
    assert template
    assert (TEMPLATES / template).is_file()
    assert get_template(template).backend.name == "jinja"


def test_no_template_lies_there_unused() -> None:
    routed = {_template_of(p) for p in _allauth().values()}
    there = {
        p.relative_to(TEMPLATES).as_posix()
        for d in ("mfa", "usersessions")
        for p in (TEMPLATES / d).rglob("*.*")
    }
    assert there <= routed


def test_every_mail_and_message_of_allauth_has_our_words() -> None:
    spec = find_spec("allauth")
    assert spec
    assert spec.origin
    shipped = Path(spec.origin).parent / "templates"
    said = {p.relative_to(shipped).as_posix() for p in shipped.glob("*/messages/*.txt")}
    assert set(DONE) <= said
    mails = {
        p.relative_to(shipped).as_posix().removesuffix("_subject.txt")
        for p in shipped.glob("*/email/*_subject.txt")
    }
    assert set(mail.NOTICES) <= mails
    # Every second-step mail that there is, so that a new one of allauth's is not lost.
    assert {name for name in mails if name.startswith("mfa/")} <= set(mail.NOTICES)


# --- every page, seen ---
def _get(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.get("Location"))
    page = answer.content.decode()
    assert page.count("<h1") == 1, name
    assert "{{" not in page
    return page


def test_pages_for_strangers(client: Client) -> None:
    for name in (
        *("account_login", "account_inactive", "account_reset_password"),
        *("account_reset_password_done", "account_reset_password_from_key_done"),
    ):
        _get(client, name)
    _get(client, "account_reset_password_from_key", "1", "nonsense")


def test_pages_of_somebody_without_a_second_step(
    cast: Cast, sign_in: SignIn, client: Client
) -> None:
    sign_in("sam@test.example")
    for name in (
        *("account", "account_logout", "account_change_password", "account_reauthenticate"),
        *("usersessions_list", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
        "mfa_list_webauthn",
    ):
        _get(client, name)
    page = client.get(reverse("mfa_generate_recovery_codes"))
    assert page.status_code == 200


def test_pages_of_somebody_with_one(cast: Cast, as_, client: Client) -> None:
    give_app(cast.sam)
    key = Authenticator.objects.create(
        user=cast.sam, type="webauthn", data={"name": "My phone", "credential": {}}
    )
    sam = as_("sam")
    confirm = {"password": PASSWORD}
    sam.post(reverse("account_reauthenticate"), confirm)
    for name in (
        *("account", "mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes"),
        *("mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_reauthenticate"),
    ):
        _get(sam, name)
    assert "Remove My phone?" in _get(sam, "mfa_remove_webauthn", key.pk)
    assert "Rename a passkey" in _get(sam, "mfa_edit_webauthn", key.pk)
    text = sam.get(reverse("mfa_download_recovery_codes"))
    assert text["Content-Type"].startswith("text/plain")
    assert len(text.content.decode().split()) > 10


def test_somebody_without_a_password_sets_one(cast: Cast, as_) -> None:
    cast.sam.set_unusable_password()
    cast.sam.save()
    sam = as_("sam")
    assert sam.get("/account/password/")["Location"] == "/account/password/set/"
    _get(sam, "account_set_password")


BENT = ("", "{}", "[]", "null", "1", '"a"', '{"response": 1}', '{"response": {}}')


def test_bent_passkeys_are_refused_and_nothing_breaks(cast: Cast, client: Client) -> None:
    for sent in BENT:
        client.get("/account/passkeys/sign-in/", HTTP_ACCEPT="application/json")
        answer = client.post("/account/passkeys/sign-in/", {"credential": sent})
        assert answer["Location"] == "/account/sign-in/?why=passkey", sent
    assert "Your passkey was not accepted" in client.get(answer["Location"]).content.decode()


def test_bent_new_passkeys_are_refused_too(cast: Cast, sign_in: SignIn, client: Client) -> None:
    sign_in("sam@test.example")
    for sent in BENT:
        client.get("/account/passkeys/add/")
        answer = client.post("/account/passkeys/add/", {"name": "Phone", "credential": sent})
        assert answer.status_code == 200, sent
        assert "There is a problem" in answer.content.decode()
    assert not Authenticator.objects.filter(user=cast.sam).exists()


def test_bent_passkeys_as_second_step(cast: Cast, sign_in: SignIn, client: Client) -> None:
    give_app(cast.sam)
    sign_in("sam@test.example")
    for sent in BENT[:4]:
        client.get("/account/second-step/code/")
        answer = client.post("/account/second-step/code/", {"credential": sent})
        assert answer.status_code == 200, sent

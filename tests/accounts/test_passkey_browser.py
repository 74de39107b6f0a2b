"""A passkey from making it to losing it, in Chromium with an authenticator of its own."""

import os
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections
from playwright.sync_api import CDPSession, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = os.environ.get("PORTAL_CHROMIUM") or "/usr/bin/chromium"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A tab whose errors fail the test."""
    # Playwright keeps an event loop in this thread; the portal answers from another.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        problems: list[str] = []
        tab.on("pageerror", lambda error: problems.append(str(error)))
        tab.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        yield tab
        browser.close()
        # Inside Playwright's loop Django keeps connections of their own: nobody else closes them.
        connections.close_all()
    assert problems == []


@pytest.fixture
def device(page: Page) -> tuple[CDPSession, str]:
    """A device that keeps passkeys and recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def _given_sam_is_signed_in(page: Page, portal: str) -> None:
    page.goto(f"{portal}/account/sign-in/?next=/account/")
    page.get_by_label("Email address").fill("sam@test.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _when_a_passkey_is_made(page: Page, portal: str) -> None:
    page.goto(f"{portal}/account/passkeys/add/")
    page.get_by_label("What to call it").fill("My phone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def _when_signed_out(page: Page, portal: str) -> None:
    page.goto(f"{portal}/account/sign-out/")
    page.get_by_role("button", name="Yes, sign out").click()
    page.wait_for_url(lambda url: "sign-out" not in url)


def _then_sams_account_is_open(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    expect(page.get_by_role("main")).to_contain_text("sam@test.example")


def test_a_passkey_signs_in_and_confirms(
    cast: Cast, live_server: LiveServer, page: Page, device: tuple[CDPSession, str]
) -> None:
    portal = live_server.url
    _given_sam_is_signed_in(page, portal)
    _when_a_passkey_is_made(page, portal)
    kept = Authenticator.objects.get(user=cast.sam, type="webauthn").wrap()
    assert (kept.name, kept.is_passwordless) == ("My phone", True)

    # alone, in place of the password
    _when_signed_out(page, portal)
    page.goto(f"{portal}/account/sign-in/?next=/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    _then_sams_account_is_open(page)

    # after the password
    _when_signed_out(page, portal)
    _given_sam_is_signed_in(page, portal)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    page.get_by_role("button", name="Use your passkey").click()
    _then_sams_account_is_open(page)

    # to confirm that it is still Sam
    page.goto(f"{portal}/account/passkeys/confirm/?next=/account/")
    page.get_by_role("button", name="Use your passkey").click()
    _then_sams_account_is_open(page)


def test_a_device_without_the_passkey_says_what_to_do(
    cast: Cast, live_server: LiveServer, page: Page, device: tuple[CDPSession, str]
) -> None:
    portal = live_server.url
    session, authenticator = device
    _given_sam_is_signed_in(page, portal)
    _when_a_passkey_is_made(page, portal)
    _when_signed_out(page, portal)
    session.send("WebAuthn.clearCredentials", {"authenticatorId": authenticator})
    page.goto(f"{portal}/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Nothing was chosen, or it took too long. Try again."
    )


def test_a_passkey_that_the_portal_forgot_is_refused(
    cast: Cast, live_server: LiveServer, page: Page, device: tuple[CDPSession, str]
) -> None:
    portal = live_server.url
    _given_sam_is_signed_in(page, portal)
    _when_a_passkey_is_made(page, portal)
    _when_signed_out(page, portal)
    Authenticator.objects.filter(user=cast.sam).delete()
    page.goto(f"{portal}/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Your passkey was not accepted.")).to_be_visible()

"""Signing in the way people do: through the page."""

from collections.abc import Callable

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from portal.accounts.models import User
from tests.accounts.unsent_forms import TYPED
from tests.cast import PASSWORD, Cast

SignIn = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def _no_counts_from_other_tests(db: None) -> None:
    """Rate limits are kept in the database's cache, which is part of the test's transaction."""
    cache.clear()


@pytest.fixture
def sign_in(client: Client) -> SignIn:
    """`sign_in("sam@test.example")`: the answer of the sign-in page, following nothing."""

    def through_the_page(
        email: str, password: str = PASSWORD, *, browser: Client = client, **more: str
    ) -> HttpResponse:
        fields = {"login": email, "password": password, **more}
        address = more.pop("address", "10.1.1.1")
        return browser.post("/account/sign-in/", fields, REMOTE_ADDR=address)

    return through_the_page


def code_now(secret: str, at: float) -> str:
    """What an authenticator app shows at a moment (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, int(at) // 30))


def give_app(user: User) -> str:
    """Give somebody an authenticator app and recovery codes: the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


@pytest.fixture
def path(cast: Cast) -> str:
    """Where the form of tests/accounts/unsent_forms.py goes."""
    return f"/account/people/invite/{cast.organisations['trafford'].pk}/"


@pytest.fixture
def typed(cast: Cast) -> dict[str, str]:
    """What is typed into it."""
    return {**TYPED, "team": str(cast.teams["hub"].pk)}

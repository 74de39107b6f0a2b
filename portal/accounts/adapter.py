"""What allauth asks of us: sign-up is closed, the words are ours, mail goes through the outbox."""

import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from portal.accounts import mail, parking, second_step, sessions
from portal.accounts.access import reader_for
from portal.accounts.models import User
from portal.core import sealing

logger = logging.getLogger(__name__)

# What a page says after something was done, by allauth's name for it. The others say nothing.
DONE = {
    "account/messages/logged_out.txt": "You are signed out.",
    "account/messages/password_changed.txt": "Your password has been changed.",
    "account/messages/password_set.txt": "Your password has been set.",
    "mfa/messages/recovery_codes_generated.txt": "New recovery codes have been made.",
    "mfa/messages/totp_activated.txt": "Your authenticator app has been added.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app has been removed.",
    "mfa/messages/webauthn_added.txt": "Your passkey has been added.",
    "mfa/messages/webauthn_removed.txt": "The passkey has been removed.",
    "usersessions/messages/sessions_logged_out.txt": "You are signed out everywhere else.",
}


class AccountAdapter(DefaultAccountAdapter):
    """By invitation only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed.",
        "email_password_mismatch": "The email address or the password is not right",
        "enter_current_password": "Enter the password that you use now",
        "incorrect_code": "The code is not right, or is no longer valid",
        "incorrect_password": "The password is not right",
        "invalid_password_reset": "This link has been used already, or is no longer valid",
        "rate_limited": "There were too many tries. Wait 5 minutes, then try again",
        "too_many_login_attempts": "There were too many tries. Wait 5 minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home, or to what somebody was sending when their session ended: their tab may be gone."""
        if parking.anything_waits(request):
            return reverse("account-unsent")
        return super().get_login_redirect_url(request)  # type: ignore[no-any-return]

    def login(self, request: HttpRequest, user: User) -> None:  # type: ignore[override]
        """Sign in, and start the clocks of the session."""
        super().login(request, user)
        administrator = reader_for(user).is_administrator
        sessions.begin(request.session, administrator=administrator)
        logger.info("signed in", extra={"event": "sign-in", "outcome": "signed in"})

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong address or password: counted in the logs, without either."""
        logger.info("sign-in refused", extra={"event": "sign-in", "outcome": "refused"})

    def reauthenticate(self, user: User, password: str) -> bool:  # type: ignore[override]
        """Whether it is the user's password. Ours sign in with the address on the account."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not straight after signing in: nobody types a password twice in five minutes."""
        records = get_authentication_records(context.request, context.request.user)
        latest = max((record["at"] for record in records), default=0)
        if time.time() - latest < REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a new password: back to the account."""
        return reverse("account")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was done in our words; what we have no words for is not said."""
        if sentence := DONE.get(message_template or ""):
            messages.add_message(request, messages.SUCCESS, sentence)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one mail that is not about something done: the link to a new password."""
        if template_prefix != "account/email/password_reset_key":
            raise NotImplementedError(f"There are no words for the mail {template_prefix}.")
        key = f"{context['uid']}-{context['key']}"
        pattern = {"uidb36": "UID", "key": "KEY"}
        path = reverse("account_reset_password_from_key", kwargs=pattern)
        mail.send_password_reset(context["user"], path.replace("UID-KEY", key))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,  # type: ignore[override]
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner of the account what was done with it."""
        mail.send_notice(user, template_prefix)


class SecondStepAdapter(DefaultMFAAdapter):
    """Authenticator apps and passkeys."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": (
            "This is your only second step, and you need one. Add another one first."
        ),
        "cannot_generate_recovery_codes": (
            "Recovery codes stand in for a second step: add an authenticator app or a passkey first"
        ),
        "incorrect_code": "The code is not right, or is no longer valid",
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one where a second step is required."""
        return second_step.may_remove(authenticator)

    def encrypt(self, text: str) -> str:
        """Secrets of authenticator apps and recovery codes are sealed in the database."""
        return sealing.seal(text, purpose="second step")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return sealing.unseal(encrypted_text, purpose="second step")

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # type: ignore[override]
        """What a new passkey is called until its owner calls it something else."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Who a passkey is for, as the browser shows it."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Common Ground"}

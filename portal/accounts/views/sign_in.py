"""Signing in, and what is signed in where."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from allauth.usersessions.views import ListUserSessionsView
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.accounts.demonstration import demonstration_sign_ins
from portal.accounts.presenters import NOT_KEPT, SIGN_IN_NOTICES, sign_in_rows

PASSKEY_REFUSED = "?why=passkey"


class SignInView(LoginView):
    """Address and password; a wrong address and a wrong password get the same answer."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why the reader has to sign in, and who can in a demonstration."""
        context = super().get_context_data(**kwargs)
        asked = self.request.GET
        context["notice"] = SIGN_IN_NOTICES.get(asked.get("why", ""), "")
        context["not_kept"] = NOT_KEPT.get(asked.get("lost", ""), "")
        context["demonstration_sign_ins"] = demonstration_sign_ins()
        return context

    def form_invalid(self, form: Form) -> HttpResponse:
        """The page again; 429 when it was tried too often."""
        response = super().form_invalid(form)
        if form.has_error("__all__", "too_many_login_attempts"):
            response.status_code = 429
        return response


class PasskeySignInView(LoginWebAuthnView):
    """A passkey instead of a password. GET answers JSON to static/cg/passkey.js."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Back to the sign-in page, which says so."""
        return HttpResponseRedirect(reverse("account_login") + PASSKEY_REFUSED)


class ConfirmByPasskeyView(ReauthenticateWebAuthnView):
    """A passkey once more, before something that matters."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """The page again, with what went wrong."""
        return self.render_to_response({**self.get_context_data(), "form": form})


class SignInsView(ListUserSessionsView):
    """Where the reader is signed in; the button ends all but this one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those that still run, as rows."""
        context = super().get_context_data(**kwargs)
        context["rows"] = sign_in_rows(context["sessions"])
        return context

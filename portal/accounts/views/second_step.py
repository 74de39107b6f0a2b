"""Removing a passkey, but not the last second step where one is required."""

from typing import Any

from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.forms import Form
from django.http import HttpResponse

from portal.accounts import second_step


class RemovePasskeyView(RemoveWebAuthnView):
    """Asks, then removes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether it may go at all."""
        context = super().get_context_data(**kwargs)
        return {**context, "removable": second_step.may_remove(self.object)}

    def form_valid(self, form: Form) -> HttpResponse:
        """Remove it; the page again where it must stay."""
        if not second_step.may_remove(self.object):
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

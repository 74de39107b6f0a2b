"""Forms about accounts. Those of allauth keep its checks and get our fields and words."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from portal.accounts.models import Team, User
from portal.accounts.roles import ORGANISATION_WIDE, ROLE_NAMES, Role
from portal.core.references import new_opaque_id
from portal.ui.forms import (
    EmailField,
    Form,
    HiddenField,
    Look,
    PasswordField,
    RadiosField,
    SelectField,
    TextField,
)

NEW_PASSWORD_HINT = "At least 12 characters. Three random words are easy to remember."  # noqa: S105
WHOLE = "The organisation as a whole"
NO_ANSWER = "Your device did not answer. Try again."


class NewPasswordField(PasswordField):
    """A password that is chosen now. allauth sets `user`, whose name it may not resemble."""

    user: User | None = None

    def __init__(self, label: str = "New password") -> None:
        super().__init__(
            label,
            hint=NEW_PASSWORD_HINT,
            missing="Choose a password",
            look=Look(autocomplete="new-password"),
        )

    def clean(self, value: Any) -> str:
        """The password; raises ValidationError for a weak one."""
        return get_adapter().clean_password(super().clean(value), user=self.user)


def _own_password(label: str = "Password") -> PasswordField:
    return PasswordField(
        label, missing="Enter your password", look=Look(autocomplete="current-password")
    )


def _code(label: str, hint: str) -> TextField:
    look = Look(width=10, inputmode="numeric", autocomplete="one-time-code", spellcheck=False)
    return TextField(label, limit=20, hint=hint, missing="Enter the code", look=look)


# --- signing in ---
class SignInForm(account.LoginForm, Form):
    """Address and password."""

    password = _own_password()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailField(
            missing="Enter your email address", look=Look(autocomplete="username", width=30)
        )


class ConfirmPasswordForm(account.ReauthenticateForm, Form):
    """The password again, before something that matters."""

    password = _own_password()


class ForgottenPasswordForm(account.ResetPasswordForm, Form):
    """The address that a link is to be sent to."""

    email = EmailField(missing="Enter your email address", look=Look(width=30))


class NewPasswordForm(account.ResetPasswordKeyForm, Form):
    """A new password, by the link from a mail. Typed once: it can be shown."""

    password1 = NewPasswordField()
    password2 = None


class SetPasswordForm(account.SetPasswordForm, Form):
    """A first password, for somebody who had none."""

    password1 = NewPasswordField("Password")
    password2 = None


class ChangePasswordForm(account.ChangePasswordForm, Form):
    """A new password in place of the old one."""

    oldpassword = _own_password("The password that you use now")
    password1 = NewPasswordField()
    password2 = None


# --- the second step ---
class SecondStepForm(mfa.AuthenticateForm, Form):
    """The code after the password."""

    code = _code("Code", "6 digits from your authenticator app, or one of your recovery codes")


class ConfirmCodeForm(mfa.ReauthenticateForm, Form):
    """A code again, before something that matters."""

    code = _code("Code", "6 digits from your authenticator app, or one of your recovery codes")


class ActivateAppForm(ActivateTOTPForm, Form):
    """The first code of a new authenticator app."""

    code = _code("Code from the app", "6 digits; the app shows new ones every 30 seconds")


class AddPasskeyForm(AddWebAuthnForm, Form):
    """A name for the passkey that the browser has just made (static/cg/passkey.js)."""

    name = TextField(
        "What to call it",
        limit=60,
        hint="For instance where it is kept: “my phone”, “my security key”",
        required=False,
        look=Look(width=20),
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput, error_messages={"required": NO_ANSWER, "invalid": NO_ANSWER}
    )
    # Every passkey of ours may sign in alone, because it asks for a finger, a face or a PIN.
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True, required=False)


class RenamePasskeyForm(EditWebAuthnForm, Form):
    """Another name for a passkey."""

    name = TextField("What to call it", limit=60, missing="Enter a name", look=Look(width=20))


# --- other people's accounts ---
class AcceptForm(Form):
    """The password of an account that opens now."""

    password = NewPasswordField("Choose a password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        if isinstance(field, NewPasswordField):
            field.user = user


class InviteForm(Form):
    """Who is to join which team, as what."""

    once = HiddenField(limit=64, initial=new_opaque_id)
    name = TextField("Name", limit=120, missing="Enter their name", look=Look(width=20))
    job_title = TextField(
        "Job title",
        limit=80,
        hint="What colleagues read beside the name: “GP”, “Social worker”",
        required=False,
        look=Look(width=20),
    )
    email = EmailField(
        missing="Enter their email address",
        hint="Their own work address: the link that opens the account goes there",
        look=Look(width=30),
    )
    team = SelectField("Team", choices=(), empty=WHOLE, required=False)
    role = RadiosField(
        "Role",
        choices=[(role.value, ROLE_NAMES[role].capitalize()) for role in Role],
        missing="Choose the role",
    )

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._teams = {str(team.pk): team for team in teams}
        field = self.fields["team"]
        if isinstance(field, SelectField):
            field.choices = [("", WHOLE), *((pk, t.name) for pk, t in self._teams.items())]

    def clean_team(self) -> Team | None:
        """The team itself."""
        return self._teams.get(self.cleaned_data["team"])

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        """A role that is held in a team needs one."""
        cleaned = super().clean() or self.cleaned_data
        role = cleaned.get("role")
        if role and cleaned.get("team") is None and role not in ORGANISATION_WIDE:
            self.add_error("team", f"Choose the team: “{ROLE_NAMES[role]}” is a role in a team")
        return cleaned

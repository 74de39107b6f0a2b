"""Mails about accounts. They go through the outbox, so no request waits for a mail server."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from portal.accounts.desks import desk_of_organisation, desk_of_team, desk_of_user
from portal.accounts.models import Invitation, MailboxRequest, User
from portal.core.clock import now
from portal.core.references import new_opaque_id
from portal.notifications.actions import Recipient, tell
from portal.ui.words import short_when

# What has happened to an account, by the name that allauth gives to the mail about it.
NOTICES = {
    "account/email/password_changed": "Your password was changed",
    "account/email/password_reset": "Your password was changed",
    "account/email/password_set": "A password was set",
    "mfa/email/recovery_codes_generated": "New recovery codes were made",
    "mfa/email/totp_activated": "An authenticator app was added",
    "mfa/email/totp_deactivated": "Your authenticator app was removed",
    "mfa/email/webauthn_added": "A passkey was added",
    "mfa/email/webauthn_removed": "A passkey was removed",
}


@transaction.atomic
def send_invitation(invitation: Invitation, token: str) -> None:
    """The link that opens an account; kept in the outbox only until it is sent."""
    tell(
        event=f"invitation {invitation.pk}",
        kind="account.invited",
        recipients=[
            Recipient.mailbox(invitation.email, desk_of_organisation(invitation.organisation_id))
        ],
        facts={
            "link": invitation_address(token),
            "team": (invitation.team or invitation.organisation).name,
            "by": short_when(invitation.expires_at),
        },
        path="",
    )


@transaction.atomic
def send_mailbox_code(request: MailboxRequest, code: str) -> None:
    """The code that shows that a team's mailbox is the one that was meant."""
    tell(
        event=f"mailbox request {request.pk}",
        kind="account.mailbox-code",
        recipients=[Recipient.mailbox(request.address, desk_of_team(request.team_id))],
        facts={
            "code": code,
            "team": request.team.name,
            "by": short_when(request.expires_at),
        },
        path="",
    )


@transaction.atomic
def send_password_reset(user: User, path: str) -> None:
    """The link to choosing a new password."""
    by = now() + settings.PASSWORD_RESET_VALID_FOR
    tell(
        event=f"password reset {new_opaque_id()}",
        kind="account.password-reset",
        recipients=[Recipient.mailbox(user.email, desk_of_user(user.pk))],
        facts={"link": settings.BASE_URL + path, "by": short_when(by)},
        path="",
    )


@transaction.atomic
def send_notice(user: User, prefix: str) -> None:
    """Tell the owner of an account what has just been done with it; unknown names say nothing."""
    what = NOTICES.get(prefix)
    if not what:
        return
    forgotten = settings.BASE_URL + reverse("account_reset_password")
    body = (
        f"{what} on your Common Ground account: {short_when(now())}.\n\n"
        "If this was you, there is nothing to do.\n\n"
        f"If it was not you, choose a new password now: {forgotten}\n"
        "Then tell the person who looks after accounts in your organisation."
    )
    tell(
        event=f"account notice {new_opaque_id()}",
        kind="account.mail",
        recipients=[Recipient.mailbox(user.email, desk_of_user(user.pk))],
        facts={"subject": what, "body": body},
        path="",
    )


def invitation_address(token: str) -> str:
    """Where an invitation is accepted, for a mail or the command line."""
    return settings.BASE_URL + reverse("account-invitation", args=[token])

"""Whether somebody has a second step (an authenticator app or a passkey), asked once a session."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from portal.accounts.models import User

SEEN = "second_step"
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

# What can be reached on the way to a second step: the set-up itself, and the way out.
OPEN_WITHOUT = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "account-still-here",
        "account-time-left",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


def exists_for(user: User, *, besides: Authenticator | None = None) -> bool:
    """Whether the user has a second step (other than one that is about to go)."""
    found = Authenticator.objects.filter(user=user, type__in=KINDS)
    return found.exclude(pk=besides.pk).exists() if besides else found.exists()


def is_set_up(request: HttpRequest) -> bool:
    """Whether the signed-in user has one; once seen, the session remembers.

    It may remember, because the last one cannot be removed where one is required
    (SecondStepAdapter), and `reset_second_step` ends every session.
    """
    if request.session.get(SEEN):
        return True
    if not isinstance(request.user, User) or not exists_for(request.user):
        return False
    request.session[SEEN] = True
    return True


def may_remove(authenticator: Authenticator) -> bool:
    """Whether an authenticator may go: not the last one where a second step is required."""
    if not settings.SECOND_FACTOR_REQUIRED or authenticator.type not in KINDS:
        return True
    return exists_for(authenticator.user, besides=authenticator)

"""What was being sent when the session ended is kept for half an hour, for the same person.

The fields are sealed with a key that is made from SECRET_KEY and from a random token which only
the browser has: neither the database nor another browser can read them.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from portal.accounts.models import ParkedForm, User
from portal.accounts.sessions import Ended
from portal.api.actions import digest_of
from portal.core import sealing
from portal.core.clock import now

COOKIE = "portal_unsent"
WAS_COOKIE = "portal_was"
KEPT_FOR = timedelta(minutes=30)
LARGEST = 200_000  # bytes
PURPOSE, WAS_PURPOSE = "parked form", "who was signed in"
# A page that was left open can be no older than the longest session.
WAS_FOR = timedelta(hours=12)
# Forms about signing in are never kept.
_SIGNING_IN = ("account_", "mfa_")
_SECRETS = ("password", "credential")
_LEFT_OUT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Unsent:
    """A form that waits to be sent again."""

    path: str
    fields: tuple[tuple[str, str], ...]


def park(request: HttpRequest, *, user_id: int) -> str:
    """Keep the form of this request for the user; the token, or "" when it is not for keeping."""
    fields = _fields_of(request)
    text = json.dumps({"path": request.get_full_path(), "fields": fields})
    if not fields or len(text.encode()) > LARGEST:
        return ""
    token = secrets.token_urlsafe(32)
    moment = now()
    ParkedForm.objects.filter(expires_at__lte=moment).delete()
    ParkedForm.objects.create(
        user_id=user_id,
        token_digest=digest_of(token),
        sealed=sealing.seal(text, purpose=PURPOSE, secret=token),
        expires_at=moment + KEPT_FOR,
    )
    return token


class Was(NamedTuple):
    """Whoever was signed in to this browser last, and why that ended (None: they signed out)."""

    user_id: int
    why: Ended | None


def remember(response: HttpResponse, was: Was) -> None:
    """Keep in the browser who has just been signed out of it: a page left open may be theirs."""
    text = f"{was.user_id} {was.why or ''}"
    _set_cookie(response, WAS_COOKIE, sealing.seal(text, purpose=WAS_PURPOSE), WAS_FOR)


def who_was(request: HttpRequest) -> Was | None:
    """Who that was; None where nobody was, or too long ago."""
    sealed = request.COOKIES.get(WAS_COOKIE, "")
    if not sealed:
        return None
    try:
        user_id, _, why = sealing.unseal(sealed, purpose=WAS_PURPOSE).partition(" ")
        return Was(int(user_id), Ended(why) if why else None)
    except (sealing.UnreadableError, ValueError):
        return None


def park_for_who_was(request: HttpRequest) -> str:
    """Keep the form for whoever was signed in to this browser last; the token, or ""."""
    was, match = who_was(request), request.resolver_match
    if not match or not getattr(match.func, "login_required", True):
        return ""  # a public form is nobody's, and a postcode is not kept
    if was is None or not User.objects.filter(pk=was.user_id, is_active=True).exists():
        return ""
    return park(request, user_id=was.user_id)


def hand_out(response: HttpResponse, token: str) -> HttpResponse:
    """Give the browser its token, when there is one."""
    if not token:
        return response
    _set_cookie(response, COOKIE, token, KEPT_FOR)
    return response


def _set_cookie(response: HttpResponse, name: str, value: str, kept_for: timedelta) -> None:
    response.set_cookie(
        name,
        value,
        max_age=kept_for,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def parked_for(request: HttpRequest) -> Unsent | None:
    """What waits for the signed-in user of this browser; None for anybody else."""
    row = _row_of(request)
    if row is None:
        return None
    try:
        kept = json.loads(
            sealing.unseal(row.sealed, purpose=PURPOSE, secret=request.COOKIES[COOKIE])
        )
    except sealing.UnreadableError:
        return None
    return Unsent(path=kept["path"], fields=tuple((name, value) for name, value in kept["fields"]))


def throw_away(request: HttpRequest, response: HttpResponse) -> None:
    """Forget it: the row and the browser's token."""
    if row := _row_of(request):
        row.delete()
    response.delete_cookie(COOKIE, samesite="Lax")


def _row_of(request: HttpRequest) -> ParkedForm | None:
    token = request.COOKIES.get(COOKIE, "")
    if not token or not isinstance(request.user, User):
        return None
    return ParkedForm.objects.filter(
        token_digest=digest_of(token), user=request.user, expires_at__gt=now()
    ).first()


def _fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The posted fields in order, or none when the form has files or secrets in it."""
    match = request.resolver_match
    if request.method != "POST" or (match and str(match.url_name).startswith(_SIGNING_IN)):
        return []
    posted: QueryDict = request.POST
    if request.FILES or any(secret in name for name in posted for secret in _SECRETS):
        return []
    return [
        (name, str(value))
        for name, values in posted.lists()
        if name not in _LEFT_OUT
        for value in values
    ]

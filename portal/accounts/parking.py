"""What was being sent when the session ended is kept as long as a sign-in may last, for its sender.

The fields are sealed with a key that is made from SECRET_KEY and from a random token which only
the browser has: neither the database nor another browser can read them. Each form has a token
and a cookie of its own, so that two tabs sent at once do not take each other's away.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import (  # type: ignore[attr-defined]
    InvalidTokenFormat,
    _check_token_format,
    _does_token_match,
)
from django.urls import reverse

from portal.accounts.models import ParkedForm, User
from portal.accounts.sessions import Ended
from portal.core import sealing
from portal.core.clock import now
from portal.core.digests import digest_of

COOKIE = "portal_unsent_"  # and the form's key
WAS_COOKIE = "portal_was"
# A page that was left open can be no older than the longest session; nor need anything that was
# sent from one be kept longer.
KEPT_FOR: timedelta = settings.SESSION_LONGEST
WAS_FOR: timedelta = settings.SESSION_LONGEST
KEPT_AT_ONCE = 10  # of one person, and in one browser: the newest ones
WAS_AT_ONCE = 5  # sign-ins of one browser, the newest ones
PURPOSE, WAS_PURPOSE = "parked form", "who was signed in"
SENT_AGAIN = "unsent_key"  # the input by which a form that is sent again says which it is
# Forms about signing in are never kept.
_SIGNING_IN = ("account_", "mfa_")
_SECRETS = ("password", "credential")
_LEFT_OUT = {"csrfmiddlewaretoken", SENT_AGAIN}


class Parked(NamedTuple):
    """The token under which a form waits, "" where there was nothing to keep; and whether it came
    with a file, which is not kept."""

    token: str = ""
    had_file: bool = False

    @property
    def key(self) -> str:
        """What names the form in an address; "" where none waits."""
        return _key_of(digest_of(self.token)) if self.token else ""


@dataclass(frozen=True)
class Unsent:
    """A form that waits to be sent again. `key` names it in addresses."""

    key: str
    at: datetime
    path: str
    fields: tuple[tuple[str, str], ...]
    had_file: bool = False


def park(request: HttpRequest, *, user_id: int) -> Parked:
    """Keep the form of this request for the user, if it can be kept.

    Whatever its size: what the portal reads at all (DATA_UPLOAD_MAX_MEMORY_SIZE) it keeps, for no
    browser gives a page that may not be stored its text back.
    """
    fields, had_file = _fields_of(request), bool(request.FILES)
    if not fields:
        return Parked(had_file=had_file)
    kept = {"path": request.get_full_path(), "fields": fields, "had_file": had_file}
    token = secrets.token_urlsafe(32)
    moment = now()
    ParkedForm.objects.filter(expires_at__lte=moment).delete()
    ParkedForm.objects.create(
        user_id=user_id,
        token_digest=digest_of(token),
        sealed=sealing.seal(json.dumps(kept), purpose=PURPOSE, secret=token),
        expires_at=moment + KEPT_FOR,
    )
    _only_the_newest(ParkedForm.objects.filter(user_id=user_id))
    return Parked(token, had_file)


def _only_the_newest(rows: QuerySet[ParkedForm]) -> None:
    old = rows.order_by("-expires_at", "-pk").values_list("pk", flat=True)[KEPT_AT_ONCE:]
    ParkedForm.objects.filter(pk__in=list(old)).delete()


class Was(NamedTuple):
    """Somebody who was signed in to this browser, and why that ended (None: it has not, they signed
    out, or it was ended from elsewhere)."""

    user_id: int
    why: Ended | None


def remember(request: HttpRequest, response: HttpResponse, found: Mapping[str, Was]) -> None:
    """Keep in the browser who signs in or is signed out, by the secret of the CSRF tokens on their
    pages: a page that was left open may be theirs.

    Each sign-in has a secret of its own. So on a ward's computer, where one after the other signs
    in and out, nobody gets what another has typed.
    """
    known = {secret: was for secret, was in _signed_in(request).items() if secret not in found}
    newest = list({**known, **found}.items())[-WAS_AT_ONCE:]
    text = json.dumps([[secret, was.user_id, was.why or ""] for secret, was in newest])
    _set_cookie(response, WAS_COOKIE, sealing.seal(text, purpose=WAS_PURPOSE), WAS_FOR)


def who_was(request: HttpRequest, token: str) -> Was | None:
    """Whose the page was that is sent with this CSRF token; None where that is not known."""
    try:
        _check_token_format(token)
    except InvalidTokenFormat:
        return None
    found = (was for secret, was in _signed_in(request).items() if _does_token_match(token, secret))
    return next(found, None)


def _signed_in(request: HttpRequest) -> dict[str, Was]:
    """Who was signed in to this browser, by the secret of their pages; the newest last."""
    sealed = request.COOKIES.get(WAS_COOKIE, "")
    try:
        rows = json.loads(sealing.unseal(sealed, purpose=WAS_PURPOSE)) if sealed else []
        return {secret: Was(pk, Ended(why) if why else None) for secret, pk, why in rows}
    except (sealing.UnreadableError, ValueError, TypeError):
        return {}


def park_for_who_was(request: HttpRequest, token: str) -> Parked:
    """Keep the form for whoever's page it was that is sent with this CSRF token, if it can be."""
    was, match = who_was(request, token), request.resolver_match
    if not match or not getattr(match.func, "login_required", True):
        return Parked()  # a public form is nobody's, and a postcode is not kept
    if was is None or not User.objects.filter(pk=was.user_id, is_active=True).exists():
        return Parked()
    return park(request, user_id=was.user_id)


def hand_out(request: HttpRequest, response: HttpResponse, parked: Parked) -> HttpResponse:
    """Give the browser the form's token, when there is one, and take those that are over."""
    if not parked.token:
        return response
    tokens = _tokens_of(request)
    _only_the_newest(ParkedForm.objects.filter(token_digest__in=[*tokens, digest_of(parked.token)]))
    waiting = ParkedForm.objects.filter(token_digest__in=list(tokens))
    kept = set(waiting.values_list("token_digest", flat=True))
    for digest in tokens.keys() - kept:
        _take_cookie(response, _key_of(digest))
    _set_cookie(response, f"{COOKIE}{parked.key}", parked.token, KEPT_FOR)
    return response


def _take_cookie(response: HttpResponse, key: str) -> None:
    response.delete_cookie(f"{COOKIE}{key}", samesite="Lax")


def _set_cookie(response: HttpResponse, name: str, value: str, kept_for: timedelta) -> None:
    response.set_cookie(
        name,
        value,
        max_age=kept_for,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def anything_waits(request: HttpRequest) -> bool:
    """Whether something waits for the signed-in user of this browser."""
    return _rows_of(request, list(_tokens_of(request))).exists()


def waiting_for(request: HttpRequest) -> list[Unsent]:
    """What waits for the signed-in user of this browser, the newest first; none of anybody else."""
    tokens = _tokens_of(request)
    found = []
    for row in _rows_of(request, list(tokens)).order_by("-expires_at", "-pk"):
        try:
            opened = sealing.unseal(row.sealed, purpose=PURPOSE, secret=tokens[row.token_digest])
        except sealing.UnreadableError:
            continue
        kept = json.loads(opened)
        fields = tuple((name, value) for name, value in kept["fields"])
        key, at = _key_of(row.token_digest), row.expires_at - KEPT_FOR
        had_file = kept.get("had_file", False)
        found.append(Unsent(key, at, kept["path"], fields, had_file))
    return found


def address_of(key: str) -> str:
    """The page of a form that waits."""
    return reverse("account-unsent-one", args=[key])


def throw_away(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """Forget one of the user's forms: the row and the browser's token."""
    digests = [digest for digest in _tokens_of(request) if _key_of(digest) == key]
    if _rows_of(request, digests).delete()[0]:
        _take_cookie(response, key)


def _tokens_of(request: HttpRequest) -> Mapping[str, str]:
    """The tokens that this browser holds, by their digests."""
    held = [token for name, token in request.COOKIES.items() if name.startswith(COOKIE)]
    return {digest_of(token): token for token in held}


def _rows_of(request: HttpRequest, digests: list[str]) -> QuerySet[ParkedForm]:
    if not digests or not isinstance(request.user, User):
        return ParkedForm.objects.none()
    return ParkedForm.objects.filter(
        token_digest__in=digests, user=request.user, expires_at__gt=now()
    )


def _key_of(digest: str) -> str:
    """Enough of a token's digest to tell the forms of one browser apart."""
    return digest[:12]


def _fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """The posted fields in order, or none when the form has secrets in it."""
    match = request.resolver_match
    if request.method != "POST" or (match and str(match.url_name).startswith(_SIGNING_IN)):
        return []
    posted: QueryDict = request.POST
    if any(secret in name for name in posted for secret in _SECRETS):
        return []
    return [
        (name, str(value))
        for name, values in posted.lists()
        if name not in _LEFT_OUT
        for value in values
    ]

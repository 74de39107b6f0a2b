"""Session limits and the second step.

Both decide in `process_view`: after the CSRF check, and knowing which page was asked for.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts import parking, second_step, sent_again, sessions
from portal.accounts.access import reader_of
from portal.accounts.parking import Parked, Was
from portal.accounts.sessions import Ended
from portal.core.taken import took_nothing

View = Callable[..., HttpResponse]
GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionLimitsMiddleware:
    """Ends sessions that were idle or went on for too long; writes activity down once a minute.

    Somebody who has left is nobody to Django (`is_active`), so nothing is needed here for them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.session_ended = None  # type: ignore[attr-defined]
        signed_in, secret = request.user.pk, request.META.get("CSRF_COOKIE", "")
        why: Ended | None = None
        if request.user.is_authenticated:
            if not sessions.has_begun(request.session):
                _begin(request)
            elif why := sessions.why_ended(request.session):
                request.session_ended = (why, signed_in)  # type: ignore[attr-defined]
                logout(request)
        response = self.get_response(request)
        found: dict[str, Was] = {}
        if signed_in and (why or not request.user.is_authenticated):
            found[secret] = Was(signed_in, why)  # without a reason they have signed out
        # The session's own: a program's token puts somebody else's name on the request.
        begins = int(request.session.get(SESSION_KEY, 0))
        if begins and (begins != signed_in or found):
            # Should the session be ended from elsewhere, nothing but this says whose page it was.
            found[request.META.get("CSRF_COOKIE", "")] = Was(begins, None)
        found.pop("", None)
        if found:
            parking.remember(request, response, found)
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send a stranger who needs a sign-in there; note what a signed-in reader did."""
        if request.user.is_authenticated:
            if _is_activity(request, view) and sessions.is_due(request.session):
                administrator = reader_of(request).is_administrator
                sessions.touch(request.session, administrator=administrator)
            return None
        if not getattr(view, "login_required", True):
            return None
        ended = request.session_ended  # type: ignore[attr-defined]
        if not is_page(request):
            return _refuse_stranger(request, ended)
        if ended:
            return _to_sign_in(request, *ended)
        if request.method in {"GET", "HEAD"}:
            return None
        # Signed out in another tab: what was being sent waits for the same person. It is no
        # address to come back to; the page that it came from is.
        token = request.META.get("CSRF_COOKIE", "")
        parked = parking.park_for_who_was(request, token)
        was = parking.who_was(request, token) if parked.token else None
        href = sign_in_after(parked, back_to=_came_from(request), ended=was.why if was else None)
        return parking.hand_out(request, HttpResponseRedirect(href), parked)


class SecondFactorMiddleware:
    """Where a second step is required, somebody without one is led to setting it up.

    Programs with a bearer token have no session: to this middleware they are strangers.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None when there is a second step, or the page is one of those that lead to it."""
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        if (match and match.url_name in second_step.OPEN_WITHOUT) or second_step.is_set_up(request):
            return None
        if is_page(request):
            sentence = "Set up a second step for signing in first."
            return took_nothing(HttpResponseRedirect(reverse("mfa_index")), sentence)
        sentence = "Set up a second step for signing in first, on the page “Your account”."
        return _refuse(request, sentence, status=403, code="second-step", href=reverse("mfa_index"))


class SentAgainMiddleware:
    """Looks after forms that waited behind a sign-in and are sent again (sent_again.py).

    Inside that of the messages, which it may add to.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sent_again.answered(request, response)
        return response


def _came_from(request: HttpRequest) -> str:
    """The page of ours on which a form was sent; empty where the browser does not say."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, request.get_host(), request.is_secure()):
        return ""
    return urlsplit(referer).path


def is_page(request: HttpRequest) -> bool:
    """Whether a whole page was asked for, rather than a fragment of one or data."""
    if request.headers.get("HX-Request") or is_background(request):
        return False
    if request.path.startswith("/api/"):
        return False
    wanted = request.headers.get("Sec-Fetch-Dest", "")
    return not wanted or wanted in {"document", "iframe", "object", "embed"}


def is_background(request: HttpRequest) -> bool:
    """Whether the page asked by itself: that is no sign of a reader."""
    return request.headers.get("X-Background") == "1"


def sign_in_after(parked: Parked, *, back_to: str, ended: Ended | None) -> str:
    """Where to sign in after something was sent: it waits behind that, or `back_to` does."""
    waits = parking.address_of(parked.key) if parked.token else back_to
    return sign_in_address(next_path=waits, ended=ended, had_file=parked.had_file)


def sign_in_address(
    *, next_path: str = "", ended: Ended | None = None, had_file: bool = False
) -> str:
    """Where to sign in, and what to come back to."""
    query = {"why": ended or "", "lost": "file" if had_file else "", "next": next_path}
    filled = {key: value for key, value in query.items() if value}
    address = resolve_url(settings.LOGIN_URL)
    return f"{address}?{urlencode(filled, safe='/')}" if filled else address


def _begin(request: HttpRequest) -> None:
    sessions.begin(request.session, administrator=reader_of(request).is_administrator)


def _is_activity(request: HttpRequest, view: View) -> bool:
    return not is_background(request) and getattr(view, "counts_as_activity", True)


def _to_sign_in(request: HttpRequest, why: Ended, user_id: int) -> HttpResponse:
    """The sign-in page; what was being sent waits there."""
    parked = parking.park(request, user_id=user_id)
    reads = request.method in {"GET", "HEAD"}
    back_to = request.get_full_path() if reads else _came_from(request)
    href = sign_in_after(parked, back_to=back_to, ended=why)
    return parking.hand_out(request, HttpResponseRedirect(href), parked)


def _refuse_stranger(request: HttpRequest, ended: tuple[Ended, int] | None) -> HttpResponse:
    """401. HTMX leads the reader to the sign-in, unless the page had asked by itself."""
    where = urlsplit(request.headers.get("HX-Current-URL", ""))
    back_to = f"{where.path}?{where.query}" if where.query else where.path
    why, user_id = ended or (None, None)
    parked = Parked()
    if user_id and request.headers.get("HX-Request") and not is_background(request):
        parked = parking.park(request, user_id=user_id)
    href = sign_in_after(parked, back_to=back_to, ended=why)
    response = _refuse(request, "Sign in first.", status=401, code="not-signed-in", href=href)
    return parking.hand_out(request, response, parked)


def _refuse(
    request: HttpRequest, sentence: str, *, status: int, code: str, href: str
) -> HttpResponse:
    title = HTTPStatus(status).phrase
    body = {"title": title, "status": status, "detail": sentence, "code": code}
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    if request.headers.get("HX-Request") and not is_background(request):
        response["HX-Redirect"] = href
    return response

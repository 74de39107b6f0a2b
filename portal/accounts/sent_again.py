"""A form that waited is sent again: taken, it waits no more; otherwise it waits on.

A page that comes back may be put right and sent at once, or another day in the same sign-in: so
every form on it carries which one it is, and the session remembers it too, by its key alone.
"""

import re
from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.accounts import parking
from portal.accounts.parking import KEPT_AT_ONCE, SENT_AGAIN, Unsent
from portal.core.taken import is_taken, leads_on, why_nothing

REFUSED = "sent_again_and_refused"  # in the session: keys of forms, the newest ones
# The names under which forms carry their one-time key.
_ONCE = ("once", "once_key", "key")
_KEY = re.compile(r"[0-9a-f]{12}")


def answered(request: HttpRequest, response: HttpResponse) -> None:
    """Forget a form that was sent again and taken; otherwise remember it, and say that it waits."""
    if request.method != "POST" or request.path.startswith("/api/"):
        return
    key, refused = _key_in(request), _refused(request)
    if not key and not (refused and is_taken(response)):
        return
    # What else is sent from its page (another button, signing out) is not this form.
    here = {e.key: e for e in parking.waiting_for(request) if _goes_to(e, request.path)}
    this = here.get(key) if key else _put_right(request.POST, here, refused)
    if this is None:
        return
    if is_taken(response):
        _forget(request, response, this)
    else:
        _remember(request, this)
        if leads_on(response):
            messages.warning(request, _still_kept(this, why_nothing(response)))


def carried(request: HttpRequest) -> SafeString:
    """The input by which the forms of a page that comes back say which one was sent again."""
    key = _key_in(request)
    if not key:
        return SafeString("")
    return format_html('<input type="hidden" name="{}" value="{}">', SENT_AGAIN, key)


def _key_in(request: HttpRequest) -> str:
    """Which form it is; empty where it is none, or what was posted cannot be read at all."""
    if request.method != "POST":
        return ""
    try:
        key = request.POST.get(SENT_AGAIN, "")
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return ""
    return key if _KEY.fullmatch(key) else ""


def _refused(request: HttpRequest) -> list[str]:
    return list(request.session.get(REFUSED, []))


def _remember(request: HttpRequest, unsent: Unsent) -> None:
    others = [key for key in _refused(request) if key != unsent.key]
    request.session[REFUSED] = [*others, unsent.key][-KEPT_AT_ONCE:]


def _forget(request: HttpRequest, response: HttpResponse, unsent: Unsent) -> None:
    parking.throw_away(request, response, unsent.key)
    if unsent.key in (refused := _refused(request)):
        request.session[REFUSED] = [key for key in refused if key != unsent.key]


def _put_right(posted: QueryDict, here: Mapping[str, Unsent], refused: list[str]) -> Unsent | None:
    """The form that was refused before and is taken now: of several, the one refused last."""
    known = (here[key] for key in reversed(refused) if key in here)
    return next((each for each in known if _is_the_same(each, posted)), None)


def _goes_to(unsent: Unsent, path: str) -> bool:
    return unsent.path.partition("?")[0] == path


def _is_the_same(unsent: Unsent, posted: QueryDict) -> bool:
    """Whether it is that form put right, and no other that goes to the same address.

    By its one-time key. Without one, the address alone says it (a draft's is its own).
    """
    return all(posted.get(name) == value for name, value in unsent.fields if name in _ONCE)


def _still_kept(unsent: Unsent, why: str) -> SafeString:
    return format_html(
        '{} What you typed is still kept for you: <a href="{}">see it, and send it again or throw'
        " it away</a>.",
        why or "Nothing of what you sent was taken.",
        parking.address_of(unsent.key),
    )

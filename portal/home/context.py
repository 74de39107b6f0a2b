"""What every page gets: who is signed in, where they can go, what they must be warned of."""

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject

from portal.accounts.access import Reader, reader_of
from portal.accounts.sent_again import carried
from portal.accounts.sessions import account_mark
from portal.core.paths import path_of
from portal.home.navigation import navigation
from portal.ui.shapes import Account, Idle, Link
from portal.ui.words import titled


def page(request: HttpRequest) -> dict[str, object]:
    """The frame of a page; a fragment that replaces a part of one needs none of it."""
    once = _form_inputs(request)
    if getattr(request, "htmx", False):
        return once
    user = getattr(request, "user", None)
    reader = reader_of(request) if user is not None and user.is_authenticated else None
    frame: dict[str, object] = {
        **once,
        "demonstration": settings.MODE != "production",
        "mails_href": path_of("demonstration-mails") if settings.MODE != "production" else "",
        "navigation": navigation(
            reader, request.path, needs_decision=getattr(request, "needs_decision", None)
        ),
        "footer_links": _footer(),
        "sign_in_href": "" if reader else path_of("account_login"),
    }
    if reader:
        frame |= {"account": _account(reader), "idle": _idle(reader)}
    return frame


def _form_inputs(request: HttpRequest) -> dict[str, object]:
    """Django's own, masked once for a page and not once for each of its forms; and which form
    it was that the reader sent again."""
    return {"csrf_input": SimpleLazyObject(lambda: csrf_input(request) + carried(request))}


def _account(reader: Reader) -> Account:
    user, home = reader.user, reader.home
    team = ""
    if home:
        team = home.team.name if home.team else home.organisation.name
    return Account(
        name=titled(user.name, user.job_title),
        team=team,
        href=path_of("account"),
        sign_out_href=path_of("account_logout"),
    )


def _idle(reader: Reader) -> Idle:
    return Idle(
        still_here_href=path_of("account-still-here"),
        sign_in_href=path_of("account_login"),
        warn_after=int(settings.SESSION_WARNING.total_seconds()),
        ends_after=int(settings.SESSION_IDLE.total_seconds()),
        account=account_mark(reader.user.pk),
    )


def _footer() -> list[Link]:
    links = [Link(label="About Common Ground", href=path_of("about"))]
    links.append(Link(label="Accessibility", href=path_of("accessibility")))
    return links

"""Error pages: what happened, and what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from portal.accounts import parking
from portal.accounts.presenters import KEPT_FOR_WORDS


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return render(request, "errors/400.jinja", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: another role does this."""
    return render(request, "errors/403.jinja", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not yours; the two look the same."""
    return render(request, "errors/404.jinja", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without request or database, which may be what is broken."""
    return HttpResponse(render_to_string("errors/500.jinja"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was open while somebody signed out, or in again. What was typed is kept.

    For whoever was signed in to this browser when the page was made, as its token says, and only
    where the form came from a page of ours: nobody else can have their text put before a reader
    with a button to send it.
    """
    token = request.POST.get("csrfmiddlewaretoken", "") if _is_from_here(request) else ""
    parked = parking.park_for_who_was(request, token)
    was = parking.who_was(request, token)
    context = {
        "kept": parking.address_of(parked.key) if parked.token else "",
        "kept_for": KEPT_FOR_WORDS,
        "own": bool(was and was.user_id == request.user.pk),
        "signed_in": request.user.is_authenticated,
    }
    response = render(request, "errors/csrf.jinja", context, status=403)
    return parking.hand_out(request, response, parked)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent it."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"

"""A refusal that no view has turned into words becomes a calm page with the right status; so does
an address that only takes what a form sends, typed or reloaded by a reader."""

from collections.abc import Callable

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseNotAllowed,
)
from django.shortcuts import render

from portal.core.refused import NotAllowed, NotYours, Refused, TooMany


def note_refusal(request: HttpRequest, error: Exception) -> None:
    """Leave a refused access on the request, for the audit to record after the rollback."""
    if isinstance(error, NotAllowed | NotYours):
        request.refused = error  # type: ignore[attr-defined]


class RefusedMiddleware:
    """Renders `errors/refused.jinja` for a Refused raised in a view, `errors/405.jinja` for a page
    that is none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Django's own has no body; an address of the API answers for itself.
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            page = render(request, "errors/405.jinja", status=response.status_code)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception alone."""
        note_refusal(request, error)
        if not isinstance(error, Refused):
            return None
        context = {"sentence": error.sentence, "code": error.code}
        response = render(request, "errors/refused.jinja", context, status=error.status)
        if isinstance(error, TooMany):
            response["Retry-After"] = str(error.retry_after)
        return response


class PlainAddressMiddleware:
    """Refuses an address with a NUL in it: no text of ours has one, and PostgreSQL takes none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(
                "This address holds a character that no text has. Type it again, or go back.",
                content_type="text/plain; charset=utf-8",
            )
        return self.get_response(request)

"""One id per request, through log lines, outbox, tasks and audit."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from portal.core.references import new_opaque_id

_current: ContextVar[str] = ContextVar("request_id", default="")
_ACCEPTED = re.compile(r"[A-Za-z0-9_-]{8,64}")


def current_request_id() -> str:
    """The id of the request (or task) that is being worked on; empty outside of one."""
    return _current.get()


@contextmanager
def working_on(request_id: str) -> Iterator[None]:
    """Work on behalf of a request whose id came along, as a task does."""
    token = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(token)


class RequestIdMiddleware:
    """Takes the proxy's X-Request-ID where it looks like one, else makes one, and answers it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _ACCEPTED.fullmatch(given) else new_opaque_id()
        with working_on(request_id):
            response = self.get_response(request)
        response["X-Request-ID"] = request_id
        return response

"""Requests as a WSGI server hands them over, with the cookies of somebody who is signed in."""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.utils.crypto import get_random_string

from portal.accounts import second_step, sessions
from portal.accounts.models import User
from portal.accounts.session_store import SessionStore


class UnexpectedAnswerError(AssertionError):
    """The answer was not the one that is measured."""


def session_for(user: User, backend: str) -> str:
    """The key of a new session of the user, in which the second step has been taken."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = backend
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store[second_step.SEEN] = True
    sessions.begin(store, administrator=False)
    store.create()
    return str(store.session_key)


@dataclass(frozen=True)
class Browser:
    """Somebody who is signed in (or, without a session, is not)."""

    session: str = ""
    token: str = field(default_factory=lambda: get_random_string(32))

    def cookies(self) -> str:
        """The Cookie header."""
        own = f"{settings.CSRF_COOKIE_NAME}={self.token}"
        return f"{settings.SESSION_COOKIE_NAME}={self.session}; {own}" if self.session else own

    def get(self, path: str) -> dict[str, Any]:
        """The environ of a GET."""
        return environ("GET", path, HTTP_COOKIE=self.cookies())

    def post(self, path: str, typed: Mapping[str, str]) -> dict[str, Any]:
        """The environ of a form that is sent."""
        body = urlencode({**typed, "csrfmiddlewaretoken": self.token}).encode()
        kind = "application/x-www-form-urlencoded"
        return environ("POST", path, body, kind, HTTP_COOKIE=self.cookies())

    def post_json(self, path: str, body: object, **headers: str) -> dict[str, Any]:
        """The environ of a JSON body, as a program with the browser's session sends it."""
        if self.session:
            headers |= {"HTTP_COOKIE": self.cookies(), "HTTP_X_CSRFTOKEN": self.token}
        return environ("POST", path, json.dumps(body).encode(), "application/json", **headers)


def environ(
    method: str, path: str, body: bytes = b"", kind: str = "", **headers: str
) -> dict[str, Any]:
    """What a WSGI server would hand over; `body` stands beside until the call is made."""
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ACCEPT": "application/json" if kind == "application/json" else "text/html,*/*",
        "HTTP_USER_AGENT": "script/bench",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "bench.body": body,
        **headers,
    }


def ask(application: WSGIHandler, request: dict[str, Any], expected: int = 200) -> bytes:
    """Call the application as a server does, to the end; the body of the answer."""
    given = dict(request)
    given["wsgi.input"] = io.BytesIO(given.pop("bench.body"))
    told: list[Any] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], error: Any = None, /
    ) -> Callable[[bytes], object]:
        told.append(status)
        return told.append  # nobody writes that way

    response = application(given, start_response)
    try:
        body = b"".join(response)
    finally:
        response.close()
    if not told[0].startswith(str(expected)):
        raise UnexpectedAnswerError(
            f"{request['REQUEST_METHOD']} {request['PATH_INFO']} gave {told[0]}, not {expected}:"
            f" {body[:600].decode(errors='replace')}"
        )
    return body

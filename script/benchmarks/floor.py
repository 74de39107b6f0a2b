"""The floor: what a bare Django view costs to somebody who is signed in.

Session and authentication middleware, one indexed query, a constant answer; under settings of its
own, in the same process and on the same connection to the same PostgreSQL.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import UserSettingsHolder, global_settings, settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.accounts.models import Organisation

BACKEND = "django.contrib.auth.backends.ModelBackend"
COOKIE = "sessionid"


def view(request: HttpRequest, pk: int) -> HttpResponse:
    """Who asks is read from the database, and so is one row."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    if not Organisation.objects.filter(pk=pk).exists():
        return HttpResponse(status=404)
    return HttpResponse("ok")


urlpatterns = [path("<int:pk>/", view)]


def _own_settings() -> UserSettingsHolder:
    """Django's own defaults, and no more of ours than a bare project has to say."""
    own = UserSettingsHolder(global_settings)
    for name, value in {
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": ["127.0.0.1"],
        "ROOT_URLCONF": __name__,
        "AUTH_USER_MODEL": settings.AUTH_USER_MODEL,
        "AUTHENTICATION_BACKENDS": [BACKEND],
        "MIDDLEWARE": [
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
    }.items():
        setattr(own, name, value)
    return own


class Floor:
    """`with floor.settings(): floor.handler(environ, start_response)`."""

    def __init__(self) -> None:
        self._own = _own_settings()
        with self.settings():
            self.handler = WSGIHandler()

    @contextmanager
    def settings(self) -> Iterator[None]:
        """The process has the floor's settings. Not told to anybody, so that nothing is reset."""
        portals = settings._wrapped  # type: ignore[misc]
        checks = connection.health_check_enabled  # type: ignore[attr-defined]
        settings._wrapped = self._own  # type: ignore[assignment]
        connection.health_check_enabled = False  # type: ignore[attr-defined]
        try:
            yield
        finally:
            settings._wrapped = portals
            connection.health_check_enabled = checks  # type: ignore[attr-defined]

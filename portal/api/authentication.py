"""Sign-in for programs: a bearer token first (so that a stranger gets 401), else the session."""

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.api.models import ApiToken
from portal.core.clock import now
from portal.core.digests import digest_of


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer TOKEN`."""

    def authenticate(self, request: Request) -> tuple[AbstractBaseUser, ApiToken] | None:
        """The token's owner; None without a bearer header; AuthenticationFailed for a bad one."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        found = (
            ApiToken.objects.select_related("owner")
            .filter(digest=digest_of(token.strip()), expires_at__gt=now(), owner__is_active=True)
            .first()
        )
        if not found:
            raise AuthenticationFailed("This token is not known, or has expired.")
        # The middleware has seen nobody signed in: what is changed is the owner's doing.
        pghistory.context(user=found.owner.pk)
        return found.owner, found

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return 'Bearer realm="portal"'


class BrowserSessionAuthentication(SessionAuthentication):
    """The browser's session, with its CSRF check."""

"""Headers of every answer: what may run on its page, and that no cache keeps it."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    """django-csp's, which puts the policy together twice an answer; ours is always the same.

    Where a page has used its nonce, or a view has a policy of its own, django-csp does it all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self._policy = build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The Content-Security-Policy."""
        parts = self.get_policy_parts(request, response)
        exempt = getattr(response, "_csp_exempt", False)
        if parts != _NOTHING_SPECIAL or exempt:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._policy)
        return response


_NOTHING_SPECIAL = PolicyParts()


class HeadersMiddleware:
    """`Cache-Control: no-store` unless a view has said otherwise, and no powerful features."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response

"""Changes of rows are recorded by triggers; this tells them who and in which request."""

from collections.abc import Callable

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from portal.audit.actions import record_refusal
from portal.core.request_ids import current_request_id

_SAFE = {"GET", "HEAD", "OPTIONS"}


class HistoryContextMiddleware:
    """Puts the signed-in user's id and the request id beside every changed row."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in _SAFE:
            return self.get_response(request)
        with pghistory.context(user=request.user.pk, request=current_request_id()):
            return self.get_response(request)


class RefusalMiddleware:
    """Records a refused access in a transaction of its own, after the view's has rolled back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if refused := getattr(request, "refused", None):
            user = getattr(request, "refused_user", None) or request.user
            record_refusal(
                by=user if isinstance(user, AbstractBaseUser) else None,
                subject_kind=refused.subject_kind,
                subjects=[refused.subject],
                reason=type(refused).__name__,
            )
        return response

"""Errors as application/problem+json (RFC 9457): title, status, detail, code, and the fields."""

from collections.abc import Mapping
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from portal.core.refusals import note_refusal
from portal.core.refused import Refused, TooMany


def problem(
    status: int, detail: str, *, code: str, headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    """A problem document; `more` is merged into it."""
    body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, "code": code}
    response = Response({**body, **more}, status=status, headers=dict(headers or {}))
    response.content_type = "application/problem+json"
    return response


def _refused(error: Refused) -> Response:
    more = dict(error.details)
    if error.field:
        more["fields"] = {error.field: [error.sentence]}
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else None
    return problem(error.status, error.sentence, code=error.code, headers=headers, **more)


def _from_framework(error: exceptions.APIException) -> Response:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if isinstance(error, exceptions.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"": error.detail}
        return problem(400, "Some answers need another look.", code="invalid", fields=fields)
    detail = str(getattr(error, "detail", "")) or HTTPStatus(error.status_code).phrase
    code = getattr(error.detail, "code", None) or error.default_code
    return problem(error.status_code, detail, code=str(code), headers=headers)


def _note(error: Exception, request: object) -> None:
    """Leave a refused access where the audit finds it, with the token's owner if there is one."""
    if isinstance(request, Request):
        note_refusal(request._request, error)
        request._request.refused_user = request.user  # type: ignore[attr-defined]


def handle(error: Exception, context: Mapping[str, object]) -> Response | None:
    """DRF's exception handler: every expected error as a problem, None for the unexpected."""
    set_rollback()
    _note(error, context.get("request"))
    if isinstance(error, Refused):
        return _refused(error)
    if isinstance(error, Http404):
        return problem(404, "There is nothing here, or it is not yours to see.", code="not-found")
    if isinstance(error, PermissionDenied):
        return problem(403, "Your role does not allow this.", code="not-allowed")
    if isinstance(error, exceptions.APIException):
        return _from_framework(error)
    return None

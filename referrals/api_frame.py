"""What every answer of the REST face shares: headers, problems, the whole referral."""

from functools import cache
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from portal.accounts.access import Reader
from portal.core.clock import now
from portal.core.versions import etag
from referrals import access, queries
from referrals.models import Referral
from referrals.presenters.bodies import referral_body

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag that was read."
)
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="8 to 64 characters; the same key again gives the same referral.",
)
PROBLEMS = {
    code: OpenApiResponse(description=words)
    for code, words in {
        400: "Some answers need another look (problem details, `fields`).",
        401: "Not signed in.",
        403: "Another side or role does this.",
        404: "Not there, or not yours.",
        409: "Stale, held by another (`held_by`), or not possible in this status.",
        412: "A header is missing.",
    }.items()
}


def out(reader: Reader, referral: Referral, status: int = 200) -> Response:
    """One referral whole, with its ETag, as the action has left it."""
    told = queries.told(referral, access.team_in(reader, referral))
    body = referral_body(referral, told, now())
    headers = {"ETag": etag(referral)}
    if status == 201:
        headers["Location"] = f"/api/v1/referrals/{referral.reference}/"
    return Response(body, status=status, headers=headers)


def checked(kind: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """The body in its shape; raises ValidationError (400) for what is not."""
    given: dict[str, Any] = _shape(kind).run_validation(request.data)
    return given


@cache
def _shape(kind: type[Serializer[Any]]) -> Serializer[Any]:
    """Made once: its fields are many, and what it is given leaves nothing on it."""
    return kind()

"""Headers that make a write safe to repeat."""

from rest_framework.request import Request

from portal.core.refused import PreconditionMissing
from portal.core.versions import version_from


def idempotency_key(request: Request) -> str:
    """The Idempotency-Key header; raises PreconditionMissing (412) without one."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        raise PreconditionMissing("Send an Idempotency-Key header, so that this is done once.")
    return key


def required_version(request: Request) -> int:
    """The version in If-Match; raises PreconditionMissing (412) without one."""
    version = version_from(request.headers.get("If-Match"))
    if version is None:
        raise PreconditionMissing("Send If-Match with the ETag that you read.")
    return version

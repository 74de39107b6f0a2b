"""Limits for programs: per person when signed in, per address for the public."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from portal.core.rates import address_of, hit


class PersonOrAddressThrottle(BaseThrottle):
    """600 requests a minute for a signed-in person, 60 for an address without a sign-in.

    A view names other limits with `rate_limit = (per_person, per_address)`.
    """

    default: ClassVar[tuple[int, int]] = (600, 60)

    def allow_request(self, request: Request, view: object) -> bool:
        """Count the request; raises TooMany, which becomes a 429 problem."""
        per_person, per_address = getattr(view, "rate_limit", self.default)
        if request.user and request.user.is_authenticated:
            hit("api-person", str(request.user.pk), limit=per_person, seconds=60)
        else:
            hit("api-address", address_of(request), limit=per_address, seconds=60)
        return True

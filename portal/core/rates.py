"""Rate limits, counted in PostgreSQL: one statement a hit, the key hashed."""

import hmac
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from portal.core.clock import now
from portal.core.refused import TooMany


def hit(name: str, key: str, *, limit: int, seconds: int) -> None:
    """Count one for `key` in the current window of `seconds`; raises TooMany above `limit`."""
    moment = int(now().timestamp())
    window = moment // seconds
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"{name}:{key}".encode(), "sha256").hex()
    until = datetime.fromtimestamp((window + 1) * seconds, UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO core_ratecount (key, "window", count, until) VALUES (%s, %s, 1, %s)'
            ' ON CONFLICT (key, "window") DO UPDATE SET count = core_ratecount.count + 1'
            " RETURNING count",
            [digest, window, until],
        )
        row = cursor.fetchone()
    if row and row[0] > limit:
        wait = (window + 1) * seconds - moment
        raise TooMany(f"Too many tries. Wait {wait} seconds and try again.", retry_after=wait)


def address_of(request: HttpRequest) -> str:
    """The reader's address: the proxy's word for it where there is a proxy of ours."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.PROXIES and forwarded:
        parts = [part.strip() for part in forwarded.split(",")]
        return parts[-min(settings.PROXIES, len(parts))]
    return str(request.META.get("REMOTE_ADDR", ""))

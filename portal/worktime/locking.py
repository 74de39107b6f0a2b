"""One at a time for each person, in one order, so that nobody waits for each other in a ring."""

from collections.abc import Iterable

from django.db import connection

_LOCK = """
SELECT pg_advisory_xact_lock(key) FROM (
    SELECT DISTINCT hashtextextended(%s || user_id::text, 0) AS key
    FROM unnest(%s::bigint[]) AS people (user_id) ORDER BY key OFFSET 0
) AS keys
"""


def lock_people(what: str, user_ids: Iterable[int]) -> None:
    """Hold what is done with these people's time (`what` of it) until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"worktime.{what} ", sorted(set(user_ids))])

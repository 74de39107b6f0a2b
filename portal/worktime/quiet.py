"""Clinics as they are, without their buffers: for mails that wait, and for counting minutes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from portal.core.clock import london
from portal.worktime.expanding import expanded_between
from portal.worktime.given import WorkGiven
from portal.worktime.packing import minute_after, minute_of
from portal.worktime.reading import works_of

# Whether every day of the stretch that is still to come was worked out beforehand.
_MINUTES = """
SELECT asked.user_id, packed.covers_until IS NULL OR asked.last < packed.covers_until,
    coalesce((
        SELECT sum(extract(epoch FROM
            least(quiet.ends_at, asked.ends_at) - greatest(quiet.starts_at, asked.starts_at)))
        FROM worktime_quiettime AS quiet
        WHERE quiet.user_id = asked.user_id
            AND quiet.ends_at > asked.starts_at AND quiet.starts_at < asked.ends_at
    ), 0)::bigint / 60
FROM unnest(%(user_ids)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[],
    %(lasts)s::date[]) WITH ORDINALITY AS asked (user_id, starts_at, ends_at, last, place)
LEFT JOIN worktime_packedtime AS packed ON packed.user_id = asked.user_id
ORDER BY asked.place
"""


def over_at(user_id: str) -> str:
    """SQL for a statement: when the clinic is over in which somebody is now; NULL in none.

    `user_id` is the statement's own column. Of what was worked out beforehand.
    """
    return f"""(
        SELECT max(quiet.ends_at)
        FROM worktime_quiettime AS quiet
        WHERE quiet.user_id = {user_id}
            AND quiet.starts_at <= statement_timestamp()
            AND quiet.ends_at > statement_timestamp()
    )"""  # noqa: S608 (text of ours)


def clinic_minutes(stretches: Sequence[tuple[int, datetime, datetime]]) -> list[int]:
    """For each (user id, start, end) how many of its minutes lie inside that person's clinics.

    In the order given, in one query. Clinics and ward rounds count as they are, without buffers;
    not those during leave. Past clinics are known as they were on the day, for a year; none are
    known of somebody without a pattern. A stretch further ahead than is worked out beforehand
    costs five queries more. ValueError for a naive moment.
    """
    if not stretches:
        return []
    user_ids, starts, ends = (list(column) for column in zip(*stretches, strict=True))
    values: dict[str, Any] = {
        "user_ids": user_ids,
        "starts": starts,
        "ends": ends,
        "lasts": [london(end).date() for end in ends],
    }
    with connection.cursor() as cursor:
        cursor.execute(_MINUTES, values)
        rows = cursor.fetchall()
    beyond = sorted({user_id for user_id, covered, _ in rows if not covered})
    works = works_of(beyond) if beyond else {}
    return [
        counted if covered else _worked_out(works[user_id], start, end)
        for (user_id, covered, counted), (_, start, end) in zip(rows, stretches, strict=True)
    ]


def _worked_out(work: WorkGiven, start: datetime, end: datetime) -> int:
    first, after = minute_of(start), minute_after(end)
    clinics = expanded_between(work, first, after).clinics
    return sum(max(0, min(b, after) - max(a, first)) for a, b in clinics)

"""When people can be had, for whoever looks for a time: one query, then arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import connection

from portal.core.clock import london
from portal.worktime.expanding import expanded_between
from portal.worktime.given import WorkGiven
from portal.worktime.masks import CELL_MINUTES, Cells, Mask, cells, mask
from portal.worktime.packing import CODES, Spans, minute_after, minute_of, pack, unpack
from portal.worktime.reading import works_of
from portal.worktime.states import Use

__all__ = ["CELL_MINUTES", "Cells", "Mask", "Times", "cells", "mask", "times_of"]

# The exclusion constraint's own index finds the bookings.
_TIMES = """
SELECT asked.user_id, packed.spans, coalesce(packed.has_pattern, false),
    packed.covers_from <= %(first)s AND packed.covers_until > %(last)s,
    booked.starts, booked.ends
FROM unnest(%(user_ids)s::bigint[]) AS asked (user_id)
LEFT JOIN worktime_packedtime AS packed ON packed.user_id = asked.user_id
LEFT JOIN LATERAL (
    SELECT array_agg(floor(extract(epoch FROM lower(during)) / 60)::int) AS starts,
        array_agg(ceil(extract(epoch FROM upper(during)) / 60)::int) AS ends
    FROM worktime_booking
    WHERE int8range(user_id, user_id, '[]') && int8range(asked.user_id, asked.user_id, '[]')
        AND during && tstzrange(%(start)s, %(end)s) AND released_at IS NULL
) AS booked ON true
"""


@dataclass(frozen=True, slots=True)
class Times:
    """The time of one person: `spans` as packing.Spans has them, in minutes since 1970.

    They reach at least over what was asked for, and may reach beyond it. Bookings come last, as
    BOOKED, and may overlap the others, which are in order and apart. `known` is false where the
    working week is not known and office hours are assumed.
    """

    spans: Spans
    known: bool


def times_of(user_ids: Sequence[int], start: datetime, end: datetime) -> dict[int, Times]:
    """The time of each between two moments, in one query.

    What lies outside the days that were worked out beforehand (rebuilding.py) is worked out here,
    for those whom it concerns, with five queries more. ValueError for naive moments.
    """
    first, after = minute_of(start), max(minute_after(end), minute_of(start) + 1)
    rows = _rows(user_ids, start, end)
    beyond = [row[0] for row in rows if row[1] is not None and not row[3]]
    works = works_of(beyond) if beyond else {}
    found = {}
    for user_id, packed, has_pattern, _, starts, ends in rows:
        if packed is None:
            spans = _assumed(first, after)
        elif user_id in works:
            spans = _worked_out(works[user_id], first, after)
        else:
            spans = unpack(packed)
        found[user_id] = Times(_with_bookings(spans, starts, ends), known=has_pattern)
    return found


def _rows(user_ids: Sequence[int], start: datetime, end: datetime) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "user_ids": list(user_ids),
        "first": london(start).date(),
        "last": london(end).date(),
        "start": start,
        "end": end,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TIMES, values)
        return cursor.fetchall()


@lru_cache(maxsize=64)
def _assumed(first: int, after: int) -> Spans:
    return _worked_out(WorkGiven(), first, after)


def _worked_out(work: WorkGiven, first: int, after: int) -> Spans:
    return unpack(pack(expanded_between(work.or_assumed(), first, after).spans))


def _with_bookings(spans: Spans, starts: list[int] | None, ends: list[int] | None) -> Spans:
    if not starts or not ends:
        return spans
    booked = np.empty((len(starts), 3), np.int32)
    booked[:, 0], booked[:, 1], booked[:, 2] = starts, ends, CODES[Use.BOOKED]
    return np.concatenate([spans, booked])

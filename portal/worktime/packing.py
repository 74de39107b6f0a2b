"""Stretches of time as bytes: what the database keeps, and numpy reads without a loop. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from portal.worktime.hours import in_utc
from portal.worktime.states import Use

# Kept in rows: a code is never given to another use.
CODES: dict[Use, int] = {
    Use.CLINIC: 1,
    Use.LEAVE: 2,
    Use.BUSY: 3,
    Use.BOOKED: 4,
    Use.AWAY: 5,
    Use.MOVABLE: 6,
    Use.MEETING: 7,
}
USES: dict[int, Use] = {code: use for use, code in CODES.items()}

# Shape (n, 3): first minute since 1970 (UTC), first minute after it, code of the use.
Spans = NDArray[np.int32]
_KEPT = np.dtype("<i4")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


def pack(spans: Iterable[tuple[int, int, Use]]) -> bytes:
    """Triples of int32, little-endian, in the order given."""
    rows = [(start, end, CODES[use]) for start, end, use in spans]
    return np.array(rows, _KEPT).tobytes()


def unpack(packed: bytes | memoryview) -> Spans:
    """The spans that `pack` made bytes of, read-only; ValueError for bytes that are none."""
    return np.frombuffer(packed, _KEPT).reshape(-1, 3)


def unpack_pairs(packed: bytes | memoryview) -> NDArray[np.int32]:
    """The pairs that `calendars.parse.packed` made bytes of, shape (n, 2).

    That runs in a process of its own, which is small without numpy.
    """
    return np.frombuffer(packed, _KEPT).reshape(-1, 2)


def minute_of(moment: datetime) -> int:
    """The minute since 1970 in which the moment lies; ValueError when naive."""
    return (in_utc(moment) - _EPOCH) // _MINUTE


def minute_after(moment: datetime) -> int:
    """The first minute that begins at the moment or later: the end of what ends then."""
    return -((_EPOCH - in_utc(moment)) // _MINUTE)


def moment_of(minute: int) -> datetime:
    """When the minute begins, in UTC."""
    return _EPOCH + int(minute) * _MINUTE

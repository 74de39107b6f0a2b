"""When somebody can be visited at their work. Pure: minutes since 1970, UTC.

Of a visit the host's session is what is looked for, and not what is avoided; the visitor has to
be free.
"""

from collections.abc import Sequence

import numpy as np

from meetings.finder.shapes import MARK, Spans
from portal.worktime.masks import mask
from portal.worktime.states import HARD, SessionKind, Use

Stretch = tuple[int, int]
# What can be seen, as the form says it.
TO_SEE: dict[SessionKind, str] = {
    SessionKind.CLINIC: "A clinic or surgery",
    SessionKind.WARD_ROUND: "A ward round",
    SessionKind.DUTY: "A duty day",
    SessionKind.VISITS: "Calls and visits",
}
_HOST_IS_TAKEN = HARD - {Use.CLINIC}
TIMES_AT_MOST = 8


def visit_times(
    sessions: Sequence[Stretch], host: Spans, visitor: Spans, *, minutes: int, after: int
) -> list[Stretch]:
    """The first time in each session at which the host is there and the visitor free.

    On marks, `minutes` long, or as long as the session where that is shorter; none begins before
    `after`. At most TIMES_AT_MOST, in order.
    """
    found = []
    for begins, ends in sessions:
        start = _mark_from(max(begins, after))
        length = min(minutes, (ends - start) // MARK * MARK)
        if length < MARK or (ends - begins >= minutes and length < minutes):
            continue
        time = _first(start, ends, length, host, visitor)
        if time is not None:
            found.append(time)
        if len(found) == TIMES_AT_MOST:
            break
    return found


def _first(start: int, ends: int, length: int, host: Spans, visitor: Spans) -> Stretch | None:
    taken = mask([host], start, ends, _HOST_IS_TAKEN)[0] | mask([visitor], start, ends, HARD)[0]
    # Of a last cell that the session fills only in part nothing can be used.
    free = ~taken[: (ends - start) // MARK]
    cells = length // MARK
    if len(free) < cells:
        return None
    runs = np.flatnonzero(np.convolve(free, np.ones(cells, int), "valid") == cells)
    if not len(runs):
        return None
    begins = start + int(runs[0]) * MARK
    return begins, begins + length


def _mark_from(minute: int) -> int:
    return -(-minute // MARK) * MARK

"""When somebody can be visited: the host's sessions and both people's time, read and compared."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from meetings.finder.shapes import Spans
from meetings.visiting import Stretch, visit_times
from portal.core.clock import LONDON, london, now, today
from portal.worktime.free import times_of
from portal.worktime.packing import minute_after, minute_of, moment_of
from portal.worktime.reading import works_of
from portal.worktime.sessions import sessions_between
from portal.worktime.states import SessionKind

AHEAD = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Offered:
    """The times that fit; `has_sessions` whether the host has any of that kind at all."""

    times: list[tuple[datetime, datetime]]
    has_sessions: bool


def offered_times(*, visitor_id: int, host_id: int, kind: SessionKind, minutes: int) -> Offered:
    """From tomorrow on, for eight weeks: six queries."""
    first = today() + timedelta(days=1)
    sessions, host, visitor = _read(visitor_id, host_id, kind, first, first + AHEAD)
    found = visit_times(sessions, host, visitor, minutes=minutes, after=minute_after(now()))
    return Offered(
        times=[(moment_of(starts), moment_of(ends)) for starts, ends in found],
        has_sessions=bool(sessions),
    )


def still_fits(
    *, visitor_id: int, host_id: int, kind: SessionKind, start: datetime, end: datetime
) -> bool:
    """Whether the host is in such a session for all of it and the visitor is free. Six queries."""
    day = london(start).date()
    sessions, host, visitor = _read(
        visitor_id, host_id, kind, day - timedelta(days=1), day + timedelta(days=1)
    )
    asked = minute_of(start), minute_after(end)
    if not any(begins <= asked[0] and asked[1] <= ends for begins, ends in sessions):
        return False
    minutes = asked[1] - asked[0]
    return visit_times([asked], host, visitor, minutes=minutes, after=minute_after(now())) == [
        asked
    ]


def _read(
    visitor_id: int, host_id: int, kind: SessionKind, first: date, last: date
) -> tuple[list[Stretch], Spans, Spans]:
    sessions = sessions_between(works_of([host_id])[host_id], {kind}, first, last)
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=LONDON) for day in (first, last))
    # A session of the last night goes on into the day after.
    times = times_of([host_id, visitor_id], begin, end + timedelta(days=1))
    return sessions, times[host_id].spans, times[visitor_id].spans

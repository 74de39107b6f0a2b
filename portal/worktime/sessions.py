"""Sessions of a kind in somebody's days: for whoever wants to see them at work. Pure."""

from collections.abc import Collection, Iterator
from datetime import date, time, timedelta

from portal.worktime.given import WorkGiven
from portal.worktime.hours import clock_moment
from portal.worktime.packing import minute_of
from portal.worktime.states import SessionKind

Stretch = tuple[int, int]  # first minute since 1970 and first minute after it
_DAY = timedelta(days=1)


def sessions_between(
    work: WorkGiven, kinds: Collection[SessionKind], first: date, last: date
) -> list[Stretch]:
    """Those that begin on days from `first` to the day before `last`, in order.

    As they are in the patterns and on single days; leave and what is booked are not taken out.
    """
    found: set[Stretch] = set()
    day = first
    while day < last:
        for starts, ends, kind in _of_day(work, day):
            if kind in kinds:
                until = day if ends > starts else day + _DAY
                found.add(
                    (minute_of(clock_moment(day, starts)), minute_of(clock_moment(until, ends)))
                )
        day += _DAY
    return sorted(stretch for stretch in found if stretch[0] < stretch[1])


def _of_day(work: WorkGiven, day: date) -> Iterator[tuple[time, time, SessionKind]]:
    singles = [one for one in work.one_offs if one.day == day]
    for one in singles:
        yield one.starts, one.ends, one.kind
    if any(one.instead for one in singles):
        return
    for pattern in work.patterns:
        for session in pattern.sessions_on(day):
            yield session.starts, session.ends, session.kind

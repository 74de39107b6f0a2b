"""London days and their clocks, as minutes since 1970."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from portal.core.clock import LONDON

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_SATURDAY = 5


def london_of(minute: int) -> datetime:
    """The minute on London's clocks."""
    return (_EPOCH + minute * _MINUTE).astimezone(LONDON)


@lru_cache(maxsize=16_384)
def moment_on(day: date, clock: int) -> int:
    """When London's clocks first show `clock` (0 to 1440) on this day, or skip it."""
    days, clock = divmod(clock, 1440)
    day += days * _DAY
    local = datetime.combine(day, time(*divmod(clock, 60)), LONDON)
    moment = local.astimezone(UTC)
    if moment.astimezone(LONDON).time() != local.time():
        # Skipped: British clocks go forward at 01:00 UTC (Summer Time Act 1972, section 1).
        moment = datetime.combine(day, time(1), UTC)
    return (moment - _EPOCH) // _MINUTE


def days_between(start: int, end: int, *, weekend: bool) -> Iterator[date]:
    """The London days that the minutes from `start` to `end` touch, in order."""
    day, last = london_of(start).date(), london_of(end - 1).date()
    while day <= last:
        if weekend or day.weekday() < _SATURDAY:
            yield day
        day += _DAY

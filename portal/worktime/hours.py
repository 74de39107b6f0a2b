"""Opening hours of a team and arithmetic in its working time: pure, no database.

Hours are kept as London clocks show them; moments go in as any aware datetime and come out in
UTC; intervals are half-open, so a team that closes at 17:00 is closed at 17:00. On the nights
when the clocks change an opening begins and ends when the clock first shows its time, or at the
change itself where the clock skips it: a whole day is then 23 or 25 hours long.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from portal.worktime.bank_holidays import division_of, is_bank_holiday

LONDON = ZoneInfo("Europe/London")
MIDNIGHT = time(0)
# How far a search looks for the next opening or closing: a year and a month, with its holidays.
SEARCH_DAYS = 400
# How far ahead working time is added: no team promises anything beyond ten years.
FURTHEST_DAYS = 3660
_DAY = timedelta(days=1)
_NOTHING = timedelta(0)

Interval = tuple[datetime, datetime]


class Opening(NamedTuple):
    """Open on a weekday (0 is Monday) between two London clock times.

    `closes` of time(0) is the midnight at the end of the day. An opening that crosses midnight
    is two: until midnight, and from midnight on the next weekday.
    """

    weekday: int
    opens: time
    closes: time


class State(NamedTuple):
    """Open or not at a moment.

    `until` says when an open team closes, None when it never does; `opens_next` when a closed
    one opens, None when it does not open within SEARCH_DAYS. Both are UTC, and each is None in
    the other's case.
    """

    open_now: bool
    until: datetime | None = None
    opens_next: datetime | None = None


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """The week of a team, and whose bank holidays it keeps.

    Openings may touch or overlap and stand in any order. ValueError for a nation that is not of
    the UK, for a weekday outside 0 to 6 and for an opening that does not end after it began.
    """

    openings: tuple[Opening, ...]
    nation: str
    closed_on_bank_holidays: bool = True
    _hash: int = field(init=False, repr=False, compare=False)
    _never_closes: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        division_of(self.nation)
        week = _week(self.openings)
        # Worked out once: both are asked again and again.
        parts = (self.openings, self.nation, self.closed_on_bank_holidays)
        object.__setattr__(self, "_hash", hash(parts))
        whole = week == _week(_EVERY_DAY)
        object.__setattr__(self, "_never_closes", not self.closed_on_bank_holidays and whole)

    def __hash__(self) -> int:
        return self._hash

    @classmethod
    def always(cls, nation: str) -> "WeeklyHours":
        """Day and night, bank holidays too."""
        return cls(_EVERY_DAY, nation, closed_on_bank_holidays=False)

    @property
    def never_closes(self) -> bool:
        """Day and night on all seven days, bank holidays too."""
        return self._never_closes

    @property
    def never_opens(self) -> bool:
        """No opening at all."""
        return not self.openings


def state_at(hours: WeeklyHours, at: datetime) -> State:
    """Open or closed at this moment, and until when. ValueError for a naive moment."""
    at = in_utc(at)
    if hours.never_closes:
        return State(open_now=True)
    for opens, closes in _intervals(hours, _london_day(at), SEARCH_DAYS):
        if at < opens:
            return State(open_now=False, opens_next=opens)
        if at < closes:
            return State(open_now=True, until=closes)
    return State(open_now=False)


def add_working_time(hours: WeeklyHours, start: datetime, amount: timedelta) -> datetime:
    """The moment (UTC) when `amount` of open time has passed since `start`.

    Counting begins at the next opening where `start` is outside the hours, and nothing added
    gives that opening. What ends exactly with a day is due at that day's *closing*, not at the
    next opening: a promise of eight hours, made at 09:00 to a team that closes at 17:00, is due
    at 17:00. ValueError for a naive start, a negative amount, hours without an opening, and an
    end more than FURTHEST_DAYS ahead.
    """
    if amount < _NOTHING:
        raise ValueError("Working time is added, never taken away.")
    start, left = in_utc(start), amount
    if hours.never_closes:
        return start + amount
    if hours.never_opens:
        raise ValueError("These hours have no opening: there is no working time to count.")
    for opens, closes in _intervals(hours, _london_day(start), FURTHEST_DAYS):
        if closes <= start:
            continue
        counted_from = max(opens, start)
        if left <= closes - counted_from:
            return counted_from + left
        left -= closes - counted_from
    raise ValueError(f"{amount} of working time ends more than {FURTHEST_DAYS} days ahead.")


def working_time_between(hours: WeeklyHours, start: datetime, end: datetime) -> timedelta:
    """How much open time lies in `start <= t < end`; nothing where `end` is not after `start`.

    The inverse of add_working_time: what was added comes out again. ValueError when naive.
    """
    start, end = in_utc(start), in_utc(end)
    if end <= start:
        return _NOTHING
    if hours.never_closes:
        return end - start
    first, last = _london_day(start), _london_day(end)
    total = whole_days(hours, first.toordinal() + 1, last.toordinal() - 1).time
    for day in {first, last}:
        for opens, closes in _day(hours, day):
            total += max(min(closes, end) - max(opens, start), _NOTHING)
    return total


class Whole(NamedTuple):
    """Working time of some whole days, and on how many of them there is any."""

    time: timedelta
    open_days: int


@lru_cache(maxsize=4096)
def whole_days(hours: WeeklyHours, first: int, last: int) -> Whole:
    """From a London day to another, both with it, by their ordinals; nothing where none is there.

    Kept, because the rows of a list lie between the same few days.
    """
    days = [_day(hours, date.fromordinal(ordinal)) for ordinal in range(first, last + 1)]
    spans = (closes - opens for day in days for opens, closes in day)
    return Whole(sum(spans, _NOTHING), sum(map(bool, days)))


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC, ValueError when naive.

    Needed before any comparison: Python compares two London moments by their clocks, which go
    back an hour once a year.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone.")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def _london_day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _intervals(hours: WeeklyHours, first: date, days: int) -> Iterator[Interval]:
    """Open intervals from a London day on; those that meet at midnight are one."""
    held: Interval | None = None
    for opens, closes in _days(hours, first, days):
        if held is None:
            held = opens, closes
        elif opens == held[1]:
            held = held[0], closes
        else:
            yield held
            held = opens, closes
    if held:
        yield held


def _days(hours: WeeklyHours, first: date, days: int) -> Iterator[Interval]:
    if hours.never_opens:
        return
    for ordinal in range(first.toordinal(), first.toordinal() + days):
        yield from _day(hours, date.fromordinal(ordinal))


@lru_cache(maxsize=16_384)
def _day(hours: WeeklyHours, day: date) -> tuple[Interval, ...]:
    openings = _week(hours.openings)[day.weekday()]
    if not openings or (hours.closed_on_bank_holidays and is_bank_holiday(day, hours.nation)):
        return ()
    return _on_clocks(day, openings)


@lru_cache(maxsize=4096)
def _on_clocks(day: date, openings: tuple[Opening, ...]) -> tuple[Interval, ...]:
    """A day's openings as UTC; one that falls whole into a skipped hour is not there."""
    found = (
        (
            clock_moment(day, opening.opens),
            clock_moment(day + _DAY if closes_late else day, opening.closes),
        )
        for opening in openings
        for closes_late in [opening.closes == MIDNIGHT]
    )
    return tuple((opens, closes) for opens, closes in found if opens < closes)


def clock_moment(day: date, clock: time) -> datetime:
    """When London's clocks first show this time on this day, or skip it: in UTC."""
    local = datetime.combine(day, clock, LONDON)
    moment = local.astimezone(UTC)
    if clock.hour == 1 and moment.astimezone(LONDON).hour != 1:
        # Skipped: British clocks go forward at 01:00 UTC (Summer Time Act 1972, section 1).
        return datetime.combine(day, time(1), UTC)
    return moment


@lru_cache(maxsize=4096)
def _week(openings: tuple[Opening, ...]) -> tuple[tuple[Opening, ...], ...]:
    """The openings by weekday, in order, without overlaps; ValueError for an impossible one."""
    week: list[list[Opening]] = [[] for _ in range(7)]
    for opening in sorted(openings, key=lambda opening: (opening.weekday, opening.opens)):
        _check(opening)
        day = week[opening.weekday]
        if day and (day[-1].closes == MIDNIGHT or opening.opens <= day[-1].closes):
            earlier = day.pop()
            opening = Opening(
                earlier.weekday,
                earlier.opens,
                max(earlier.closes, opening.closes, key=lambda t: (t == MIDNIGHT, t)),
            )
        day.append(opening)
    return tuple(tuple(day) for day in week)


def _check(opening: Opening) -> None:
    if opening.weekday not in range(7):
        raise ValueError(f"Weekday {opening.weekday}: Monday is 0, Sunday is 6.")
    if opening.opens.tzinfo or opening.closes.tzinfo:
        raise ValueError("Opening hours are London clock times, without a time zone.")
    if opening.closes != MIDNIGHT and opening.closes <= opening.opens:
        raise ValueError(
            f"{opening.opens:%H:%M} to {opening.closes:%H:%M} ends before it began: an opening"
            " that crosses midnight is two, one on each weekday."
        )


_EVERY_DAY = tuple(Opening(weekday, MIDNIGHT, MIDNIGHT) for weekday in range(7))

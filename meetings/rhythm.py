"""On which days a series meets: pure, from its rhythm and the bank holidays of its nation.

A day that is a bank holiday is not met on: the meeting is a week later, and says why. Where the
series meets that week anyway, there is one meeting and not two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from portal.core.clock import LONDON
from portal.ui.words import MONTHS, long_date, plural
from portal.worktime.bank_holidays import name_of

LAST = 5
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NTH_WORDS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every `every_weeks` weeks from `starts_on` on, or each month on the `nth` of its weekdays.

    `weekday` is 0 for Monday; of `every_weeks` and `nth` (1 to 4, 5: last) one is None.
    """

    weekday: int
    at: time
    starts_on: date
    every_weeks: int | None = None
    nth: int | None = None

    @property
    def words(self) -> str:
        """`on the second Tuesday of each month at 13:05`, `every 2 weeks on Tuesday at 13:05`."""
        day, at = WEEKDAYS[self.weekday], f"{self.at:%H:%M}"
        if self.nth:
            return f"on the {NTH_WORDS[self.nth]} {day} of each month at {at}"
        if self.every_weeks == 1:
            return f"every {day} at {at}"
        return f"every {plural(self.every_weeks or 1, 'week')} on {day} at {at}"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting: on `day`; `meant_for` is another where that is a bank holiday (`note`)."""

    day: date
    meant_for: date
    note: str = ""


def occurrences(rhythm: Rhythm, nation: str, first: date, last: date) -> list[Occurrence]:
    """The meetings on days from `first` to `last`, both included, in order; one a day at most."""
    found: dict[date, Occurrence] = {}
    # What was meant for the weeks before can have been put off to these.
    for meant in _meant(rhythm, first - 4 * _WEEK, last):
        one = _put_off(meant, nation)
        # What is meant for the day itself stands before what is put off to it.
        if first <= one.day <= last and (one.day not in found or not one.note):
            found[one.day] = one
    return [found[day] for day in sorted(found)]


def begins(day: date, at: time) -> datetime:
    """The moment in UTC at which London's clocks show `at` on a day.

    A time that the clocks leave out in March is the one an hour later; of one that comes twice in
    October it is the first.
    """
    moment = datetime.combine(day, at, tzinfo=LONDON)
    return moment.astimezone(UTC)


def _put_off(meant: date, nation: str) -> Occurrence:
    day, holidays = meant, []
    while name := name_of(day, nation):
        holidays.append(name)
        day += _WEEK
    if not holidays:
        return Occurrence(day, meant)
    return Occurrence(
        day, meant, f"Put off from {long_date(meant)}, which is a bank holiday ({holidays[0]})."
    )


def _meant(rhythm: Rhythm, first: date, last: date) -> Iterator[date]:
    """The days by the rhythm alone, from `first` to `last`; none before the series begins."""
    if rhythm.every_weeks:
        step = rhythm.every_weeks * _WEEK
        start = rhythm.starts_on + timedelta(days=(rhythm.weekday - rhythm.starts_on.weekday()) % 7)
        day = start + max(0, -((start - first) // step)) * step
        while day <= last:
            if day >= first:
                yield day
            day += step
        return
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        day = nth_weekday(year, month, rhythm.weekday, rhythm.nth or LAST)
        if max(first, rhythm.starts_on) <= day <= last:
            yield day
        year, month = (year, month + 1) if month < len(MONTHS) else (year + 1, 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The first to fourth of a weekday in a month; the last where `nth` is 5."""
    if nth == LAST:
        following = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return following - timedelta(days=(following.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))

"""What somebody says of their working time, as plain values. Clock times are London's."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import NamedTuple

from portal.worktime.bank_holidays import is_bank_holiday
from portal.worktime.states import SessionKind

BUFFER_MINUTES = 5
MOST_BUFFER = 60


class SessionGiven(NamedTuple):
    """A session of a pattern: `week` 0, or 1 for the second of a fortnight; Monday is 0.

    One that ends at or before its start ends on the next day.
    """

    week: int
    weekday: int
    starts: time
    ends: time
    kind: SessionKind


class OneOffGiven(NamedTuple):
    """A session on one day; where one of a day's is `instead`, no pattern holds on it."""

    day: date
    starts: time
    ends: time
    kind: SessionKind
    instead: bool = False


@dataclass(frozen=True, slots=True)
class PatternGiven:
    """Sessions that recur at one place of work, from `starts_on` until the day before `ends_on`.

    The first week of a fortnight is the one in which `starts_on` lies; weeks begin on Mondays.
    """

    nation: str
    starts_on: date
    sessions: tuple[SessionGiven, ...]
    weeks: int = 1
    ends_on: date | None = None
    works_on_bank_holidays: bool = False
    buffer_minutes: int = BUFFER_MINUTES

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day, bank holiday or not."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def week_of(self, day: date) -> int:
        """Which week of the pattern the day lies in: 0, or 1 in the second of a fortnight."""
        return (_monday(day) - _monday(self.starts_on)) // 7 % self.weeks

    def sessions_on(self, day: date) -> list[SessionGiven]:
        """Those that begin on that day: none where it is not in force, or keeps a bank holiday."""
        closed = not self.works_on_bank_holidays and is_bank_holiday(day, self.nation)
        if closed or not self.holds_on(day):
            return []
        wanted = self.week_of(day), day.weekday()
        return [one for one in self.sessions if (one.week, one.weekday) == wanted]


# Of somebody who has said nothing: office hours, and the finder says that this is assumed.
ASSUMED = PatternGiven(
    nation="England",
    starts_on=date(2000, 1, 3),
    sessions=tuple(
        SessionGiven(0, weekday, time(9), time(17), SessionKind.DESK) for weekday in range(5)
    ),
)


@dataclass(frozen=True, slots=True)
class WorkGiven:
    """All that is known of one person's time: patterns side by side, single days, leave.

    Leave is half-open and aware. `busy` are the stretches that other calendars say, in minutes
    since 1970, the second the first minute after it.
    """

    patterns: tuple[PatternGiven, ...] = ()
    one_offs: tuple[OneOffGiven, ...] = ()
    leave: tuple[tuple[datetime, datetime], ...] = ()
    busy: tuple[tuple[int, int], ...] = ()

    def or_assumed(self) -> "WorkGiven":
        """The same, with office hours for somebody who has no pattern."""
        return self if self.patterns else replace(self, patterns=(ASSUMED,))


def _monday(day: date) -> int:
    return day.toordinal() - day.weekday()

"""Working weeks of twenty people, the same as packed spans and as calendars in text.

About forty appointments a week each: two clinics a day on most days, and single busy times of
their own. Invented, and the same every time.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from portal.accounts.models import User
from portal.core.clock import LONDON
from portal.worktime.models import PackedTime
from portal.worktime.packing import minute_of, pack
from portal.worktime.states import Use

WEEKS = 12
FIRST = date(2027, 1, 4)  # a Monday; the clocks change in the twelfth week
EARLIEST, LATEST = time(9), time(17, 30)
_APPOINTMENTS = 31  # a week, beside some nine clinics
_FIVE = 5


@dataclass(frozen=True)
class Week:
    """Of one person: what recurs (weekday, from, until, as what), and what does not."""

    recurring: tuple[tuple[int, time, time, Use], ...]
    single: tuple[tuple[datetime, datetime], ...]


def window() -> tuple[datetime, datetime]:
    """The weeks that are searched, and one more."""
    return _at(FIRST, time(0)), _at(FIRST + timedelta(weeks=WEEKS + 1), time(0))


def make_weeks(count: int) -> list[Week]:
    """For so many people."""
    return [_week(random.Random(seed)) for seed in range(count)]  # noqa: S311


def keep(users: Sequence[User], weeks: Sequence[Week]) -> None:
    """As the rows that the portal reads."""
    after = FIRST + timedelta(weeks=WEEKS + 2)
    PackedTime.objects.bulk_create(
        PackedTime(
            user=user,
            spans=pack(sorted(_spans(week))),
            covers_from=FIRST - timedelta(weeks=1),
            covers_until=after,
            has_pattern=True,
        )
        for user, week in zip(users, weeks, strict=True)
    )


def as_calendar(week: Week) -> str:
    """As an iCalendar file: a rule for what recurs, an event for what does not."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN"]
    for number, (weekday, starts, ends, _) in enumerate(week.recurring):
        day = FIRST - timedelta(weeks=1) + timedelta(days=weekday)
        until = day + timedelta(days=1) if ends <= starts else day
        lines += [
            *("BEGIN:VEVENT", f"UID:r{number}@bench.example", "DTSTAMP:20270101T000000Z"),
            f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T{starts:%H%M}00",
            f"DTEND;TZID=Europe/London:{until:%Y%m%d}T{ends:%H%M}00",
            *("RRULE:FREQ=WEEKLY", "END:VEVENT"),
        ]
    for number, (start, end) in enumerate(week.single):
        lines += [
            *("BEGIN:VEVENT", f"UID:s{number}@bench.example", "DTSTAMP:20270101T000000Z"),
            f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
            f"DTEND:{end:%Y%m%dT%H%M%SZ}",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


def _week(chance: random.Random) -> Week:
    off = chance.randrange(_FIVE)
    recurring = [(day, time(18), time(8), Use.AWAY) for day in range(7)]
    for day in range(_FIVE):
        if day == off:
            recurring.append((day, time(8, 25), time(11, 35), Use.CLINIC))
            continue
        recurring.append((day, time(8, 25), time(11, 35), Use.CLINIC))
        recurring.append((day, time(14, 25), time(17, 35), Use.CLINIC))
    return Week(tuple(recurring), tuple(_appointments(chance)))


def _appointments(chance: random.Random) -> Iterator[tuple[datetime, datetime]]:
    for number in range((WEEKS + 1) * _APPOINTMENTS):
        day = FIRST + timedelta(days=7 * (number // _APPOINTMENTS) + chance.randrange(_FIVE))
        start = _at(day, time(8)) + timedelta(minutes=5 * chance.randrange(120))
        yield start, start + timedelta(minutes=chance.choice((5, 10, 15, 20)))


def _spans(week: Week) -> Iterator[tuple[int, int, Use]]:
    for weekday, starts, ends, use in week.recurring:
        for number in range(-1, WEEKS + 2):
            day = FIRST + timedelta(days=7 * number + weekday)
            until = day + timedelta(days=1) if ends <= starts else day
            yield minute_of(_at(day, starts)), minute_of(_at(until, ends)), use
    for start, end in week.single:
        yield minute_of(start), minute_of(end), Use.BUSY

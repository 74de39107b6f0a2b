"""Opening hours told minute by minute, with nothing in common with the portal's own arithmetic.

A window is some days of London clocks: for every minute of it (in UTC) the day, and the latest
time that the clock has shown on that day. A team is open from when the clock first shows its
opening time until it first shows its closing time, so that latest time decides.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from portal.worktime.hours import Opening, WeeklyHours

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)

# Read from gov.uk's list by hand, for the days of the windows below.
BANK_HOLIDAYS = {
    "England": {date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 25), date(2026, 12, 28)},
    "Scotland": {
        date(2026, 4, 3),
        date(2026, 11, 30),
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 1, 4),
    },
    "Northern Ireland": {
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 7, 12),
    },
}
for _nation in ("England", "Northern Ireland"):
    BANK_HOLIDAYS[_nation].add(date(2027, 1, 1))
BANK_HOLIDAYS["Wales"] = BANK_HOLIDAYS["England"]

# Where a window of DAYS days begins, and what is in it.
WINDOWS = {
    "clocks forward, then Easter": date(2026, 3, 27),
    "clocks back": date(2026, 10, 22),
    "clocks back at a month's end": date(2027, 10, 28),
    "29 February": date(2028, 2, 25),
    "St Andrew's Day": date(2026, 11, 27),
    "Christmas on a Friday": date(2026, 12, 23),
    "New Year, with a 2 January on a Saturday": date(2026, 12, 30),
    "Battle of the Boyne": date(2027, 7, 8),
}
DAYS = 11


@cache
def minutes_of(first: date) -> tuple[datetime, list[tuple[date, int]]]:
    """The UTC start of a window, and for each minute its London day and latest clock time."""
    start = datetime.combine(first, time(0), LONDON).astimezone(UTC)
    end = datetime.combine(first + timedelta(days=DAYS), time(0), LONDON).astimezone(UTC)
    rows: list[tuple[date, int]] = []
    moment = start
    while moment < end:
        local = moment.astimezone(LONDON)
        shown = local.hour * 60 + local.minute
        if rows and rows[-1][0] == local.date():
            shown = max(shown, rows[-1][1])
        rows.append((local.date(), shown))
        moment += MINUTE
    return start, rows


def open_minutes(hours: WeeklyHours, first: date) -> list[bool]:
    """For every minute of the window: open?"""
    _, rows = minutes_of(first)
    closed_days = BANK_HOLIDAYS[hours.nation] if hours.closed_on_bank_holidays else set()
    by_weekday: dict[int, list[tuple[int, int]]] = {day: [] for day in range(7)}
    for opening in hours.openings:
        by_weekday[opening.weekday].append(_span(opening))
    return [
        day not in closed_days
        and any(opens <= shown < closes for opens, closes in by_weekday[day.weekday()])
        for day, shown in rows
    ]


def _span(opening: Opening) -> tuple[int, int]:
    opens, closes = (clock.hour * 60 + clock.minute for clock in opening[1:])
    return opens, closes or 24 * 60

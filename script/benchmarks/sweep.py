"""What one would otherwise write: calendars read and expanded by libraries, and a sweep in Python.

The same question as the finder's first: at which marks are all free for the whole meeting, on
weekdays, within the clock times. No sentence, no order of topics, no second-best.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import recurring_ical_events

from portal.core.clock import LONDON

Busy = list[tuple[datetime, datetime]]
MARK = timedelta(minutes=5)


def parsed(texts: Sequence[str]) -> list[icalendar.Calendar]:
    """The calendars, read."""
    return [icalendar.Calendar.from_ical(text) for text in texts]


def expanded(calendars: Sequence[icalendar.Calendar], start: datetime, end: datetime) -> list[Busy]:
    """When each person is busy between two moments."""
    return [
        [
            (event["DTSTART"].dt.astimezone(UTC), event["DTEND"].dt.astimezone(UTC))
            for event in recurring_ical_events.of(calendar).between(start, end)
        ]
        for calendar in calendars
    ]


def common_starts(
    people: Sequence[Busy],
    *,
    length: timedelta,
    first: date,
    days: int,
    earliest: time,
    latest: time,
) -> list[datetime]:
    """All marks from which nobody is busy for so long: what anybody has, merged, and the gaps."""
    taken = _merged(sorted(busy for person in people for busy in person))
    found, place = [], 0
    for day in (first + timedelta(days=number) for number in range(days)):
        if day.weekday() > 4:
            continue
        start = datetime.combine(day, earliest, LONDON).astimezone(UTC)
        end = datetime.combine(day, latest, LONDON).astimezone(UTC)
        while start + length <= end:
            while place < len(taken) and taken[place][1] <= start:
                place += 1
            if place == len(taken) or taken[place][0] >= start + length:
                found.append(start)
                start += MARK
            else:
                start += -((start - taken[place][1]) // MARK) * MARK
    return found


def _merged(taken: Busy) -> Busy:
    found: Busy = []
    for start, end in taken:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found

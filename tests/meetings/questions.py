"""Questions for the finder, at random and by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st

from meetings.finder.shapes import Ask, Someone, Spans, Topic
from portal.worktime.packing import CODES
from portal.worktime.states import HARD, Use

LONDON = ZoneInfo("Europe/London")
# The clocks go forward; they go back; a leap day, a Tuesday; a Friday before a weekend.
DAYS = (date(2027, 3, 28), date(2026, 10, 25), date(2028, 2, 29), date(2026, 12, 4))
USES = (*sorted(HARD), *sorted(HARD), Use.MOVABLE, Use.MEETING)
LABELS = ("the GP", "Sam Field", "Dr Ward", "the physician", "Mo Hall")


def at(day: date, clock: str) -> int:
    """The minute since 1970 at which a London clock shows `09:00` on that day."""
    shown = datetime.combine(day, time.fromisoformat(clock), LONDON)
    return int(shown.astimezone(UTC).timestamp()) // 60


def spans(*rows: tuple[int, int, Use]) -> Spans:
    """Spans as the finder takes them."""
    return np.array([(a, b, CODES[use]) for a, b, use in rows], dtype=np.int32).reshape(-1, 3)


def somebody(key: int, *rows: tuple[int, int, Use], must: bool = True, **more) -> Someone:
    """Somebody with a name of their own and this in their week."""
    return Someone(
        key, LABELS[key - 1] if key <= 5 else f"Person {key}", must, spans(*rows), **more
    )


def topics(*needs: Sequence[int], minutes: int = 10) -> tuple[Topic, ...]:
    """Topics of equal length, for these keys."""
    return tuple(
        Topic(100 + place, f"Topic {place + 1}", minutes, frozenset(keys))
        for place, keys in enumerate(needs)
    )


@st.composite
def questions(draw: st.DrawFn) -> Ask:
    """A day or two with a narrow window, in which everybody has something at any minute."""
    day = draw(st.sampled_from(DAYS))
    midnight, earliest = at(day, "00:00"), 5 * draw(st.sampled_from([0, 6, 9, 12, 15, 24, 156]))
    start = midnight + draw(st.sampled_from([0, 0, 0, -60, earliest + 25]))
    room = draw(st.sampled_from([70, 60, 90, 120, 80, 100, 1440, 30, 5]))
    agenda = draw(_agendas())
    keys = range(1, 1 + draw(st.integers(1, 5)))
    end = start + 5 * draw(st.sampled_from([288, 300, 576] * 4 + [1, 40]))
    return Ask(
        people=tuple(draw(_somebodies(key, midnight + earliest)) for key in keys),
        minutes=sum(topic.minutes for topic in agenda) or 5 * draw(st.integers(1, 7)),
        start=start,
        end=end,
        earliest=earliest,
        latest=min(earliest + room, 1440),
        topics=tuple(replace(t, needs=t.needs & frozenset(keys)) for t in agenda),
        weekend=draw(st.integers(0, 9)) > 0,
        known_until=draw(st.sampled_from([None, end + 10_080])),
    )


@st.composite
def _agendas(draw: st.DrawFn) -> tuple[Topic, ...]:
    lengths = draw(st.lists(st.sampled_from([5, 5, 10, 15]), max_size=4))
    needs = st.frozensets(st.integers(1, 5), max_size=4)
    return tuple(
        Topic(7 + n, f"Topic {n}", length, draw(needs)) for n, length in enumerate(lengths)
    )


@st.composite
def _somebodies(draw: st.DrawFn, key: int, first: int) -> Someone:
    rows = []
    for _ in range(draw(st.integers(0, 5))):
        start = first + draw(st.integers(-20, 100))
        length = draw(st.sampled_from([1, 4, 5, 7, 10, 20, 30, 60]))
        rows.append((start, start + length, draw(st.sampled_from(USES))))
    must = draw(st.integers(0, 4)) > 0
    burden = draw(st.sampled_from([0, 0, 45, 600]))
    return somebody(key, *rows, must=must, known=draw(st.booleans()), burden=burden)


@st.composite
def crowded(draw: st.DrawFn) -> Ask:
    """Hardly more room than the meeting takes, and people who are needed for several topics."""
    first = at(DAYS[2], "12:00")
    lengths = draw(st.lists(st.sampled_from([5, 10]), min_size=2, max_size=4))
    keys = range(1, 1 + draw(st.integers(2, 5)))
    needs = st.frozensets(st.sampled_from(keys), min_size=1)
    minutes = sum(lengths)
    people = []
    for key in keys:
        starts = draw(st.lists(st.integers(0, minutes // 5), max_size=2))
        rows = [(first + 5 * n, first + 5 * n + 5, draw(st.sampled_from(USES))) for n in starts]
        people.append(somebody(key, *rows, must=draw(st.integers(0, 5)) > 0))
    return Ask(
        people=tuple(people),
        minutes=minutes,
        start=first,
        end=first + 1440,
        earliest=720,
        latest=720 + minutes + draw(st.sampled_from([0, 5, 10])),
        topics=tuple(Topic(7 + n, f"No. {n}", long, draw(needs)) for n, long in enumerate(lengths)),
    )

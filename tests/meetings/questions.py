"""Questions for the finder, at random and by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st

from meetings.finder.shapes import Ask, Someone, Spans, Topic
from portal.worktime.packing import CODES
from portal.worktime.states import Use

LONDON = ZoneInfo("Europe/London")
# The clocks go forward; they go back; a leap day, a Tuesday; a Friday before a weekend.
DAYS = (date(2027, 3, 28), date(2026, 10, 25), date(2028, 2, 29), date(2026, 12, 4))
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
def questions(draw: st.DrawFn, *, with_topics: bool = True) -> Ask:
    """One to three days, some people, anything in their weeks on any minute."""
    day = draw(st.sampled_from(DAYS))
    midnight = at(day, "00:00")
    start = midnight + 5 * draw(st.integers(-12, 60))
    end = start + 5 * draw(st.sampled_from([1, 6, 60, 288, 300, 600]))
    earliest = 5 * draw(st.sampled_from([0, 9, 12, 15, 18, 24, 30, 108]))
    latest = min(earliest + 5 * draw(st.sampled_from([1, 6, 13, 24, 36, 400])), 1440)
    agenda = draw(_agenda()) if with_topics else ()
    keys = range(1, 1 + draw(st.integers(1, 5)))
    agenda = tuple(Topic(t.key, t.label, t.minutes, t.needs & frozenset(keys)) for t in agenda)
    minutes = sum(t.minutes for t in agenda) or 5 * draw(st.integers(1, 12))
    first = midnight + earliest
    return Ask(
        people=tuple(draw(_person(key, first)) for key in keys),
        minutes=minutes,
        start=start,
        end=end,
        earliest=earliest,
        latest=latest,
        topics=agenda,
        weekend=draw(st.integers(0, 5)) > 0,
        known_until=draw(st.sampled_from([None, end + 10_080])),
    )


@st.composite
def _agenda(draw: st.DrawFn) -> tuple[Topic, ...]:
    lengths = draw(st.lists(st.sampled_from([5, 5, 10, 15]), max_size=4))
    needs = st.frozensets(st.integers(1, 5), max_size=3)
    return tuple(
        Topic(7 + n, f"Topic {n}", length, draw(needs)) for n, length in enumerate(lengths)
    )


@st.composite
def _person(draw: st.DrawFn, key: int, first: int) -> Someone:
    rows = []
    for _ in range(draw(st.integers(0, 4))):
        start = first + draw(st.integers(-30, 150))
        length = draw(st.sampled_from([1, 4, 5, 7, 10, 30, 90]))
        rows.append((start, start + length, draw(st.sampled_from(list(Use)))))
    must = draw(st.integers(0, 3)) > 0
    burden = draw(st.sampled_from([0, 0, 45, 600]))
    return somebody(key, *rows, must=must, known=draw(st.booleans()), burden=burden)

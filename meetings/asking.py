"""From rows to what the finder is asked: people with their times, items with who is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.db.models import Prefetch

from meetings.finder.shapes import ITEMS_AT_MOST, MARK, Ask, Someone, Spans, Topic
from meetings.models import Item, ItemNeed, Meeting, Participant
from meetings.references import subject_of
from meetings.states import Need
from portal.core.clock import LONDON, now, today
from portal.core.numbers import typed_number
from portal.worktime.free import Times, times_of
from portal.worktime.models import Booking
from portal.worktime.packing import CODES, minute_after, minute_of
from portal.worktime.states import Use

_WEEK = timedelta(days=7)
_DAY_MINUTES = 24 * 60
_MOST = {"without": 100, "less": 60, "item": ITEMS_AT_MOST, "earlier": 240, "later": 240}
# Others see of somebody's time that it is taken, not by what: leave and other meetings are busy.
_SHOWN_AS_BUSY = (CODES[Use.LEAVE], CODES[Use.BOOKED])


@dataclass(frozen=True, slots=True)
class Change:
    """What the reader would change for more times. People and items by their place, from 1.

    `less` is minutes off `item` (off the whole where there are no items), `earlier` and `later`
    are minutes, `longer` days.
    """

    without: int = 0
    less: int = 0
    item: int = 0
    earlier: int = 0
    later: int = 0
    longer: int = 0

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Change":
        """From an address or a form; what is out of bounds is no change."""
        found = {}
        for name in asdict(cls()):
            number = typed_number(given.get(name, ""), digits=3) or 0
            bound = _MOST.get(name, 28)
            on_mark = name not in ("less", "earlier", "later") or number % MARK == 0
            found[name] = number if number <= bound and on_mark else 0
        return cls(**found)

    @property
    def given(self) -> dict[str, int]:
        """What is changed, by name."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def query(self) -> str:
        """For an address: `?less=10`, or nothing."""
        return f"?{urlencode(self.given)}" if self.given else ""


NO_CHANGE = Change()


@dataclass(frozen=True)
class Asked:
    """A meeting as it is looked for, with its people and items, and what the finder is asked.

    `change` is what of the reader's change makes sense for this meeting.
    """

    meeting: Meeting
    people: list[Participant]
    items: list[Item]
    change: Change
    ask: Ask

    def person(self, user_id: int) -> Participant:
        """Somebody by the finder's key."""
        return next(each for each in self.people if each.user_id == user_id)

    def at(self, start: int) -> Ask:
        """The same for one start only."""
        return replace(self.ask, start=start, end=start + self.ask.minutes, known_until=None)


def asked(meeting: Meeting, *, reader_id: int, change: Change = NO_CHANGE) -> Asked:
    """Load it: four queries (a booked meeting, which is to be moved, has one more)."""
    rows = Participant.objects.filter(meeting=meeting, removed_at__isnull=True)
    people = list(rows.select_related("user", "team").order_by("pk"))
    needs = ItemNeed.objects.filter(participant__removed_at__isnull=True)
    items = list(
        Item.objects.filter(meeting=meeting, removed_at__isnull=True)
        .prefetch_related(Prefetch("needs", needs.select_related("participant")))
        .select_related("referral")
        .order_by("position", "pk")
    )
    change = _sound(meeting, items, change)
    first, until = window(meeting, change)
    times = times_of([each.user_id for each in people], first, until + _WEEK)
    own = _own_bookings(meeting) if meeting.starts_at else {}
    ask = Ask(
        people=tuple(
            _someone(
                each,
                times[each.user_id],
                own=own.get(each.user_id, set()),
                reader_id=reader_id,
                must=each.need == Need.MUST and place != change.without,
            )
            for place, each in enumerate(people, start=1)
        ),
        minutes=meeting.minutes - change.less,
        start=minute_after(first),
        end=minute_of(until),
        earliest=max(0, _minutes(meeting.earliest) - change.earlier),
        latest=min(_DAY_MINUTES, _minutes(meeting.latest) + change.later),
        topics=_topics(meeting, items, change),
        known_until=minute_of(until + _WEEK),
    )
    return Asked(meeting, people, items, change, ask)


def fills(meeting: Meeting, items: Sequence[Item]) -> bool:
    """Whether the items are the meeting: then people may come for some of them only.

    The agenda of a series has room left, or more items than can be put in an order.
    """
    total = sum(item.minutes for item in items)
    return 0 < len(items) <= ITEMS_AT_MOST and total == meeting.minutes


def _sound(meeting: Meeting, items: Sequence[Item], change: Change) -> Change:
    """Without what this meeting cannot be: shorter than nothing, or without the last of two."""
    if not fills(meeting, items):
        return replace(change, item=0, less=change.less if change.less < meeting.minutes else 0)
    if not change.less:
        return replace(change, item=0)
    longest = max(range(len(items)), key=lambda place: items[place].minutes)
    place = change.item if 1 <= change.item <= len(items) else longest + 1
    fits = items[place - 1].minutes > change.less
    return replace(change, item=place if fits else 0, less=change.less if fits else 0)


def window(meeting: Meeting, change: Change = NO_CHANGE) -> tuple[datetime, datetime]:
    """The moments between which a time is looked for: from now on, at the earliest.

    Where its days have passed, as many days from today.
    """
    first, until = meeting.from_day, meeting.until_day
    if until <= today():
        first, until = today(), today() + (until - first)
    until += timedelta(days=change.longer)
    return max(_midnight(first), _next_mark(now())), _midnight(until)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)


def _next_mark(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole + timedelta(minutes=MARK - whole.minute % MARK)


def _minutes(clock: Any) -> int:
    return int(clock.hour * 60 + clock.minute)


def _someone(
    part: Participant, times: Times, *, own: set[tuple[int, int]], reader_id: int, must: bool
) -> Someone:
    spans = np.array(times.spans, dtype=np.int32)
    if own:
        booked = spans[:, 2] == CODES[Use.BOOKED]
        mine = np.array([(int(a), int(b)) in own for a, b in spans[:, :2]], dtype=bool)
        spans = spans[~(booked & mine)]
    burden = _burden(spans)
    if part.user_id != reader_id:
        spans[np.isin(spans[:, 2], _SHOWN_AS_BUSY), 2] = CODES[Use.BUSY]
    return Someone(
        key=part.user_id,
        label=part.user.name,
        must=must,
        spans=spans,
        known=times.known,
        burden=burden,
    )


def _burden(spans: Spans) -> int:
    """Minutes of meetings booked into time that they had for something else."""
    booked = spans[spans[:, 2] == CODES[Use.BOOKED]]
    moved = spans[np.isin(spans[:, 2], (CODES[Use.MOVABLE], CODES[Use.CLINIC]))]
    if not len(booked) or not len(moved):
        return 0
    ends = np.minimum(booked[:, None, 1], moved[None, :, 1])
    starts = np.maximum(booked[:, None, 0], moved[None, :, 0])
    return int(np.clip(ends - starts, 0, None).sum())


def _topics(meeting: Meeting, items: Sequence[Item], change: Change) -> tuple[Topic, ...]:
    """The agenda, where it fills the meeting."""
    if not fills(meeting, items):
        return ()
    return tuple(
        Topic(
            key=item.pk,
            label=item.title,
            minutes=item.minutes - (change.less if place == change.item else 0),
            needs=frozenset(need.participant.user_id for need in item.needs.all()),
        )
        for place, item in enumerate(items, start=1)
    )


def _own_bookings(meeting: Meeting) -> dict[int, set[tuple[int, int]]]:
    """What the meeting itself takes of people's time now: it may be moved within that."""
    rows = Booking.objects.filter(subject=subject_of(meeting.reference), released_at__isnull=True)
    found: dict[int, set[tuple[int, int]]] = {}
    for user_id, during in rows.values_list("user_id", "during"):
        if during.lower is None or during.upper is None:
            continue  # no booking of ours is without an end
        span = minute_of(during.lower), minute_after(during.upper)
        found.setdefault(user_id, set()).add(span)
    return found

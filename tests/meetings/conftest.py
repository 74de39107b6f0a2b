"""Meetings of the cast, and the weeks in which they work."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from meetings.actions.arrange import Invited, Topic, arrange
from meetings.actions.book import book
from meetings.finder.shapes import Slot
from meetings.finding import found_for, mark_of
from meetings.models import Meeting
from meetings.states import How, Kind, Need
from portal.core.clock import LONDON, today
from portal.worktime.actions.patterns import set_pattern
from portal.worktime.bank_holidays import is_bank_holiday
from portal.worktime.given import SessionGiven
from portal.worktime.packing import moment_of
from portal.worktime.states import SessionKind
from tests.cast import PEOPLE, Cast

_numbers: Iterator[int] = iter(range(1, 1_000_000))


def new_key() -> str:
    """A one-time key that no test has used."""
    return f"meeting-key-{next(_numbers):06}"


def next_monday() -> date:
    """The Monday of the first coming week without a bank holiday in England."""
    day = today() + timedelta(days=7 - today().weekday())
    while any(is_bank_holiday(day + timedelta(days=n), "England") for n in range(5)):
        day += timedelta(days=7)
    return day


def invited(cast: Cast, name: str, need: Need = Need.MUST) -> Invited:
    """Somebody of the cast, for their own team."""
    return Invited(cast.users[name].pk, cast.teams[PEOPLE[name][2]].pk, need)


def topic(cast: Cast, title: str = "What can be done at home?", minutes: int = 15, **changes: Any):
    """An item; `needs` are names of the cast."""
    needs = frozenset(cast.users[name].pk for name in changes.pop("needs", ()))
    return Topic(title=title, minutes=minutes, needs=needs, **changes)


def arranged(
    cast: Cast,
    by: str = "alice",
    must: Sequence[str] = ("alice", "sam"),
    may: Sequence[str] = (),
    about: str = "",
    items: Sequence[Topic] | None = None,
    **changes: Any,
) -> Meeting:
    """A meeting of 30 minutes in the coming week, about a referral where one is given."""
    begin = next_monday()
    if items is None and about:
        items = [topic(cast, minutes=30, referral=about)]
    given: dict[str, Any] = {
        "key": new_key(),
        "kind": Kind.CASE,
        "team": cast.teams[PEOPLE[by][2]],
        "title": "Support at home",
        "minutes": 30,
        "how": How.VIDEO,
        "where": "https://video.example/room",
        "from_day": begin,
        "until_day": begin + timedelta(days=5),
        "earliest": time(9),
        "latest": time(17),
        **changes,
    }
    people = [invited(cast, name) for name in must]
    people += [invited(cast, name, Need.MAY) for name in may]
    return arrange(by=cast.reader(by), people=people, items=list(items or []), **given)


# What somebody does on every weekday: (from, until, what).
Sessions = Sequence[tuple[str, str, SessionKind]]
SURGERIES: Sessions = [
    ("08:30", "12:30", SessionKind.CLINIC),
    ("12:30", "14:30", SessionKind.VISITS),
    ("14:30", "18:00", SessionKind.CLINIC),
]


def works(cast: Cast, name: str, sessions: Sessions = SURGERIES) -> None:
    """Somebody of the cast works like this from Monday to Friday, from last year on."""
    set_pattern(
        by=cast.users[name],
        user_id=cast.users[name].pk,
        place=cast.teams[PEOPLE[name][2]].name,
        nation="England",
        weeks=1,
        starts_on=today() - timedelta(days=400),
        sessions=[
            SessionGiven(0, day, time.fromisoformat(begins), time.fromisoformat(ends), kind)
            for day in range(5)
            for begins, ends, kind in sessions
        ],
    )


def on_clock(day: date, clock: str) -> datetime:
    """A London time of a day."""
    return datetime.combine(day, time.fromisoformat(clock), LONDON)


def best(cast: Cast, meeting: Meeting, by: str = "alice") -> Slot:
    """The finder's first answer."""
    _, found = found_for(meeting, reader_id=cast.users[by].pk)
    return found.slots[0]


def booked(cast: Cast, meeting: Meeting, by: str = "alice") -> Meeting:
    """Booked for the finder's first answer."""
    slot = best(cast, meeting, by)
    return book(
        by=cast.reader(by),
        reference=meeting.reference,
        start=moment_of(slot.start),
        version=meeting.version,
        key=new_key(),
        shown=mark_of(slot),
    )

"""Meetings of the cast, and the weeks in which they work."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any

from meetings.actions.arrange import Invited, Topic, arrange
from meetings.models import Meeting
from meetings.states import How, Kind, Need
from portal.core.clock import today
from portal.worktime.bank_holidays import is_bank_holiday
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

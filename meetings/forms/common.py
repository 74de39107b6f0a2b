"""Fields and choices that several sheets of meetings have."""

from collections.abc import Iterable

from meetings.rules import TITLE_AT_MOST
from meetings.states import How
from portal.ui.forms import Look, RadiosField, TextField

_HOW = [
    (How.VIDEO.value, "By video link"),
    (How.TELEPHONE.value, "By telephone"),
    (How.IN_PERSON.value, "In person"),
]


def minutes_choices(lengths: Iterable[int]) -> list[tuple[str, str]]:
    """`10 minutes`, for a field whose value is the number."""
    return [(str(length), f"{length} minutes") for length in lengths]


def clock_choices(step: int) -> list[tuple[str, str]]:
    """Clock times of the working day, every `step` minutes: 07:00 up to 20:59."""
    times = [f"{hour:02}:{minute:02}" for hour in range(7, 21) for minute in range(0, 60, step)]
    return [(each, each) for each in times]


def how_field() -> RadiosField:
    """By video link, by telephone or in person."""
    return RadiosField(
        "How do you meet?",
        choices=_HOW,
        initial=How.VIDEO.value,
        missing="Say how you meet",
        look=Look(size="s", inline=True, small=True),
    )


def title_field(missing: str) -> TextField:
    """What stands in everybody's calendar; rules.py refuses one that names a person."""
    return TextField(
        "Title",
        limit=TITLE_AT_MOST,
        missing=missing,
        hint="It stands in calendars and mails: it names no person.",
        look=Look(size="s"),
    )


def where_field(later: str = "") -> TextField:
    """The link, number or room; `later` says when else it can be given."""
    return TextField(
        "Where",
        limit=300,
        required=False,
        hint=f"The link, the number to ring, or the room. {later}".strip(),
        look=Look(size="s"),
    )


def search_field() -> TextField:
    """Words to find a colleague by."""
    return TextField(
        "Search for somebody else",
        limit=80,
        required=False,
        hint="By name, job or team.",
        look=Look(size="s", spellcheck=False),
    )

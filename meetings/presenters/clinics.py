"""Minutes of meetings inside clinics, and what has come to lie on one, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meetings.in_clinics import Counted
from portal.ui.words import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCount:
    """One person: how many meetings, and how much of them inside their clinics."""

    name: str
    words: str
    inside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCount:
    """This month, for the teams that somebody leads."""

    minutes: int
    people: Sequence[PersonCount]


def team_count(found: Iterable[Counted]) -> TeamCount:
    """Everybody who has a meeting this month; those with minutes inside clinics first."""
    rows = list(found)
    return TeamCount(
        minutes=sum(row.minutes for row in rows),
        people=[
            PersonCount(
                name=row.name,
                words=_words(row),
                inside=bool(row.minutes),
            )
            for row in rows
        ],
    )


def _words(row: Counted) -> str:
    """`2 meetings, 10 minutes of them inside clinics; one to be resolved`."""
    words = plural(row.meetings, "meeting")
    if row.minutes:
        words += f", {plural(row.minutes, 'minute')} inside clinics"
    if row.clashes:
        words += f"; {row.clashes} to be resolved"
    return words

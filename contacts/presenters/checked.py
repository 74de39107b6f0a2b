"""Who last checked an entry and when; and the warning where nobody has for too long."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from contacts.entry import Entry
from contacts.presenters.entry_words import called
from portal.core.clock import london
from portal.ui.words import MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class MainNumber:
    """A council's main number. `rings_above`: it is a link further up already."""

    council: str
    telephone: str
    rings_above: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """What a reader of an unchecked or reported entry is told, with the main number of each council
    whose area it covers, as far as they are known."""

    words: str
    numbers: Sequence[MainNumber]


def last_checked(entry: Entry, at: datetime) -> str:
    """When its owner last looked whether it is right, and who; that it is invented, if it is."""
    said = "Not checked yet by its owner."
    if day := entry.last_checked_on:
        by = entry.checked_by or ("its owner" if entry.checked_by_owner else "")
        said = f"Last checked {day_words(day, at)}{f' by {by}' if by else ''}."
    return f"{said} Invented for the demonstration." if entry.is_invented else said


def unchecked(entry: Entry, at: datetime) -> Unchecked | None:
    """The warning, where the entry has been due for so long that it may be wrong; else None."""
    if not entry.checks.is_unchecked(london(at).date()):
        return None
    since = entry.last_checked_on
    said = f"nobody has checked it since {day_words(since, at)}" if since else "nobody ever has"
    return Unchecked(words=f"Unchecked: {said}. It may be wrong.", numbers=_numbers(entry))


def reported(entry: Entry, said: str) -> Unchecked | None:
    """What readers have reported of it, with the same main numbers; None where nothing is said."""
    return Unchecked(words=said, numbers=_numbers(entry)) if said else None


def linked_once(warning: Unchecked, rung: set[str]) -> Unchecked:
    """The warning, in which no number that is a link above (`rung`) is one again; its numbers join
    them."""
    numbers = [replace(one, rings_above=one.telephone in rung) for one in warning.numbers]
    rung.update(one.telephone for one in numbers)
    return replace(warning, numbers=numbers)


def in_one(warning: Unchecked | None) -> str:
    """The warning with the main numbers in one text, as for a sheet of paper; empty without one."""
    if warning is None:
        return ""
    numbers = [f"Main number of {one.council}: {one.telephone}." for one in warning.numbers]
    return " ".join([warning.words, *numbers])


def _numbers(entry: Entry) -> list[MainNumber]:
    return [
        MainNumber(council=called(one.council), telephone=one.telephone)
        for one in entry.main_numbers
    ]


def day_words(day: date, at: datetime) -> str:
    """`8 December`; with the year where it is not this one."""
    year = "" if day.year == london(at).year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"

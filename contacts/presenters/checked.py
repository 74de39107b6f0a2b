"""Who last checked an entry and when; and the warning where nobody has for too long."""

from dataclasses import dataclass
from datetime import date, datetime

from contacts.entry import Entry
from contacts.presenters.entry_words import called
from portal.core.clock import london
from portal.ui.words import MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """What a reader of an unchecked or reported entry is told, with the council's main number.

    `council` and `telephone` are empty where no main number is known.
    """

    words: str
    council: str
    telephone: str


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
    number = entry.main_number
    return Unchecked(
        words=f"Unchecked: {said}. It may be wrong.",
        council=called(number.council) if number else "",
        telephone=number.telephone if number else "",
    )


def reported(entry: Entry, said: str) -> Unchecked | None:
    """What readers have reported of it, with the same main number; None where nothing is said."""
    if not said:
        return None
    number = entry.main_number
    return Unchecked(
        words=said,
        council=called(number.council) if number else "",
        telephone=number.telephone if number else "",
    )


def in_one(warning: Unchecked | None) -> str:
    """The warning with the main number in one text, as for a sheet of paper; empty without one."""
    if warning is None or not warning.telephone:
        return warning.words if warning else ""
    return f"{warning.words} Main number of {warning.council}: {warning.telephone}."


def day_words(day: date, at: datetime) -> str:
    """`8 December`; with the year where it is not this one."""
    year = "" if day.year == london(at).year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"

"""The words of one directory entry."""

import re
from datetime import datetime

from contacts.entry import Entry
from contacts.standards import rounded_words
from contacts.states import Channel
from portal.core.paths import path_of
from portal.worktime.hours import Opening, State, WeeklyHours
from portal.worktime.words import WEEKDAYS, opening_words

HOURS_NOT_KNOWN = "Opening hours not known here"
# First words of a service's name, or of when it is open, that lose their capital within a sentence;
# names keep theirs.
_COMMON = {
    *("Adult", "Care", "Closed", "Closed.", "Community", "Contact", "Discharge", "District"),
    *("Emergency", "Front", "Hospital", "Mental", "Open", "Out", "Safeguarding", "Single"),
    "Social",
}


def href(entry: Entry) -> str:
    """The address of its page, which can be sent to a colleague."""
    return path_of("service", entry.reference)


def report_href(entry: Entry) -> str:
    """Where somebody who is signed in says that something is wrong with it."""
    return path_of("directory-entry-report", entry.reference)


def heading(entry: Entry) -> str:
    """The service with its organisation, unless its own name says whose it is."""
    if entry.organisation.split()[0] in entry.name.split():
        return entry.name
    return f"{called(entry.organisation)}: {within_sentence(entry.name)}"


def called(organisation: str) -> str:
    """What everybody calls it: Trafford Council, not Trafford Metropolitan Borough Council."""
    return re.sub(r" (Metropolitan |County )?Borough Council$", " Council", organisation)


def within_sentence(words: str) -> str:
    """As it is written in the middle of a sentence."""
    first = words.partition(" ")[0]
    return words[0].lower() + words[1:] if first in _COMMON else words


def colleagues(entry: Entry) -> str:
    """The number that only colleagues see; empty without one, or where it is the first anyway."""
    numbers = (way for way in entry.ways if way.kind == Channel.TELEPHONE and way.for_colleagues)
    own = next(numbers, None)
    return own.value if own and own.value != entry.telephone else ""


def open_words(entry: Entry, state: State, at: datetime) -> str:
    """`Open now until 17:00`, `Closed. Opens Monday 08:30`, or that nobody has said."""
    return HOURS_NOT_KNOWN if entry.hours.never_opens else opening_words(state, at)


def answered_in(entry: Entry) -> str:
    """The routine standard in the service's own days: "2 working days"; empty without one."""
    minutes = entry.routine_minutes
    return "" if minutes is None else rounded_words(minutes, entry.hours)


def hours_lines(hours: WeeklyHours) -> list[tuple[str, str]]:
    """(days, times) for a list: ("Monday to Thursday", "08:30 to 17:00")."""
    if hours.never_opens:
        return []
    if hours.never_closes:
        return [("Every day", "day and night")]
    lines: list[tuple[list[int], str]] = []
    for weekday in range(7):
        times = _times(hours, weekday)
        if lines and lines[-1][1] == times:
            lines[-1][0].append(weekday)
        else:
            lines.append(([weekday], times))
    lines_said = [(_days(days), times) for days, times in lines]
    closed = "closed" if hours.closed_on_bank_holidays else "as on other days"
    return [*lines_said, ("Bank holidays", closed)]


def _times(hours: WeeklyHours, weekday: int) -> str:
    day = sorted(opening for opening in hours.openings if opening.weekday == weekday)
    said = [f"{one.opens:%H:%M} to {_closing(one)}" for one in day]
    return " and ".join(said) or "closed"


def _closing(opening: Opening) -> str:
    return (
        "midnight"
        if not (opening.closes.hour or opening.closes.minute)
        else (f"{opening.closes:%H:%M}")
    )


def _days(days: list[int]) -> str:
    first, last = WEEKDAYS[days[0]], WEEKDAYS[days[-1]]
    if len(days) == 1:
        return first
    return f"{first} {'and' if len(days) == 2 else 'to'} {last}"

"""A day's opening hours as people write them: `09:00 to 12:30, 13:30 to 17:00`. Pure."""

import re
from collections.abc import Iterable
from datetime import time

from portal.core.refused import InvalidInput
from portal.worktime.hours import MIDNIGHT, Opening

EXAMPLE = "09:00 to 17:00"
_CLOSED = {"", "closed", "-", "–", "none", "shut"}
_NAMED = {"midnight": MIDNIGHT, "noon": time(12), "midday": time(12)}
_TIME = r"(?:\d{1,2}(?:[:.]?\d{2})?\s*(?:am|pm)?|midnight|noon|midday)"
_SPAN = re.compile(rf"({_TIME})\s*(?:to|until|till|-|–|—)\s*({_TIME})", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}?)(?:[:.]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def openings_typed(text: str, weekday: int) -> list[Opening]:
    """The openings of one weekday (0 is Monday); none for nothing or `closed`.

    Raises InvalidInput for what cannot be read, and for a closing before the opening.
    """
    if text.strip().lower() in _CLOSED:
        return []
    found = []
    for piece in re.split(r"\s*(?:,|;|&|\band\b)\s*", text.strip()):
        if not piece:
            continue
        span = _SPAN.fullmatch(piece)
        if not span:
            raise InvalidInput(f"“{piece[:40]}” is not clear: write times like {EXAMPLE}.")
        found.append(_opening(weekday, _clock(span[1]), _clock(span[2])))
    return found


def day_text(openings: Iterable[Opening], weekday: int) -> str:
    """The same as it stands in the box of a day."""
    return ", ".join(
        f"{one.opens:%H:%M} to {'midnight' if one.closes == MIDNIGHT else f'{one.closes:%H:%M}'}"
        for one in sorted(openings)
        if one.weekday == weekday
    )


def clock_typed(text: str) -> time:
    """A time of day: `14:00`, `2pm`, `noon`; InvalidInput for others."""
    if not re.fullmatch(_TIME, text.strip(), re.IGNORECASE):
        raise InvalidInput(f"“{text.strip()[:40]}” is no time of day: write it like 14:00.")
    return _clock(text.strip())


def _opening(weekday: int, opens: time, closes: time) -> Opening:
    if closes != MIDNIGHT and closes <= opens:
        raise InvalidInput(
            f"{opens:%H:%M} to {closes:%H:%M} closes before it opens. Open over midnight is two:"
            f" {opens:%H:%M} to midnight, and midnight to {closes:%H:%M} on the next day."
        )
    return Opening(weekday, opens, closes)


def _clock(text: str) -> time:
    if (named := _NAMED.get(text.strip().lower())) is not None:
        return named
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    half = (found[3] or "").lower() if found else ""
    if half and not 1 <= hour <= 12:
        hour = 99
    elif half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if (hour, minute) == (24, 0):
        return MIDNIGHT
    if hour > 23 or minute > 59:
        raise InvalidInput(f"“{text.strip()}” is no time of day: write it like 08:30.")
    return time(hour, minute)

"""Whom the sender of an urgent referral has rung, and when: asked, never required. Pure."""

import re
from datetime import datetime, timedelta

from portal.core.clock import london

_NOBODY = re.compile(
    r"(?:nobody|no[- ]?one|none|no|not|n/?a|-)(?: (?:yet|rung|called|one|so far|rung yet))*[.!]?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:at |about |ca\.? ?)?(?P<day>today|yesterday)?[ ,]*(?:at )?"
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.h ]?(?P<minute>[0-5]\d))?\s*(?P<half>am|pm)?(?: ?hrs?)?",
    re.IGNORECASE,
)
_SOMEBODY = "Somebody"
AHEAD_AT_MOST = timedelta(minutes=5)  # two clocks are never the same


def nobody(whom: str) -> bool:
    """Whether the words say that nobody has been rung."""
    return not whom.strip() or bool(_NOBODY.fullmatch(whom.strip()))


def rung(whom: str, when: str, at: datetime) -> tuple[str, datetime | None]:
    """What is kept of both boxes; ("", None) is nobody. Words that are no time stay among those.

    A time without a name is somebody's: nothing that was typed is dropped.
    """
    if nobody(whom) and nobody(when):
        return "", None
    whom, moment = whom.strip() or _SOMEBODY, read_when(when, at)
    return (whom, moment) if moment or not when.strip() else (f"{whom}, {when}", None)


def is_rung(whom: str, rung_at: datetime | None) -> bool:
    """Whether somebody has been rung for sure: "Somebody, this afternoon" may be a plan."""
    named = whom.partition(", ")[0]
    return not nobody(named) and (named != _SOMEBODY or rung_at is not None)


def read_when(typed: str, at: datetime) -> datetime | None:
    """The moment that was meant by "14:05", "2.05pm", "yesterday 16:30", "just now"; else None.

    A time of day is today's in London. One that lies ahead is none.
    """
    text = " ".join(typed.split())
    if re.fullmatch(r"(?:just )?now|a (?:minute|moment) ago", text, re.IGNORECASE):
        return at
    found = _instant(text) or time_of_day(text, at)
    return found if found and found <= at + AHEAD_AT_MOST else None


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def time_of_day(text: str, at: datetime) -> datetime | None:
    """The moment of "14:05" or "2.05pm" on the day of `at` in London; None for other words."""
    match = _CLOCK.fullmatch(text)
    if not match or not (match["minute"] or match["half"]):
        return None
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    moment = london(at).replace(
        hour=hour, minute=int(match["minute"] or 0), second=0, microsecond=0
    )
    return moment - timedelta(days=1) if (match["day"] or "").lower() == "yesterday" else moment

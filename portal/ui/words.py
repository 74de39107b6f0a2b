"""Moments, numbers and names as people read them.

Times come in as aware UTC and go out as London time; a naive time raises ValueError, because
nobody could say what it means. Used by presenters and, as filters of the same names, by
templates.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
TITLES = {"dr", "mr", "mrs", "miss", "ms", "mx", "prof", "professor", "sir", "dame", "rev"}


def london(moment: datetime) -> datetime:
    """The same moment on London's clocks."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown")
    return moment.astimezone(LONDON)


def clock_time(moment: datetime) -> str:
    """`13:05`."""
    here = london(moment)
    return f"{here.hour:02}:{here.minute:02}"


def short_day(moment: datetime, now: datetime | None = None) -> str:
    """`Tue 8 Dec`; with the year where it is not this one."""
    here, today = london(moment), london(now or datetime.now(UTC))
    year = "" if here.year == today.year else f" {here.year}"
    return f"{DAYS[here.weekday()]} {here.day} {MONTHS[here.month - 1][:3]}{year}"


def short_when(moment: datetime, now: datetime | None = None) -> str:
    """`Tue 8 Dec 13:05`; with the year where it is not this one."""
    return f"{short_day(moment, now)} {clock_time(moment)}"


def near_when(moment: datetime, now: datetime | None = None) -> str:
    """`today 17:00`, `tomorrow 09:00`, `Fri 15:00` within six days either way, else short_when."""
    here, today = london(moment), london(now or datetime.now(UTC))
    days = (here.date() - today.date()).days
    named = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    if named is None and abs(days) <= 6:
        named = DAYS[here.weekday()]
    return f"{named or short_day(here, today)} {clock_time(here)}"


def titled(name: str, job_title: str) -> str:
    """`Dr Alice Abbot, GP`; the name alone where no job title is known."""
    return f"{name}, {job_title}" if job_title else name


def long_date(day: date) -> str:
    """`8 December 2026`. A moment is taken on the London day it falls on."""
    day = london(day).date() if isinstance(day, datetime) else day
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """`8 Dec 2026`, as in a person's banner."""
    day = london(day).date() if isinstance(day, datetime) else day
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def age(born: date, today: date | None = None) -> int:
    """Whole years. Born on 29 February, the birthday is 1 March in other years.

    Never below nought: a birth date ahead of today is for a form to refuse.
    """
    today = today or london(datetime.now(UTC)).date()
    before_birthday = (today.month, today.day) < (born.month, born.day)
    return max(0, today.year - born.year - before_birthday)


def duration_words(span: timedelta) -> str:
    """`50 min`, `3 h 10 min`, `1 day 6 hours`. Sign is dropped: say "over" or "in" around it."""
    minutes = int(abs(span).total_seconds()) // 60
    hours, minutes_left = divmod(minutes, 60)
    days, hours_left = divmod(hours, 24)
    if days:
        return " ".join(part for part in (_some(days, "day"), _some(hours_left, "hour")) if part)
    if hours:
        return f"{hours} h {minutes_left} min" if minutes_left else f"{hours} h"
    return f"{minutes} min" if minutes else "under 1 min"


def _some(count: int, one: str) -> str:
    return plural(count, one) if count else ""


def plural(count: int, one: str, many: str = "") -> str:
    """`1 referral`, `1,200 referrals`, `2 people` (give `many` where an s is not enough)."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def join_words(words: Iterable[str], last: str = "and") -> str:
    """`name, address and telephone`."""
    *first, end = [word for word in words if word] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def nhs_spaced(number: str | None) -> str:
    """`999 012 3456`; anything that has not ten digits is left as it is."""
    digits = re.sub(r"\D", "", number or "")
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 else number or ""


_NUMBER = re.compile(
    r"\s*(?P<main>\+?[0-9][0-9\s().-]*?)"
    r"(?:\s*(?:extension|ext\.?|x\.?)\s*(?P<extension>[0-9]{1,8}))?[^0-9]*",
    re.IGNORECASE,
)


def phone_href(number: str | None) -> str:
    """`tel:01614960123`, for a link; nothing where it is not one number and no more.

    An extension stays in (`ext 4` becomes `;ext=4`), a bracketed nought after +44 goes. Two
    numbers, or a number after words, give no link: a wrong number is worse than none.
    """
    text = re.sub(r"(?<=\+44)\s*\(0\)", "", (number or "").removeprefix("("))
    found = _NUMBER.fullmatch(text)
    digits = re.sub(r"[\s().-]", "", found["main"]) if found else ""
    if not found or not 3 <= len(digits.removeprefix("+")) <= 15:
        return ""
    return f"tel:{digits};ext={found['extension']}" if found["extension"] else f"tel:{digits}"


def initials(name: str) -> str:
    """`AE` for "Dr A. Example": first and last name, without the title."""
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word.lower() not in TITLES]
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0].upper() for word in ends)

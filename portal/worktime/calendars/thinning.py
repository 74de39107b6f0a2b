"""A calendar as text, down to what says when somebody is busy.

What events are about, who comes and where is dropped before anything is parsed, and so is what
lies wholly outside the horizon: most of a calendar is its past, and parsing takes long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from portal.worktime.calendars.limits import MOST_EVENTS, MOST_LINES, Horizon
from portal.worktime.calendars.trouble import TroubleError
from portal.worktime.states import CalendarTrouble

# Anything else of an event is nobody's business here.
_KEPT = frozenset(
    {
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "UID",
        "SEQUENCE",
        "STATUS",
        "TRANSP",
        "X-MICROSOFT-CDO-BUSYSTATUS",
        "FREEBUSY",
    }
)
_READ_WHOLE = frozenset({"VTIMEZONE"})
_READ_THIN = frozenset({"VEVENT", "VFREEBUSY"})
_NAME = re.compile(r"[A-Za-z0-9-]+")
_FOLD = re.compile(r"\r?\n[ \t]")
_DAY = re.compile(r"^[0-9]{8}")
_UNTIL = re.compile(r"UNTIL=([0-9]{8})")
# Coming back by the second or minute is a fault or an attack, never an appointment; an interval of
# nothing never ends.
_TOO_OFTEN = re.compile(r"FREQ\s*=\s*(SECONDLY|MINUTELY)|INTERVAL\s*=\s*[-+]?0*(;|$)")
# Outlook's `TZID=tzone://Microsoft/Custom:20261201T090000`: the colon should have been in quotes.
# Bounded, so that a long line of nothing but colons is gone through once.
_UNQUOTED = re.compile(r'TZID=([^";:]{0,200}:[^";]{0,200}):(?=[0-9]{8})')
# In characters, unfolded: some 5,000 dates in one line.
_LONGEST_LINE = 100_000
# Every program nests three deep: a calendar, a time zone, its summer.
_DEEPEST = 8
# For time zones on the other side of the world.
_SLACK = timedelta(days=2)
# How long before the horizon something may have begun that says how long it lasts in words of its
# own (DURATION).
_LONGEST = timedelta(days=366)


@dataclass(slots=True)
class _Block:
    """One component's lines, with what decides whether it is kept."""

    name: str
    lines: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)  # the dates that are written out in it
    long: bool = False  # may go on long after the last of them
    endless: bool = False
    too_often: bool = False


def thin(data: bytes, horizon: Horizon) -> str:
    """The same calendar with what is needed of it; raises TroubleError.

    NOT_A_CALENDAR for what is none, TOO_MANY for more than anybody has: events, lines, dates in a
    line; and for an event that comes back every minute.
    """
    text = _text(data)
    if "BEGIN:VCALENDAR" not in text[:10_000].upper():
        raise TroubleError(CalendarTrouble.NOT_A_CALENDAR)
    lowest = (horizon.first - _SLACK).strftime("%Y%m%d")
    longest = (horizon.first - _LONGEST).strftime("%Y%m%d")
    highest = (horizon.last + _SLACK).strftime("%Y%m%d")
    kept = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:thinned"]
    events = 0
    for block in _blocks(_FOLD.sub("", text).splitlines()):
        if block.name == "VEVENT":
            if not _matters(block, lowest, longest, highest):
                continue
            events += 1
            if events > MOST_EVENTS or block.too_often:
                raise TroubleError(CalendarTrouble.TOO_MANY)
        kept += [f"BEGIN:{block.name}", *block.lines, f"END:{block.name}"]
        if len(kept) > MOST_LINES:
            raise TroubleError(CalendarTrouble.TOO_MANY)
    return "\r\n".join([*kept, "END:VCALENDAR", ""])


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    # What cannot be decoded is in a summary, which is dropped.
    return data.decode("utf-8-sig", errors="replace")


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """Time zones, events and free-busy lists that stand directly in a calendar."""
    path: list[str] = []
    block: _Block | None = None
    for line in lines:
        head = line[:6].upper()
        if head == "BEGIN:":
            path.append(line[6:].strip().upper())
            if len(path) > _DEEPEST:
                raise TroubleError(CalendarTrouble.NOT_A_CALENDAR)
            if len(path) == 2 and path[1] in _READ_WHOLE | _READ_THIN:
                block = _Block(path[1])
            elif block and block.name in _READ_WHOLE:
                block.lines.append(line)
        elif head.startswith("END:"):
            if block and len(path) == 2:
                yield block
                block = None
            elif block and block.name in _READ_WHOLE:
                block.lines.append(line)
            if path:
                path.pop()
        elif block and block.name in _READ_WHOLE:
            block.lines.append(line)
        elif block and len(path) == 2:
            _add(block, line)


def _add(block: _Block, line: str) -> None:
    found = _NAME.match(line)
    name = found[0].upper() if found else ""
    if name not in _KEPT:
        return
    if len(line) > _LONGEST_LINE:
        raise TroubleError(CalendarTrouble.TOO_MANY)
    line = _UNQUOTED.sub(r'TZID="\1":', line)
    block.lines.append(line)
    if name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        block.days += _DAY.findall(line.rpartition(":")[2])
        block.endless |= "THISANDFUTURE" in line.upper()
    elif name == "RRULE":
        until = _UNTIL.findall(line.upper())
        block.days += until
        block.long = True
        block.endless |= not until
        block.too_often |= bool(_TOO_OFTEN.search(line.upper()))
    elif name == "RDATE":
        block.long = block.endless = True
    elif name == "DURATION":
        block.long = True


def _matters(block: _Block, lowest: str, longest: str, highest: str) -> bool:
    """Whether any of it can lie within the horizon. When in doubt it is read."""
    if not block.days or min(block.days) > highest:
        return False
    return block.endless or max(block.days) >= (longest if block.long else lowest)

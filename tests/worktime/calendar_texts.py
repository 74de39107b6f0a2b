"""Calendars as programs write them, cut down to what matters, with nobody in them.

Each imitates the manner of one program: its line ends and folds, its names of time zones, what
it says of free and busy.
"""

from datetime import UTC, date, datetime

from portal.worktime.calendars.limits import Horizon
from portal.worktime.calendars.parse import busy_minutes

TODAY = date(2026, 11, 27)
HORIZON = Horizon.on(TODAY)


def calendar(*parts: str) -> bytes:
    """The parts in a calendar, with the line ends of the standard."""
    lines = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", *parts])
    return (lines + "\nEND:VCALENDAR\n").replace("\n", "\r\n").encode()


def event(*lines: str, uid: str = "one@example.org") -> str:
    """One event."""
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def busy(data: bytes, horizon: Horizon = HORIZON) -> list[str]:
    """`2026-12-01 09:00-10:00` for each busy stretch, in UTC; with a date where it ends later."""
    return [_words(*stretch) for stretch in busy_minutes(data, horizon)]


def _words(start: int, end: int) -> str:
    first, after = (datetime.fromtimestamp(minute * 60, UTC) for minute in (start, end))
    until = f"{after:%H:%M}" if after.date() == first.date() else f"{after:%Y-%m-%d %H:%M}"
    return f"{first:%Y-%m-%d %H:%M}-{until}"


_OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def _outlook(busy_status: str, *lines: str, uid: str) -> str:
    return event(
        *lines,
        "CLASS:PUBLIC",
        "SUMMARY;LANGUAGE=en-gb:A summary that is folded over the seventy-fifth octet, as th",
        " e standard asks for; with ÄÖ and \\, in it",
        "PRIORITY:5",
        "STATUS:CONFIRMED",
        f"X-MICROSOFT-CDO-BUSYSTATUS:{busy_status}",
        "X-MICROSOFT-CDO-IMPORTANCE:1",
        "BEGIN:VALARM",
        "DESCRIPTION:REMINDER",
        "TRIGGER;RELATED=START:-PT15M",
        "ACTION:DISPLAY",
        "END:VALARM",
        uid=uid,
    )


def outlook() -> bytes:
    """A published Outlook calendar: Windows names of zones, the busy state in a word of its own.

    A weekly clinic over the change of the clocks, one of it moved and one cancelled; a free day
    away, a day out of office, an hour of working elsewhere.
    """
    zone = "TZID=GMT Standard Time"
    weekly = _outlook(
        "BUSY",
        f"DTSTART;{zone}:20270315T090000",
        f"DTEND;{zone}:20270315T113000",
        "RRULE:FREQ=WEEKLY;UNTIL=20270412T080000Z;INTERVAL=1;BYDAY=MO;WKST=MO",
        f"EXDATE;{zone}:20270405T090000",
        "TRANSP:OPAQUE",
        uid="040000008200E00074C5B7101A82E008",
    )
    moved = _outlook(
        "BUSY",
        f"RECURRENCE-ID;{zone}:20270322T090000",
        f"DTSTART;{zone}:20270323T140000",
        f"DTEND;{zone}:20270323T163000",
        "TRANSP:OPAQUE",
        uid="040000008200E00074C5B7101A82E008",
    )
    free_day = _outlook(
        "FREE",
        "DTSTART;VALUE=DATE:20261203",
        "DTEND;VALUE=DATE:20261204",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        "TRANSP:TRANSPARENT",
        uid="free",
    )
    away = _outlook(
        "OOF",
        "DTSTART;VALUE=DATE:20261222",
        "DTEND;VALUE=DATE:20261224",
        "TRANSP:OPAQUE",
        uid="away",
    )
    elsewhere = _outlook(
        "WORKINGELSEWHERE",
        f"DTSTART;{zone}:20261207T090000",
        f"DTEND;{zone}:20261207T100000",
        "TRANSP:OPAQUE",
        uid="elsewhere",
    )
    tentative = _outlook(
        "TENTATIVE",
        f"DTSTART;{zone}:20261208T090000",
        f"DTEND;{zone}:20261208T093000",
        "TRANSP:OPAQUE",
        uid="tentative",
    )
    return calendar(
        "METHOD:PUBLISH", _OUTLOOK_ZONE, weekly, moved, free_day, away, elsewhere, tentative
    )


def google() -> bytes:
    """A secret address of Google's: single events in UTC, series in a named zone, cancelled ones
    as exceptions of their own, all-day events that do not make busy unless they say so."""
    zone = "TZID=Europe/London"
    return calendar(
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:somebody@example.org",
        "X-WR-TIMEZONE:Europe/London",
        event(
            "DTSTART:20261201T143000Z",
            "DTEND:20261201T150000Z",
            "SUMMARY:Something",
            "TRANSP:OPAQUE",
            uid="single@google.com",
        ),
        event(
            f"DTSTART;{zone}:20261130T080000",
            f"DTEND;{zone}:20261130T083000",
            "RRULE:FREQ=DAILY;COUNT=4",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
            uid="daily@google.com",
        ),
        event(
            f"RECURRENCE-ID;{zone}:20261202T080000",
            f"DTSTART;{zone}:20261202T080000",
            f"DTEND;{zone}:20261202T083000",
            "STATUS:CANCELLED",
            "TRANSP:OPAQUE",
            uid="daily@google.com",
        ),
        event(
            "DTSTART;VALUE=DATE:20261210",
            "DTEND;VALUE=DATE:20261211",
            "TRANSP:TRANSPARENT",
            uid="birthday@google.com",
        ),
        event(
            "DTSTART;VALUE=DATE:20261214",
            "DTEND;VALUE=DATE:20261215",
            "TRANSP:OPAQUE",
            uid="course@google.com",
        ),
    )


def clinical() -> bytes:
    """A clinical system's export: no zone, durations, bare line feeds, one slot after the other,
    a night on call over midnight."""
    slots = [
        event(
            f"DTSTART:20261201T08{minute:02}00", "DURATION:PT10M", "SUMMARY:Slot", uid=f"s{minute}"
        )
        for minute in range(30, 60, 10)
    ]
    night = event("DTSTART:20261204T220000", "DURATION:PT10H", uid="night")
    return calendar(*slots, night).replace(b"\r\n", b"\n")

"""Why a calendar cannot be read, as its owner is told: no name and no address in it."""

from typing import NamedTuple

from portal.worktime.calendars.limits import LARGEST
from portal.worktime.states import CalendarTrouble


class Why(NamedTuple):
    """`because` goes on a sentence ("Cannot be read: ..."), `do` is one of its own."""

    because: str
    do: str


# Of a file that somebody has chosen: there is no address to look up.
FILE_IS_NONE = Why(
    "it is not a calendar (iCalendar, .ics)",
    "Export it from the program that has it, as iCalendar.",
)
_MB = LARGEST // (1024 * 1024)
WHY: dict[CalendarTrouble, Why] = {
    CalendarTrouble.NOT_FOUND: Why(
        "there is no calendar at its address any more",
        "Look up its address again where the calendar is kept, and add it anew.",
    ),
    CalendarTrouble.NOT_ALLOWED: Why(
        "whoever keeps it does not let the portal in",
        "Ask for an address that opens without a password (“secret address”, “publish”).",
    ),
    CalendarTrouble.NO_ANSWER: Why(
        "nothing sensible comes back from its address",
        "It is tried again by itself. If that lasts, look up the address again.",
    ),
    CalendarTrouble.INSIDE: Why(
        "the address leads into a private network",
        "The portal reads from the internet only. Export the calendar as a file and upload it.",
    ),
    CalendarTrouble.TOO_LARGE: Why(
        f"it is larger than {_MB} MB",
        "Publish or export only what is to come.",
    ),
    CalendarTrouble.NOT_A_CALENDAR: Why(
        "what is there is not a calendar (iCalendar, .ics)",
        "Often it is the page to look at: take the address that ends in .ics.",
    ),
    CalendarTrouble.TOO_MANY: Why(
        "there is more in it than can be read",
        "Publish or export only what is to come, without events that come back every minute.",
    ),
    CalendarTrouble.LOST: Why(
        "the portal cannot open its address any more",
        "Remove it, and add it anew.",
    ),
}

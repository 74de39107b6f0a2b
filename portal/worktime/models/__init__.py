"""When somebody works, what takes their time, and what is booked in it."""

from portal.worktime.models.calendars import OutsideCalendar
from portal.worktime.models.patterns import DayOff, OneOff, Pattern, PatternSession
from portal.worktime.models.taken import Booking, PackedTime, QuietTime

__all__ = [
    "Booking",
    "DayOff",
    "OneOff",
    "OutsideCalendar",
    "PackedTime",
    "Pattern",
    "PatternSession",
    "QuietTime",
]

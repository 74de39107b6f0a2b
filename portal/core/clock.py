"""The time: stored in UTC, thought in Europe/London, intervals half-open."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now().astimezone(UTC)


def today() -> date:
    """The date in London."""
    return now().astimezone(LONDON).date()


def london(moment: datetime) -> datetime:
    """The moment on London's clocks; refuses a naive one, which could mean anything."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone.")
    return moment.astimezone(LONDON)

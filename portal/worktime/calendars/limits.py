"""How much of somebody else's calendar is read, and for how long."""

from datetime import date, timedelta
from typing import NamedTuple

LARGEST = 5 * 1024 * 1024  # bytes, after decompression
# What is left after thinning: with 40 appointments a week for 26 weeks it is about a thousand.
MOST_EVENTS = 5_000
MOST_LINES = 100_000
MOST_OCCURRENCES = 50_000
# Of the process that fetches and reads: seconds by the clock and of work, bytes of memory.
WALL_SECONDS = 20
UPLOAD_SECONDS = 20  # somebody waits for it
CPU_SECONDS = 10  # a full calendar takes three
MEMORY = 768 * 1024 * 1024
HORIZON_WEEKS = 26


class Horizon(NamedTuple):
    """The London days that are read: from `first`, up to but without `last`."""

    first: date
    last: date

    @classmethod
    def on(cls, day: date) -> "Horizon":
        """Yesterday, for what goes on over midnight, and 26 weeks."""
        return cls(day - timedelta(days=1), day + timedelta(weeks=HORIZON_WEEKS))

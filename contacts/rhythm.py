"""When an entry is to be checked again, who is told, and from when it counts as unchecked. Pure.

It falls due some months after its last check, by the rhythm that its owner sets. On that day the
owner is told; if nobody has checked it, later the lead; and then it is shown as unchecked, with
the council's main number beside it. All days are days in London.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from contacts.states import CHECK_EVERY
from portal.core.refused import InvalidInput
from portal.ui.words import plural

LEAST_MONTHS, MOST_MONTHS = 1, 12
# What was entered and never checked, as by an import, has two weeks.
FIRST_CHECK_WITHIN = timedelta(days=14)
# Two weeks for the owner, two more for the lead.
LEAD_TOLD_AFTER = timedelta(days=14)
UNCHECKED_AFTER = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Checks:
    """The days of one entry: when it falls due, and what follows while nobody checks it."""

    due_on: date

    @property
    def lead_told_on(self) -> date:
        """The first day on which the lead is told."""
        return self.due_on + LEAD_TOLD_AFTER

    @property
    def unchecked_from(self) -> date:
        """The first day on which it is shown as unchecked."""
        return self.due_on + UNCHECKED_AFTER

    def is_due(self, day: date) -> bool:
        """Whether somebody has to check it."""
        return day >= self.due_on

    def is_unchecked(self, day: date) -> bool:
        """Whether its readers are warned."""
        return day >= self.unchecked_from


def checks(*, last_checked_on: date | None, entered_on: date, every: int = CHECK_EVERY) -> Checks:
    """The days of an entry; without a check they go by the day on which it was entered."""
    if last_checked_on is None:
        return Checks(entered_on + FIRST_CHECK_WITHIN)
    return Checks(months_after(last_checked_on, every))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def check_rhythm(months: int) -> None:
    """Raises InvalidInput for a rhythm that is too short to keep or too long to trust."""
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise InvalidInput(
            f"An entry is checked every {plural(LEAST_MONTHS, 'month')} at the most often,"
            f" every {MOST_MONTHS} months at the least.",
            field="check_every_months",
        )

"""When an entry is to be checked again, who is told, and from when it counts as unchecked. Pure.

It falls due some months after its last check, by the rhythm that its owner sets. That morning the
owner is told; if nobody has checked it, later the lead; and then it is shown as unchecked, with
the council's main number beside it. Both count from the day on which the owner was really told:
after a morning that was missed, or a rhythm that was shortened, everybody has their time still.
All days are days in London.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from contacts.states import CHECK_EVERY
from portal.core.refused import InvalidInput
from portal.ui.words import plural
from portal.worktime.bank_holidays import is_bank_holiday

LEAST_MONTHS, MOST_MONTHS = 1, 12
_SATURDAY = 5
# What was entered and never checked, as by an import, has two weeks.
FIRST_CHECK_WITHIN = timedelta(days=14)
# Two weeks for the owner, two more for the lead.
LEAD_TOLD_AFTER = timedelta(days=14)
UNCHECKED_AFTER = timedelta(days=28)
# A report has three working days for an answer, and three more once its owner was reminded.
ANSWERED_WITHIN = 3


@dataclass(frozen=True, slots=True)
class Checks:
    """The days of one entry: when it falls due, and what follows while nobody checks it.

    `owner_told_on` is None before the owner was told that it is due. `counts_from` is that day, or
    an earlier one on which there was nobody to tell.
    """

    due_on: date
    owner_told_on: date | None = None
    counts_from: date | None = None

    @property
    def lead_told_on(self) -> date | None:
        """The first day on which the lead is told; None while not even the owner is."""
        return self.owner_told_on + LEAD_TOLD_AFTER if self.owner_told_on else None

    @property
    def unchecked_from(self) -> date | None:
        """The first day on which it is shown as unchecked; None while nobody knows it is due."""
        return self.counts_from + UNCHECKED_AFTER if self.counts_from else None

    def told_on(self, day: date) -> "Checks":
        """The same, when the owner is told on a day."""
        return replace(self, owner_told_on=day, counts_from=self.counts_from or day)

    def is_due(self, day: date) -> bool:
        """Whether somebody has to check it."""
        return day >= self.due_on

    def is_unchecked(self, day: date) -> bool:
        """Whether its readers are warned."""
        return self.unchecked_from is not None and day >= self.unchecked_from


def checks(
    *,
    last_checked_on: date | None,
    entered_on: date,
    every: int = CHECK_EVERY,
    owner_told_on: date | None = None,
    nobody_on: date | None = None,
) -> Checks:
    """The days of an entry; without a check they go by the day on which it was entered.

    `owner_told_on` and `nobody_on`: when the owner was told since then, or nobody was there. Before
    it fell due they mean nothing: the owner has taken a longer rhythm since.
    """
    if last_checked_on is None:
        due_on = entered_on + FIRST_CHECK_WITHIN
    else:
        due_on = months_after(last_checked_on, every)
    told, nobody = (day if day and day >= due_on else None for day in (owner_told_on, nobody_on))
    counts_from = min((day for day in (told, nobody) if day), default=None)
    return Checks(due_on, told, counts_from)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_days_after(day: date, many: int, nation: str) -> date:
    """The last of so many working days after a day: no weekend, no bank holiday of the nation."""
    while many:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and not is_bank_holiday(day, nation):
            many -= 1
    return day


def check_rhythm(months: int) -> None:
    """Raises InvalidInput for a rhythm that is too short to keep or too long to trust."""
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise InvalidInput(
            f"An entry is checked every {plural(LEAST_MONTHS, 'month')} at the most often,"
            f" every {MOST_MONTHS} months at the least.",
            field="check_every_months",
        )

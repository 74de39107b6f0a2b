"""Bank holidays of the four UK nations, as gov.uk publishes them.

The dates come from the `holidays` package. It also names the real day where a holiday falls on a
weekend (25 December 2027, a Saturday); the published list moves such a day to a weekday and does
not name the weekend day at all, and neither do we. So no weekend day is ever a bank holiday.
"""

from datetime import date
from functools import lru_cache
from types import MappingProxyType

from holidays.countries.united_kingdom import UnitedKingdom

# England and Wales are one division in law (Banking and Financial Dealings Act 1971, schedule 1).
_DIVISIONS = MappingProxyType(
    {"England": "ENG", "Wales": "ENG", "Scotland": "SCT", "Northern Ireland": "NIR"}
)
NATIONS = tuple(_DIVISIONS)
_SATURDAY = 5


def is_bank_holiday(day: date, nation: str) -> bool:
    """Whether the day is a bank holiday there; ValueError for a nation that is not in NATIONS."""
    return name_of(day, nation) is not None


def name_of(day: date, nation: str) -> str | None:
    """`Boxing Day (substitute day)`, or None on any other day; ValueError for another nation."""
    division = division_of(nation)
    if day.weekday() >= _SATURDAY:
        return None
    return _names(division, day.year).get(day)


def division_of(nation: str) -> str:
    """The code that the nation's bank holidays are kept under; ValueError for another nation."""
    try:
        return _DIVISIONS[nation]
    except KeyError:
        raise ValueError(f"{nation!r} is not one of {', '.join(NATIONS)}.") from None


@lru_cache(maxsize=512)
def _names(division: str, year: int) -> dict[date, str]:
    found = UnitedKingdom(subdiv=division, years=year, language="en_GB")
    return {day: name.replace(" (observed)", " (substitute day)") for day, name in found.items()}

"""Bank holidays against the list that gov.uk publishes."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.worktime.bank_holidays import NATIONS, is_bank_holiday, name_of

DIVISIONS = {
    "England": "england-and-wales",
    "Wales": "england-and-wales",
    "Scotland": "scotland",
    "Northern Ireland": "northern-ireland",
}
# Appointed by proclamation of 3 February 2026 under section 1(3) of the Banking and Financial
# Dealings Act 1971, for Scotland's first match of the World Cup; our copy of the list is older.
APPOINTED_SINCE = {"scotland": {date(2026, 6, 15)}}


def published(division: str) -> set[date]:
    """The division's days of 2012 to 2028, as the list has them now."""
    path = Path(__file__).with_name("gov_uk_bank_holidays.json")
    days = json.loads(path.read_text(encoding="utf-8"))["divisions"][division]
    return {date.fromisoformat(day) for day in days} | APPOINTED_SINCE.get(division, set())


@pytest.mark.parametrize("nation", NATIONS)
def test_equal_to_the_published_list(nation: str) -> None:
    expected = published(DIVISIONS[nation])
    first = date(2012, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(2029, 1, 1) - first).days))
    assert {day for day in days if is_bank_holiday(day, nation)} == expected


@pytest.mark.parametrize(
    ("day", "nations"),
    [
        (date(2026, 12, 25), {"England", "Wales", "Scotland", "Northern Ireland"}),
        (date(2026, 4, 6), {"England", "Wales", "Northern Ireland"}),  # Easter Monday
        (date(2026, 11, 30), {"Scotland"}),  # St Andrew's Day
        (date(2027, 7, 12), {"Northern Ireland"}),  # Battle of the Boyne
        (date(2026, 8, 3), {"Scotland"}),  # Scotland's summer comes first
        (date(2026, 8, 31), {"England", "Wales", "Northern Ireland"}),
        (date(2022, 9, 19), {"England", "Wales", "Scotland", "Northern Ireland"}),  # State funeral
        (date(2026, 12, 26), set()),  # a Saturday: the list names Monday the 28th instead
        (date(2026, 12, 28), {"England", "Wales", "Scotland", "Northern Ireland"}),
        (date(2028, 2, 29), set()),
    ],
)
def test_the_nations_differ(day: date, nations: set[str]) -> None:
    assert {nation for nation in NATIONS if is_bank_holiday(day, nation)} == nations


def test_a_holiday_has_a_name() -> None:
    assert name_of(date(2026, 12, 28), "England") == "Boxing Day (substitute day)"
    assert name_of(date(2026, 12, 29), "England") is None


@pytest.mark.parametrize("day", [date(2026, 12, 25), date(2026, 12, 26)])
def test_an_unknown_nation_is_refused_on_any_day(day: date) -> None:
    with pytest.raises(ValueError, match="'Guernsey' is not one of"):
        is_bank_holiday(day, "Guernsey")

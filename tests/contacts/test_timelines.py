"""Who answers for which district on which day: the answer keys, and the traps of the lists."""

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from contacts.actions.reference import COUNCIL_FILES
from contacts.importing.councils import read_lists
from contacts.states import CouncilType, How
from contacts.timelines import (
    EARLIEST,
    ContradictionError,
    Lists,
    Planned,
    Row,
    responsibilities,
)

TODAY = date(2026, 11, 22)


@cache
def lists() -> Lists:
    return read_lists(COUNCIL_FILES)[0]


@cache
def rows() -> tuple[Row, ...]:
    return tuple(responsibilities(lists()))


def on(area: str, day: date = TODAY) -> Row | None:
    found = [
        row
        for row in rows()
        if row.area_gss == area and row.from_date <= day and (not row.until or day < row.until)
    ]
    assert len(found) <= 1
    return found[0] if found else None


def gss_on(area: str, day: date = TODAY) -> str:
    row = on(area, day)
    assert row is not None
    return row.authority_gss


def english(day: date) -> set[str | None]:
    return {
        row.authority for row in rows() if row.area_gss[0] == "E" and row == on(row.area_gss, day)
    }


def test_153_english_councils_are_responsible_today() -> None:
    types = {council.key: council.type for council in lists().councils}
    assert len(english(TODAY)) == 153
    assert Counter(types[key] for key in english(TODAY) if key) == {
        CouncilType.UNITARY: 63,
        CouncilType.METROPOLITAN: 36,
        CouncilType.LONDON: 33,
        CouncilType.COUNTY: 21,
    }


def test_no_district_council_is_ever_responsible() -> None:
    districts = {c.key for c in lists().councils if c.type == CouncilType.DISTRICT}
    assert not districts & {row.authority for row in rows()}


def test_scotland_wales_and_northern_ireland() -> None:
    now = [row for row in rows() if row == on(row.area_gss)]
    areas = {c.gss for c in lists().councils if not c.ended}
    by_nation = {
        letter: {row.authority for row in now if row.area_gss[0] == letter} for letter in "WSN"
    }
    assert len(by_nation["W"]) == 22
    assert len(by_nation["S"]) == 32
    assert by_nation["N"] == {None}
    assert len([area for area in areas if area[0] == "N"]) == 11
    assert all(row.how == How.HEALTH_TRUST for row in now if row.area_gss[0] == "N")


def test_cambridge_belongs_to_its_county() -> None:
    row = on("E07000008")
    assert row is not None
    assert (row.authority_gss, row.how) == ("E10000003", How.COUNTY)


# district, the day before, its authority then, the day, its authority from then on
CHANGES = [
    ("E07000163", "E10000023", date(2023, 4, 1), "E06000065"),  # Craven, North Yorkshire
    ("E06000065", "E10000023", date(2023, 4, 1), "E06000065"),  # the same under its new code
    ("E07000187", "E10000027", date(2023, 4, 1), "E06000066"),  # Mendip, Somerset
    ("E07000190", "E10000027", date(2023, 4, 1), "E06000066"),  # Taunton Deane, by two mergers
    ("E07000026", "E10000006", date(2023, 4, 1), "E06000063"),  # Allerdale: Cumberland
    ("E07000027", "E10000006", date(2023, 4, 1), "E06000064"),  # Barrow: Westmorland
    ("E06000063", "E10000006", date(2023, 4, 1), "E06000063"),
    ("E07000150", "E10000021", date(2021, 4, 1), "E06000061"),  # Corby: North Northamptonshire
    ("E07000151", "E10000021", date(2021, 4, 1), "E06000062"),  # Daventry: West
    ("E07000048", "E10000009", date(2019, 4, 1), "E06000058"),  # Christchurch left Dorset
    ("E07000050", "E10000009", date(2019, 4, 1), "E06000059"),  # North Dorset stayed
    ("E06000028", "E06000028", date(2019, 4, 1), "E06000058"),  # Bournemouth, a unitary before
    ("E07000004", "E10000002", date(2020, 4, 1), "E06000060"),  # Aylesbury Vale
    ("E08000016", "E08000016", date(2025, 4, 1), "E08000038"),  # Barnsley, recoded
    ("E08000038", "E08000016", date(2025, 4, 1), "E08000038"),
    ("E08000019", "E08000019", date(2025, 4, 1), "E08000039"),  # Sheffield, recoded
    ("S12000044", "S12000044", date(2019, 4, 1), "S12000050"),  # a recoding typed new_geo
    ("E07000209", "E10000030", date(2027, 4, 1), ""),  # Guildford: West Surrey, no code yet
    ("E07000211", "E10000030", date(2027, 4, 1), ""),  # Reigate: East Surrey
]


@pytest.mark.parametrize(("district", "before", "day", "after"), CHANGES)
def test_a_change_on_its_day(district: str, before: str, day: date, after: str) -> None:
    assert gss_on(district, date.fromordinal(day.toordinal() - 1)) == before
    assert gss_on(district, day) == after


def test_surrey_is_split_by_district() -> None:
    day = date(2027, 4, 1)
    east = {row.area_gss for row in rows() if row.authority == "east-surrey-council"}
    west = {row.area_gss for row in rows() if row.authority == "west-surrey-council"}
    assert len(east) == 5
    assert len(west) == 6
    assert len(english(date(2027, 3, 31))) == 153
    assert len(english(day)) == 154


def test_recoding_keeps_the_council() -> None:
    before, after = on("E08000038", date(2025, 3, 31)), on("E08000038", date(2025, 4, 1))
    assert before
    assert after
    assert before.authority == after.authority


def test_combined_authorities_take_no_councils_place() -> None:
    """North of Tyne, York, Derby, Hull, Blackpool: all among the 25 rows that are traps."""
    for area in ("E06000057", "E08000021", "E06000014", "E06000015", "E06000010", "E06000009"):
        assert gss_on(area) == area
    assert not any(row.authority_gss.startswith("E47") for row in rows())


def test_forest_heath_is_in_suffolk_whatever_the_list_says() -> None:
    assert gss_on("E07000201") == "E10000029"
    assert gss_on("E07000201", date(2028, 1, 1)) == "E10000029"


def test_in_highland_it_is_the_health_board() -> None:
    row = on("S12000017")
    assert row is not None
    assert (row.authority_gss, row.how) == ("S08000022", How.HEALTH_BOARD)


def test_no_day_without_somebody_once_somebody_is_there() -> None:
    for area in {row.area_gss for row in rows()}:
        spans = [row for row in rows() if row.area_gss == area]
        for earlier, later in pairwise(spans):
            assert earlier.until == later.from_date
        assert spans[-1].until is None
        assert spans[0].from_date >= EARLIEST


def changed(**changes: object) -> Lists:
    return replace(lists(), **changes)


def test_a_planned_change_of_a_district_that_is_elsewhere() -> None:
    wrong = Planned("E07000008", "E10000030", "East Surrey Council", "", date(2027, 4, 1))
    with pytest.raises(ContradictionError, match="Cambridge City Council is to leave E10000030"):
        responsibilities(changed(planned=[wrong]))


def test_a_planned_change_that_has_come_to_pass() -> None:
    """A list that knows Cumberland, and a plan for Cumberland: the plan adds nothing."""
    known = Planned("E07000026", "E10000006", "Cumberland Council", "E06000063", date(2023, 4, 1))
    assert tuple(responsibilities(changed(planned=[*lists().planned, known]))) == rows()


def test_a_list_that_lacks_a_successor() -> None:
    without = [council for council in lists().councils if council.key != "NYE"]
    with pytest.raises(ContradictionError, match="NYE"):
        responsibilities(changed(councils=without))


def test_successors_in_a_circle() -> None:
    councils = [
        replace(council, ended=True, replaced_by=("BNS" if council.key == "SHF" else "SHF",))
        if council.key in ("BNS", "SHF")
        else council
        for council in lists().councils
    ]
    with pytest.raises(ContradictionError, match="circle"):
        responsibilities(changed(councils=councils))

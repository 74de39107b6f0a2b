"""Days on which the finder could go wrong: clocks that change, midnight, 29 February, weekends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from meetings.finder.find import find
from meetings.finder.shapes import Ask
from portal.worktime.states import Use
from tests.meetings.brute import Brute
from tests.meetings.questions import at, somebody

FORWARD, BACK = date(2027, 3, 28), date(2026, 10, 25)  # Sundays


def _ask(first: date, days: int, earliest: int, latest: int, **more) -> Ask:
    return Ask(
        people=more.pop("people", (somebody(1),)),
        minutes=more.pop("minutes", 30),
        start=at(first, "00:00"),
        end=at(first + timedelta(days=days), "00:00"),
        earliest=earliest,
        latest=latest,
        **more,
    )


@pytest.mark.parametrize("sunday", [FORWARD, BACK])
def test_a_week_in_which_the_clocks_change_has_its_hours_by_the_clock(sunday: date):
    monday, friday = sunday + timedelta(days=1), sunday - timedelta(days=2)
    found = find(_ask(friday, 4, 540, 570))
    assert [slot.start for slot in found.slots] == [at(friday, "09:00"), at(monday, "09:00")]
    assert found.whole == 2


@pytest.mark.parametrize(
    ("sunday", "earliest", "latest", "starts"),
    [
        (FORWARD, 0, 180, 19),  # 00:00 to 01:00, then 02:00 to 03:00: two hours, 30 minutes each
        (FORWARD, 60, 120, 0),  # skipped
        (BACK, 60, 120, 19),  # comes twice: two hours
        (BACK, 0, 1440, 295),  # 25 hours
    ],
)
def test_on_the_night_itself(sunday: date, earliest: int, latest: int, starts: int):
    ask = _ask(sunday, 1, earliest, latest, weekend=True)
    assert find(ask).whole == starts == len(Brute(ask).starts)


def test_no_meeting_crosses_midnight_or_the_latest_time():
    friday = date(2026, 12, 4)
    night = find(_ask(friday, 3, 1380, 1440, weekend=True), best=100)
    assert night.whole == 3 * 7
    assert max(slot.end for slot in night.slots) <= at(friday + timedelta(days=3), "00:00")
    assert find(_ask(friday, 1, 1020, 1049 - 4)).whole == 0


def test_somebody_whose_night_crosses_midnight_is_not_free_before_it_ends():
    friday = date(2026, 12, 4)
    night = (at(friday, "22:00"), at(friday + timedelta(days=1), "02:00"), Use.BUSY)
    ask = _ask(friday, 2, 0, 1440, weekend=True, people=(somebody(1, night),))
    starts = {slot.start for slot in find(ask, best=400).slots}
    assert all(not night[0] - 30 < start < night[1] for start in starts)
    assert find(ask).whole == len(Brute(ask).whole())


def test_a_leap_day_is_a_day():
    tuesday = date(2028, 2, 29)
    found = find(_ask(tuesday, 1, 540, 1050))
    assert found.whole == 97
    assert {slot.start for slot in found.slots} >= {at(tuesday, "09:00")}


def test_weekends_only_when_asked():
    saturday = date(2026, 12, 5)
    ask = _ask(saturday, 2, 540, 1050)
    assert find(ask).slots == ()
    assert find(ask).counts["possible"] == 0
    assert find(replace(ask, weekend=True)).whole == 2 * 97


def test_one_more_week_is_told_only_where_it_is_known():
    friday = date(2026, 12, 4)
    busy = (at(friday, "00:00"), at(friday + timedelta(days=1), "00:00"), Use.LEAVE)
    ask = _ask(friday, 1, 540, 600, people=(somebody(1, busy),))
    assert "longer-window" not in {opening.kind for opening in find(ask).openings}
    known = find(replace(ask, known_until=ask.end + 7 * 1440))
    longer = next(opening for opening in known.openings if opening.kind == "longer-window")
    assert (longer.slots, longer.sentence) == (5 * 7, "One more week: 35 slots")

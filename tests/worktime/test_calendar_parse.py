"""Other programs' calendars, as busy times and nothing else."""

import time
from datetime import date, timedelta

import pytest

from portal.worktime.calendars import limits
from portal.worktime.calendars.limits import Horizon
from portal.worktime.calendars.parse import busy_minutes, packed
from portal.worktime.calendars.thinning import thin
from portal.worktime.calendars.trouble import TroubleError
from portal.worktime.packing import unpack_pairs
from portal.worktime.states import CalendarTrouble
from tests.worktime.calendar_texts import HORIZON, busy, calendar, clinical, event, google, outlook

GOOD = event("DTSTART:20261205T090000Z", "DTEND:20261205T103000Z", uid="good")
GOOD_WORDS = "2026-12-05 09:00-10:30"


def test_outlook() -> None:
    assert busy(outlook()) == [
        "2026-12-08 09:00-09:30",
        "2026-12-22 00:00-2026-12-24 00:00",
        "2027-03-15 09:00-11:30",
        "2027-03-23 14:00-16:30",  # moved
        "2027-03-29 08:00-10:30",  # 09:00 still, the clocks went forward on the 28th
        "2027-04-12 08:00-10:30",
    ]


def test_google() -> None:
    assert busy(google()) == [
        "2026-11-30 08:00-08:30",
        "2026-12-01 08:00-08:30",
        "2026-12-01 14:30-15:00",
        "2026-12-03 08:00-08:30",
        "2026-12-14 00:00-2026-12-15 00:00",
    ]


def test_a_clinical_system() -> None:
    assert busy(clinical()) == [
        "2026-12-01 08:30-09:00",
        "2026-12-04 22:00-2026-12-05 08:00",
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # An all-day event is the day of London: an hour earlier in UTC in summer.
        (["DTSTART;VALUE=DATE:20270401"], ["2027-03-31 23:00-2027-04-01 23:00"]),
        (["DTSTART:20270401T090000", "DURATION:PT20M"], ["2027-04-01 08:00-08:20"]),
        (
            ["DTSTART;TZID=tzone://Microsoft/Custom:20270401T090000", "DURATION:PT20M"],
            ["2027-04-01 08:00-08:20"],
        ),
        (
            ["DTSTART;TZID=America/New_York:20261201T090000", "DURATION:PT1H"],
            ["2026-12-01 14:00-15:00"],
        ),
        # The night in which the clocks go back has an hour more, and the one in spring one less.
        (
            [
                "DTSTART;TZID=Europe/London:20270327T230000",
                "DTEND;TZID=Europe/London:20270328T070000",
            ],
            ["2027-03-27 23:00-2027-03-28 06:00"],
        ),
        # Whole minutes, rounded outwards.
        (["DTSTART:20261201T090030Z", "DTEND:20261201T091010Z"], ["2026-12-01 09:00-09:11"]),
        (["DTSTART:20261201T090000Z"], []),  # no length
        (["DTSTART:20261201T090000Z", "DURATION:PT1H", "STATUS:CANCELLED"], []),
        (["DTSTART:20261201T090000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT"], []),
        # Begun long ago, and goes on.
        (
            ["DTSTART:20251201T000000Z", "DTEND:20261130T000000Z"],
            ["2026-11-26 00:00-2026-11-30 00:00"],
        ),
        # On 29 February, and on the last day that is looked at.
        (["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY"], []),
        (
            ["DTSTART:20270527T220000Z", "DTEND:20270528T100000Z"],
            ["2027-05-27 22:00-23:00"],
        ),
        (["DTSTART:20270601T090000Z", "DURATION:PT1H"], []),
        (
            [
                "DTSTART:20261201T090000Z",
                "DURATION:PT1H",
                "RDATE:20261203T090000Z,20261204T100000Z",
            ],
            ["2026-12-01 09:00-10:00", "2026-12-03 09:00-10:00", "2026-12-04 10:00-11:00"],
        ),
    ],
)
def test_single_events(lines: list[str], expected: list[str]) -> None:
    assert busy(calendar(event(*lines))) == expected


def test_a_zone_that_only_the_calendar_knows() -> None:
    zone = """BEGIN:VTIMEZONE
TZID:Customised Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0500
TZOFFSETTO:+0500
END:STANDARD
END:VTIMEZONE"""
    there = event("DTSTART;TZID=Customised Time:20261201T090000", "DURATION:PT1H")
    assert busy(calendar(zone, there)) == ["2026-12-01 04:00-05:00"]


def test_a_list_of_free_and_busy() -> None:
    listed = """BEGIN:VFREEBUSY
UID:list
DTSTART:20261201T000000Z
FREEBUSY;FBTYPE=BUSY:20261201T090000Z/20261201T100000Z,20261202T090000Z/PT1H
FREEBUSY;FBTYPE=FREE:20261203T090000Z/PT8H
END:VFREEBUSY"""
    assert busy(calendar(listed)) == ["2026-12-01 09:00-10:00", "2026-12-02 09:00-10:00"]


def test_what_touches_or_overlaps_is_one() -> None:
    parts = [
        event(f"DTSTART:20261201T{start}00Z", f"DURATION:PT{minutes}M", uid=start)
        for start, minutes in (("0900", 30), ("0930", 10), ("0935", 20), ("1000", 5))
    ]
    assert busy(calendar(*parts)) == ["2026-12-01 09:00-09:55", "2026-12-01 10:00-10:05"]


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:garbage", "DTEND:20261201T100000"],
        ["DTSTART:20261301T090000Z", "DTEND:20261301T100000Z"],
        ["DTSTART:20261201T990000Z", "DURATION:PT1H"],
        ["DTSTART:20261201T090000Z", "DURATION:garbage"],
        ["DTSTART:20261201T090000Z", "DTEND:garbage"],
        ["DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=NEVER"],
        ["DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;INTERVAL=-1;COUNT=5"],
        ["DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=abc"],
        ["DTSTART:20261201T090000Z", "DTSTART:20261202T090000Z", "DURATION:PT1H"],
        ["SUMMARY:without any time"],
    ],
)
def test_an_event_that_cannot_be_understood_harms_no_other(lines: list[str]) -> None:
    found = busy(calendar(event(*lines, uid="bad"), GOOD))
    assert GOOD_WORDS in found
    assert len(found) <= 2


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff rubbish", b"<html><title>Sign in</title></html>", b"BEGIN:VCARD"]
)
def test_what_is_no_calendar(data: bytes) -> None:
    with pytest.raises(TroubleError) as trouble:
        busy_minutes(data, HORIZON)
    assert trouble.value.why is CalendarTrouble.NOT_A_CALENDAR


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=9", "FREQ=DAILY;INTERVAL=0", "INTERVAL=;FREQ=DAILY"],
)
def test_what_comes_back_all_the_time_is_refused_unread(rule: str) -> None:
    with pytest.raises(TroubleError) as trouble:
        thin(calendar(event("DTSTART:20261201T090000Z", f"RRULE:{rule}")), HORIZON)
    assert trouble.value.why is CalendarTrouble.TOO_MANY


def test_only_times_are_looked_at() -> None:
    text = thin(outlook(), HORIZON)
    for word in ("SUMMARY", "summary", "folded", "VALARM", "PRIORITY", "REMINDER"):
        assert word not in text
    assert "GMT Standard Time" in text


def test_the_past_is_not_parsed_and_does_not_count() -> None:
    first = date(2012, 1, 1)
    past = [
        event(
            f"DTSTART:{first + timedelta(days=n % 4000):%Y%m%d}T090000Z",
            "DURATION:PT10M",
            uid=str(n),
        )
        for n in range(2 * limits.MOST_EVENTS)
    ]
    assert busy(calendar(*past, GOOD)) == [GOOD_WORDS]


def test_more_to_come_than_anybody_has() -> None:
    coming = [event("DTSTART:20261201T090000Z", uid=str(n)) for n in range(limits.MOST_EVENTS + 1)]
    with pytest.raises(TroubleError) as trouble:
        thin(calendar(*coming), HORIZON)
    assert trouble.value.why is CalendarTrouble.TOO_MANY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_ways_to_write_letters(encoding: str) -> None:
    data = calendar(event("SUMMARY:Größe"), GOOD).decode().encode(encoding)
    assert busy(data) == [GOOD_WORDS]


def test_lower_case_and_a_moved_occurrence_from_before_the_horizon() -> None:
    series = event("dtstart:20261102T090000Z", "Duration:PT1H", "rrule:FREQ=WEEKLY;COUNT=2")
    moved = event("RECURRENCE-ID:20261102T090000Z", "DTSTART:20261202T090000Z", "DURATION:PT1H")
    assert busy(calendar(series, moved)) == ["2026-12-02 09:00-10:00"]


def test_the_bytes_are_those_that_are_unpacked() -> None:
    stretches = busy_minutes(google(), Horizon.on(date(2026, 11, 27)))
    assert [tuple(pair) for pair in unpack_pairs(packed(stretches)).tolist()] == stretches


def _listed(count: int) -> str:
    lines = ["FREEBUSY:20261201T090000Z/PT1H"] * count
    return "\n".join(["BEGIN:VFREEBUSY", *lines, "END:VFREEBUSY"])


@pytest.mark.parametrize(
    "part",
    [
        event("DTSTART:" + "2" * 5_000_000, "DURATION:PT1H"),
        event("DTSTART:20261201T090000Z", "RDATE:" + ",".join(["20261202T090000Z"] * 290_000)),
        event("DTSTART;" + "TZID=a:" * 700_000 + "x"),
        _listed(limits.MOST_LINES),
        "\n".join(["BEGIN:VTIMEZONE", *["TZID:x"] * limits.MOST_LINES, "END:VTIMEZONE"]),
    ],
    ids=["a line", "its dates", "its colons", "free-busy lists", "time zones"],
)
def test_more_than_any_program_writes_is_refused_unread(part: str) -> None:
    began = time.process_time()
    with pytest.raises(TroubleError) as trouble:
        thin(calendar(part), HORIZON)
    assert trouble.value.why is CalendarTrouble.TOO_MANY
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", ["VEVENT", "VTIMEZONE", "X-ANY"])
def test_parts_in_parts_in_parts(name: str) -> None:
    deep = "\n".join([f"BEGIN:{name}"] * 50_000 + [f"END:{name}"] * 50_000)
    with pytest.raises(TroubleError) as trouble:
        thin(calendar(deep), HORIZON)
    assert trouble.value.why is CalendarTrouble.NOT_A_CALENDAR


def test_a_line_of_colons_is_gone_through_once() -> None:
    line = event("DTSTART;TZID=" + ":" * 90_000 + "x", "DURATION:PT1H")
    began = time.process_time()
    assert busy(calendar(line, GOOD)) == [GOOD_WORDS]
    assert time.process_time() - began < 2


def test_a_summary_of_megabytes_is_passed_over() -> None:
    long = event("SUMMARY:" + "x" * 4_900_000, "DTSTART:20261201T090000Z", "DURATION:PT1H")
    assert busy(calendar(long, GOOD)) == ["2026-12-01 09:00-10:00", GOOD_WORDS]


def test_nul_bytes_harm_nothing_else() -> None:
    bad = event("DTSTART:2026\x001201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY\x00", uid="\x00")
    assert busy(calendar(bad, GOOD)) == [GOOD_WORDS]


def test_a_full_calendar_takes_a_small_part_of_its_time() -> None:
    """1,500 appointments, and a hundred weekly series that have gone on for eleven years."""
    singles = [
        event(f"DTSTART:202612{1 + n % 28:02}T{8 + n % 9:02}0000Z", "DURATION:PT10M", uid=str(n))
        for n in range(1_500)
    ]
    weekly = [
        event("DTSTART:20150601T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY", uid=f"w{n}")
        for n in range(100)
    ]
    began = time.process_time()
    assert len(busy(calendar(*singles, *weekly))) > 250
    assert time.process_time() - began < limits.CPU_SECONDS * 0.7

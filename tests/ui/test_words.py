"""Moments, numbers and names as people read them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ui import words

NOW = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(2026, 12, 8, 13, 5), "Tue 8 Dec 13:05"),
        (at(2026, 7, 1, 13, 5), "Wed 1 Jul 14:05"),  # summer time
        (at(2026, 6, 30, 23, 30), "Wed 1 Jul 00:30"),  # another day in London
        (at(2025, 12, 8, 13, 5), "Mon 8 Dec 2025 13:05"),
        (at(2026, 10, 25, 0, 30), "Sun 25 Oct 01:30"),  # the hour that comes twice
        (at(2026, 10, 25, 1, 30), "Sun 25 Oct 01:30"),
    ],
)
def test_short_when(moment, said):
    assert words.short_when(moment, NOW) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(2026, 12, 8, 17, 0), "today 17:00"),
        (at(2026, 12, 9, 0, 0), "tomorrow 00:00"),
        (at(2026, 12, 7, 23, 59), "yesterday 23:59"),
        (at(2026, 12, 11, 15, 0), "Fri 15:00"),
        (at(2026, 12, 2, 15, 0), "Wed 15:00"),
        (at(2026, 12, 15, 15, 0), "Tue 15 Dec 15:00"),  # a week off: the weekday would mislead
        (at(2026, 12, 1, 15, 0), "Tue 1 Dec 15:00"),
    ],
)
def test_near_when(moment, said):
    assert words.near_when(moment, NOW) == said


@pytest.mark.parametrize(
    "say", [words.short_when, words.near_when, words.clock_time, words.long_date]
)
def test_a_time_without_a_zone_is_refused(say):
    with pytest.raises(ValueError, match="without a zone"):
        say(datetime(2026, 12, 8, 13, 5))  # noqa: DTZ001 that is the point


def test_dates():
    assert words.long_date(date(2026, 12, 8)) == "8 December 2026"
    assert words.long_date(at(2026, 6, 30, 23, 30)) == "1 July 2026"
    assert words.short_date(date(1941, 2, 4)) == "4 Feb 1941"
    assert words.short_date(at(2026, 6, 30, 23, 30)) == "1 Jul 2026"


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        (date(1941, 2, 4), date(2026, 2, 3), 84),
        (date(1941, 2, 4), date(2026, 2, 4), 85),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2027, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_age(born, today, years):
    assert words.age(born, today) == years


def test_age_goes_by_the_day_in_london(time_machine):
    time_machine.move_to("2026-06-30 23:30:00+00:00", tick=False)
    assert words.age(date(2008, 7, 1)) == 18


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=30), "under 1 min"),
        (timedelta(minutes=50), "50 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=3, minutes=10, seconds=59), "3 h 10 min"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=1, hours=1), "1 day 1 hour"),
        (timedelta(days=1, hours=6, minutes=59), "1 day 6 hours"),
        (timedelta(hours=-2), "2 h"),
    ],
)
def test_duration_words(span, said):
    assert words.duration_words(span) == said


@pytest.mark.parametrize(
    ("number", "href"),
    [
        ("0161 496 0123", "tel:01614960123"),
        ("+44 (0)161 496 0123", "tel:+441614960123"),
        ("(0161) 496-0123", "tel:01614960123"),
        ("0161 496 0123 ext 4", "tel:01614960123;ext=4"),
        ("0161 496 0123 x.4", "tel:01614960123;ext=4"),
        ("0161 496 0123 (ward)", "tel:01614960123"),
        ("0161 496 0123 or 0124", ""),
        ("ward 3: 0161 496 0123", ""),
        ("01614960123" * 3, ""),
        ("0161 496 0123 Extension 12", "tel:01614960123;ext=12"),
        ("111", "tel:111"),
        ("ring the ward", ""),
        ("", ""),
        (None, ""),
        ('"><script>', ""),
    ],
)
def test_phone_href(number, href):
    assert words.phone_href(number) == href


@given(st.text())
def test_a_link_that_rings_holds_nothing_but_a_number(text):
    assert re.fullmatch(r"(tel:\+?[0-9]{3,15}(;ext=[0-9]{1,8})?)?", words.phone_href(text))


def test_numbers_and_lists():
    assert words.nhs_spaced("9990123456") == "999 012 3456"
    assert words.nhs_spaced("999-012-3456") == "999 012 3456"
    assert words.nhs_spaced("12345") == "12345"
    assert words.nhs_spaced(None) == ""
    assert words.plural(1, "referral") == "1 referral"
    assert words.plural(1200, "referral") == "1,200 referrals"
    assert words.plural(2, "person", "people") == "2 people"
    assert words.join_words(["name", "", "address", "telephone"]) == "name, address and telephone"
    assert words.join_words(["day", "month"], "or") == "day or month"
    assert words.join_words([]) == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Dr A. Example", "AE"),
        ("S. Worker", "SW"),
        ("Zoë", "Z"),
        ("Mary Ann O'Neil", "MN"),
        ("Dr", ""),
        ("", ""),
    ],
)
def test_initials(name, letters):
    assert words.initials(name) == letters

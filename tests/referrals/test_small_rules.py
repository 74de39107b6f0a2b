"""Small pure rules of referring: who was rung, telephone numbers, under 18, a letter's points."""

from datetime import UTC, date, datetime

import pytest

from portal.core.refused import Refused
from referrals.letters import points_shown
from referrals.ringing import is_rung, nobody, read_when, rung
from referrals.rules import check_points, is_under_18
from referrals.same_person import surname
from referrals.telephones import doubt

AT = datetime(2026, 7, 22, 13, 30, tzinfo=UTC)  # 14:30 in London


@pytest.mark.parametrize(
    ("typed", "hour", "minute", "day"),
    [
        ("14:05", 13, 5, 22),
        ("14.05", 13, 5, 22),
        ("1405", 13, 5, 22),
        ("at 2.05pm", 13, 5, 22),
        ("9am", 8, 0, 22),
        ("12:10 am", 23, 10, 21),
        ("yesterday 16:30", 15, 30, 21),
        ("today, 14:05", 13, 5, 22),
        ("now", 13, 30, 22),
        ("2026-07-22T13:05:00+00:00", 13, 5, 22),
    ],
)
def test_times_as_they_are_typed(typed: str, hour: int, minute: int, day: int) -> None:
    found = read_when(typed, AT)
    assert found
    assert found.astimezone(UTC) == datetime(2026, 7, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["", "after lunch", "15:30", "25:00", "14", "13pm", "2026-07-22"])
def test_what_is_no_time_or_lies_ahead(typed: str) -> None:
    assert read_when(typed, AT) is None


@pytest.mark.parametrize(
    "words", ["", " ", "nobody", "Nobody yet", "no one", "not yet", "None.", "-"]
)
def test_nobody(words: str) -> None:
    assert nobody(words)


@pytest.mark.parametrize("words", ["Nobody answered: Sam Sharp's voicemail", "Norah", "duty desk"])
def test_somebody(words: str) -> None:
    assert not nobody(words)


@pytest.mark.parametrize(
    ("whom", "when", "kept", "timed", "for_sure"),
    [
        ("", "", "", False, False),
        ("nobody yet", "-", "", False, False),
        ("Duty desk", "", "Duty desk", False, True),
        ("Duty desk", "13:50", "Duty desk", True, True),
        ("Duty desk", "before lunch", "Duty desk, before lunch", False, True),
        ("", "13:50", "Somebody", True, True),
        ("", "this afternoon", "Somebody, this afternoon", False, False),
        ("Nobody yet", "after lunch", "Nobody yet, after lunch", False, False),
        ("Nobody yet", "13:50", "Nobody yet", True, False),
    ],
)
def test_nothing_of_who_was_rung_and_when_is_dropped(
    whom: str, when: str, kept: str, timed: bool, for_sure: bool
) -> None:
    words, moment = rung(whom, when, AT)
    assert (words, moment is not None) == (kept, timed)
    assert is_rung(words, moment) == for_sure


@pytest.mark.parametrize(
    "number",
    [
        "",
        "0161 496 0321",
        "0161 496 0321, between surgeries",
        "(0161) 496-0321 ext 4",
        "+44 (0)161 496 0321",
        "0044 161 496 0321",
        "+353 1 496 0321",
        "via the ward, 0161 496 0321",
        "bleep 4412",
        "ext. 31",
        "switchboard, bleep 12",
        "07700 900123 or 0161 496 0321",
        "01632 96001",
        "ring 111",
    ],
)
def test_numbers_that_are_fine(number: str) -> None:
    assert doubt(number) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("via the ward", "There is no telephone number"),
        ("0161 496", "has 7 digits"),
        ("O161 496 0321", "letters in it that look like numbers"),
        ("0161 496 03211 9", "has 13 digits"),
        ("161 496 0321", "begin with 0"),
    ],
)
def test_numbers_with_a_doubt(number: str, words: str) -> None:
    assert words in doubt(number)


def test_under_18_until_the_birthday() -> None:
    born = date(2008, 11, 22)
    assert is_under_18(born, date(2026, 11, 21))
    assert not is_under_18(born, date(2026, 11, 22))
    assert not is_under_18(None, date(2026, 11, 22))


def test_a_letter_stands_in_for_the_points() -> None:
    assert check_points(["", ""], letter="Dear colleague") == []
    assert check_points(["One"], letter="Dear colleague") == ["One"]
    with pytest.raises(Refused, match="at least one"):
        check_points(["", " "], letter=" ")
    assert points_shown([], "Dear colleague") == ["In the letter"]
    assert points_shown([], "") == []


def test_surnames_are_compared_without_capitals() -> None:
    assert surname("Margaret EXAMPLE ") == surname("M. Example") == "example"
    assert surname("  ") == ""

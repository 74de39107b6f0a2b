"""NHS numbers, against the examples of the field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.nhs_number import check_digit, compact, what_is_wrong


@pytest.mark.parametrize(
    "good", ["9434765870", "943 476 5919", "943-476-5919", "943\u00a0476\u00a05870"]
)
def test_valid(good: str) -> None:
    assert what_is_wrong(good) is None
    assert len(compact(good)) == 10


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("9000000015", "not a valid NHS number"),
        ("5647382910", "not a valid NHS number"),
        ("999 012 345", "has 9"),
        ("99901234567", "has 11"),
        ("999 012 345X", "digits only"),
        ("٩٩٩٠١٢٣٤٥٦", "digits only"),
        ("", "Scottish"),
    ],
)
def test_what_is_wrong_is_said(bad: str, words: str) -> None:
    if words == "Scottish":
        bad = next(
            f"010150{n:03}{d}"
            for n in range(999)
            if (d := check_digit(f"010150{n:03}")) is not None
        )
    assert words in (what_is_wrong(bad) or "")


@given(st.integers(400_000_000, 499_999_999), st.integers(0, 9), st.integers(0, 9))
def test_every_single_wrong_digit_is_found(nine: int, place: int, other: int) -> None:
    digit = check_digit(str(nine))
    if digit is None:
        return
    number = f"{nine}{digit}"
    wrong = number[:place] + str(other) + number[place + 1 :]
    assert (what_is_wrong(wrong) is None) == (wrong == number)

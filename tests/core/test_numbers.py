"""Numbers that come with a request are plain digits, or none."""

import pytest

from portal.core.numbers import typed_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("017", 17), (12, 12), ("9" * 18, 10**18 - 1)],
)
def test_plain_digits_are_a_number(typed: object, number: int) -> None:
    assert typed_number(typed) == number


@pytest.mark.parametrize(
    "typed", [None, "", " 1", "-1", "1.5", "1e3", "٣", "²", "x", "\x00", "9" * 19]
)
def test_anything_else_is_none(typed: object) -> None:
    assert typed_number(typed) is None


def test_a_bound_can_be_lower() -> None:
    assert (typed_number("999", digits=3), typed_number("1000", digits=3)) == (999, None)

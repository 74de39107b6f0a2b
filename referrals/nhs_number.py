"""NHS numbers: ten digits, the last one a check digit modulus 11 (NHS Data Dictionary)."""

import re
from datetime import datetime

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212.]+")


def compact(typed: str) -> str:
    """The digits as typed, without spaces and hyphens."""
    return _SEPARATORS.sub("", typed)


def check_digit(first_nine: str) -> int | None:
    """The tenth digit, or None where these nine can have none (the sum gives 10)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True)
    )
    digit = 11 - total % 11
    return None if digit == 10 else digit % 11


def what_is_wrong(typed: str) -> str | None:
    """A sentence for the reader when this is no NHS number of England or Wales, else None."""
    digits = compact(typed)
    if not digits.isascii() or not digits.isdigit():
        return "An NHS number has digits only, like 999 012 3456."
    if len(digits) != 10:
        return f"An NHS number has 10 digits. This has {len(digits)}."
    if check_digit(digits[:9]) != int(digits[9]):
        return "This is not a valid NHS number: at least one digit is wrong. Check it again."
    if _looks_scottish(digits):
        return "That looks like a Scottish number (CHI). Leave this empty and say so in your words."
    if 3_200_000_010 <= int(digits) <= 3_999_999_999:
        return "That looks like a Northern Irish number. Leave this empty and say so in your words."
    return None


def _looks_scottish(digits: str) -> bool:
    """A Scottish CHI number starts with a birth date, DDMMYY; NHS numbers issued start at 4."""
    if digits[0] not in "0123":
        return False
    try:
        datetime.strptime(digits[:6], "%d%m%y")  # noqa: DTZ007 (a date, not a moment)
    except ValueError:
        return False
    return True

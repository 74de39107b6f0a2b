"""Whole numbers that come with a request: of rows, versions, pages."""

# What a bigint holds, whatever its digits are.
DIGITS = 18


def typed_number(text: object, *, digits: int = DIGITS) -> int | None:
    """The number in a text of plain digits; None for anything else, and for more digits."""
    typed = "" if text is None else str(text)
    good = typed.isascii() and typed.isdigit() and len(typed) <= digits
    return int(typed) if good else None

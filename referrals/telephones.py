"""Telephone numbers as people write them. A doubt is said, and never bars: pure."""

import re

_NUMBER = re.compile(r"(?:\+|\b00)?\(?\d(?:[\s().-]{0,3}\d)*")
_INSIDE = re.compile(
    r"\b(?:ext(?:ension)?|x|bleep|bp|pager|page|fax)\b[\s.:#]*\d{1,6}", re.IGNORECASE
)
_WITH_LETTERS = re.compile(r"\b(?=[\dOoIl]*\d)(?=[\dOoIl]*[OoIl])[\dOoIl]{4,}\b")


def doubt(typed: str) -> str:
    """Why nobody may get through with this, in a sentence; "" where it looks right, or is empty.

    Right is a British number, one from abroad with a +, an extension or a bleep; words may stand
    around it.
    """
    text = typed.strip()
    if not text:
        return ""
    if found := _WITH_LETTERS.search(text):
        return f"“{found[0]}” has letters in it that look like numbers."
    inside = bool(_INSIDE.search(text))
    counts = [_length(match[0]) for match in _NUMBER.finditer(_INSIDE.sub(" ", text))]
    if inside or any(_is_whole(match[0]) for match in _NUMBER.finditer(text)):
        return ""
    longest = max(counts, default=0)
    if not longest:
        return "There is no telephone number in this."
    if longest < 10:
        return f"The number has {longest} digits; most have 11."
    return f"The number has {longest} digits; most have 11 and begin with 0."


def _length(number: str) -> int:
    return len(re.sub(r"\D", "", number))


def _is_whole(number: str) -> bool:
    """A British number (10 or 11 digits from 0, or 03/08 short ones), +44, or from abroad."""
    number = re.sub(r"\(0\)", "", number) if number.startswith("+") else number
    digits = re.sub(r"\D", "", number)
    if number.startswith("+") or digits.startswith("00"):
        return 9 <= len(digits.removeprefix("00")) <= 15
    return digits in ("999", "112", "111", "101") or (digits[:1] == "0" and len(digits) in (10, 11))

"""Postcodes as people type them: what was meant, or what is wrong with it. Pure."""

import re
import unicodedata
from typing import NamedTuple

from portal.core.refused import InvalidInput

EXAMPLE = "M33 2RH"
_OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
_WHOLE = re.compile(rf"{_OUTWARD}[0-9][A-Z]{{2}}")
_TOO_SHORT = re.compile(rf"[A-Z]{{1,2}}|{_OUTWARD}([0-9][A-Z]?)?")
_TOO_LONG = re.compile(rf"{_OUTWARD}[0-9][A-Z]{{2}}[A-Z0-9]+")
# "M33 ORH": the letter O where the end has its number.
_LETTER_FOR_NUMBER = re.compile(rf"{_OUTWARD}[OIL][A-Z]{{2}}")
# Spaces of every width go; so do the marks that word processors leave between letters.
_UNSEEN = {"Cf", "Zs", "Zl", "Zp", "Cc"}
_LONGEST = 40


class Parsed(NamedTuple):
    """A well-formed postcode: `key` has no space, `display` has one."""

    key: str

    @property
    def display(self) -> str:
        """As it is written: M33 2RH."""
        return display(self.key)


def parse_postcode(text: str) -> Parsed:
    """The postcode that was meant: "m33  2rh" is M332RH.

    Raises InvalidInput, whose sentence says what is wrong. Whether there is such a postcode is
    another question.
    """
    if len(text) > _LONGEST:
        raise _wrong(f"That is too long for a postcode. Enter one like {EXAMPLE}.")
    letters = unicodedata.normalize("NFKC", text).upper()
    key = "".join(letter for letter in letters if unicodedata.category(letter) not in _UNSEEN)
    if _WHOLE.fullmatch(key):
        return Parsed(key)
    raise _wrong(_what_is_wrong(key, " ".join(letters.split())))


def display(key: str) -> str:
    """A key as it is written: M33 2RH."""
    return f"{key[:-3]} {key[-3:]}"


def parts(key: str) -> tuple[str, str]:
    """Its outward part and its sector: ("M33", "M33 2")."""
    return key[:-3], f"{key[:-3]} {key[-3]}"


def _what_is_wrong(key: str, typed: str) -> str:
    if not key:
        return f"Enter a postcode, like {EXAMPLE}."
    if strange := next((one for one in key if not (one.isascii() and one.isalnum())), ""):
        return f"A postcode has only letters and numbers: take out “{strange}”."
    if _TOO_SHORT.fullmatch(key):
        return (
            f"“{typed}” is too short: a postcode ends with a number and two letters,"
            f" like {EXAMPLE}."
        )
    if _LETTER_FOR_NUMBER.fullmatch(key):
        return (
            f"“{typed}” has a letter where the end of a postcode has a number."
            f" Should “{key[-3]}” be {'0' if key[-3] == 'O' else '1'}?"
        )
    if _TOO_LONG.fullmatch(key):
        return f"“{typed}” is too long: a postcode ends with a number and two letters."
    return (
        f"“{typed}” is not a postcode: one begins with one or two letters and a number,"
        f" and ends with a number and two letters, like {EXAMPLE}."
    )


def _wrong(sentence: str) -> InvalidInput:
    return InvalidInput(sentence, code="malformed-postcode", field="postcode")

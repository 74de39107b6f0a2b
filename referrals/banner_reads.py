"""Single values in a pasted text: dates, names, numbers. Pure; what is not sure is left out."""

import re
from collections.abc import Iterator
from datetime import date

from contacts.postcodes import parse_postcode
from portal.core.refused import InvalidInput
from portal.ui.words import MONTHS, TITLES, age

_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS) + "|Sept"
_DATES = (
    # 12/03/1948, 12-03-48, 12.3.1948: the day first, as everywhere in the United Kingdom
    re.compile(
        r"(?<![\d/.-])(?P<d>\d{1,2})(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d\d)(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<y>\d{4})[/.-](?P<m>\d{2})[/.-](?P<d>\d{2})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s/.-]*(?P<m>{_MONTH})\.?,?[\s/.-]*"
        r"(?P<y>\d{4}|\d\d)(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)",
        re.IGNORECASE,
    ),
)
AGE = re.compile(
    r"\(\s*(\d{1,3})\s*(?:y|yrs?|years?)?(?:\s*old)?\s*(?:\d{1,2}\s*m\w*)?\s*\)"
    r"|\b(?:aged?|is)[:\s]+(\d{1,3})\b|\b(\d{1,3})\s*(?:yrs?|years?|y/?o)\b",
    re.IGNORECASE,
)
_GAP = r"[ \u00a0.\-\u2010-\u2015]?"
TEN_DIGITS = re.compile(
    rf"(?<![\d+])(?<!\d[ \u00a0-])\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}(?![ \u00a0-]?\d)"
)
# Straight after its label a number ends where it ends, whatever follows.
_AT_START = re.compile(rf"\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}(?!\d)")
_TELEPHONE = re.compile(
    r"(?<![\d])(?:\+44[\s.-]*(?:\(0\))?[\s.-]*|0044[\s.-]*|\(?0)(?:\d[\s().-]{0,2}){8,9}\d(?!\d)"
    r"(?:\s*(?:ext(?:ension)?|x)\.?\s*\d{1,6})?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?[ \u00a0]{0,2}\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE
)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$")  # "block B2 2nd floor"
_WORD = r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*"
_TITLE = "|".join(sorted({*TITLES, "master", "lord", "lady", "father", "sister", "canon"}))
LAST_FIRST = re.compile(
    rf"(?P<last>{_WORD}(?:[ ]{_WORD}){{0,3}}),[ ]*(?:(?:{_TITLE})\.?[ ]+)?"
    rf"(?P<first>{_WORD}\.?(?:[ ]{_WORD}\.?){{0,3}})(?P<title>[ ]*\((?:{_TITLE})\.?\))?",
    re.IGNORECASE,
)
TITLED = re.compile(
    rf"\b(?P<title>{_TITLE})\.?[ ]+(?P<name>{_WORD}\.?(?:[ ]{_WORD}\.?){{1,4}})", re.IGNORECASE
)
_SMALL = {"de", "la", "van", "der", "den", "von", "el", "al", "bin", "ibn", "di", "da", "le"}


def dates_in(text: str, today: date) -> Iterator[date | str]:
    """Every date as a date, or as it is written where it is none that can be sure.

    A year of two digits is sure when only one century fits: by an age that is given, or because
    the other would lie ahead.
    """
    taken: list[tuple[int, int]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            years = _years(match["y"], today)
            read = [day for year in years if (day := _date(year, match["m"], match["d"]))]
            fitting = [day for day in read if date(1880, 1, 1) <= day <= today]
            told = age_in(text)
            if told is not None:
                fitting = [day for day in fitting if abs(age(day, today) - told) <= 1]
            yield fitting[0] if len(fitting) == 1 else match[0].strip()


def _years(typed: str, today: date) -> list[int]:
    if len(typed) == 4:
        return [int(typed)]
    return [century + int(typed) for century in (1900, 2000) if century + int(typed) <= today.year]


def _date(year: int, month: str, day: str) -> date | None:
    number = (
        int(month)
        if month.isdigit()
        else next(i for i, name in enumerate(MONTHS, 1) if name[:3].lower() == month[:3].lower())
    )
    try:
        return date(year, number, int(day))
    except ValueError:
        return None


def age_in(text: str) -> int | None:
    """The age that the text gives, in whole years; None where it gives none, or several."""
    found = {int(next(filter(None, match.groups()))) for match in AGE.finditer(text)}
    return found.pop() if len(found) == 1 else None


def numbers_in(text: str) -> list[str]:
    """Ten digits in the form of an NHS number, as digits."""
    return [re.sub(r"\D", "", match[0]) for match in TEN_DIGITS.finditer(text)]


def telephones_in(text: str) -> list[str]:
    """Telephone numbers as they are written, with single spaces."""
    return [re.sub(r"\s+", " ", match[0]).strip() for match in _TELEPHONE.finditer(text)]


def without_others(text: str) -> str:
    """The text, less what is no NHS number: telephone numbers and dates."""
    for pattern in (_TELEPHONE, *_DATES):
        text = pattern.sub(" , ", text)
    return text


def after_number(text: str) -> tuple[str, str]:
    """The number that the text begins with, and what follows it; ("", text) where it does not."""
    match = _AT_START.match(text)
    return (match[0], text[match.end() :].strip(" ,;")) if match else ("", text)


def postcodes_in(text: str) -> list[str]:
    """Postcodes in their written form."""
    found = []
    for match in _POSTCODE.finditer(text):
        if _ORDINAL.search(match[0]):
            continue
        try:
            found.append(parse_postcode(match[0]).display)
        except InvalidInput:
            continue
    return found


def postcode_span(text: str) -> tuple[int, int] | None:
    """Where the first postcode stands."""
    spans = (m.span() for m in _POSTCODE.finditer(text) if not _ORDINAL.search(m[0]))
    return next(spans, None)


def last_first(match: re.Match[str]) -> str:
    """ "John Smith" from "SMITH, John (Mr)"."""
    return f"{_plain(match['first'])} {_plain(match['last'])}"


def titled(text: str) -> str:
    """ "John Smith" from "Mr John SMITH"."""
    return _plain(re.sub(rf"^(?:{_TITLE})\.?\s+", "", text.strip(), flags=re.IGNORECASE))


def _plain(words: str) -> str:
    """Names in capitals as people write them; all others stay as they are."""
    return " ".join(_word(word) for word in words.split())


def _word(word: str) -> str:
    if not word.isupper() or len(word) < 2 or (len(word) == 2 and word.endswith(".")):
        return word
    if word.lower() in _SMALL:
        return word.capitalize()
    return "".join(_part(part) for part in re.split(r"(['’-])", word))


def _part(word: str) -> str:
    """ "Smith", "McDonald"."""
    name = word.capitalize()
    return f"Mc{name[2:].capitalize()}" if re.match(r"Mc[a-z]{2}", name) else name

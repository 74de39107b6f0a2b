"""A date typed into three boxes, as NHS.UK has it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from portal.ui.words import MONTHS, join_words, long_date

PARTS = ("day", "month", "year")


class DateParts(NamedTuple):
    """What was typed, kept as it was typed."""

    day: str
    month: str
    year: str


class DateBoxes(forms.Widget):
    """Reads `name-day`, `name-month` and `name-year`, or `name` with a date in one piece."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> DateParts | None:
        """The typed parts, or None where nothing was typed."""
        parts = DateParts(*(str(data.get(f"{name}-{part}") or "").strip() for part in PARTS))
        return parts if any(parts) else self.decompress(data.get(name)) or None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form that was sent did not have this date at all."""
        return not any(key in data for key in (name, *(f"{name}-{part}" for part in PARTS)))

    def decompress(self, value: object) -> DateParts:
        """The three boxes' contents for a date, an ISO text, typed parts or nothing."""
        if isinstance(value, DateParts):
            return value
        if isinstance(value, date):
            return DateParts(str(value.day), str(value.month), str(value.year))
        text = str(value or "").strip()
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
            return DateParts(found[3], found[2], found[1])
        pieces = re.split(r"[\s/.-]+", text, maxsplit=2) if text else []
        return DateParts(*([*pieces, "", "", ""])[:3])


class DateField(forms.Field):
    """Cleans to a date, or None where it is not required. Says which box is wrong, and why.

    `earliest` and `latest` are dates, or functions that give one when asked (today moves);
    `too_late` is said of a date after `latest`.
    """

    widget = DateBoxes

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        missing: str = "",
        earliest: Any = date(1880, 1, 1),
        latest: Any = date(2199, 12, 31),
        too_late: str = "",
        look: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label=label, help_text=hint, **kwargs)
        self.look, self.earliest, self.latest = look, earliest, latest
        self.missing = missing or f"“{label}” needs a date"
        self.too_late = too_late

    def clean(self, value: object) -> date | None:
        """The date. Raises ValidationError with `params["parts"]`, the boxes that are wrong."""
        parts = self.widget.decompress(value) if isinstance(self.widget, DateBoxes) else None
        if parts is None or not any(parts):
            if self.required:
                raise self._wrong(self.missing, PARTS)
            return None
        absent = [part for part, text in zip(PARTS, parts, strict=True) if not text]
        if absent:
            raise self._wrong(f"“{self.label}” must include a {join_words(absent)}", absent)
        found = self._read(parts)
        earliest, latest = (x() if callable(x) else x for x in (self.earliest, self.latest))
        if found < earliest:
            raise self._wrong(f"“{self.label}” must be {long_date(earliest)} or later", ["year"])
        if found > latest:
            words = self.too_late or f"“{self.label}” must be {long_date(latest)} or earlier"
            raise self._wrong(words, ["year"])
        return found

    def _read(self, parts: DateParts) -> date:
        day, month, year = _number(parts.day, 31), _month(parts.month), _number(parts.year, 9999)
        numbers = zip(PARTS, (day, month, year), strict=True)
        wrong = [part for part, number in numbers if number is None]
        if wrong:
            raise self._wrong(f"“{self.label}”: check the {join_words(wrong)}", wrong)
        if not re.fullmatch(r"\d{4}", parts.year):
            raise self._wrong(f"“{self.label}”: the year must have 4 numbers", ["year"])
        try:
            return date(year or 0, month or 0, day or 0)
        except ValueError:
            words = f"there is no {day} {MONTHS[(month or 1) - 1]} {year}"
            raise self._wrong(f"“{self.label}”: {words}", ["day"]) from None

    @staticmethod
    def _wrong(message: str, parts: Any) -> ValidationError:
        return ValidationError(message, code="date", params={"parts": list(parts)})

    def has_changed(self, initial: object, data: object) -> bool:
        """Compared as dates: `04` is `4`."""
        try:
            return self.clean(initial) != self.clean(data)
        except ValidationError:
            return True


def wrong_parts(bound: BoundField) -> list[str]:
    """The boxes that the field's first error is about."""
    for error in bound.form.errors.as_data().get(bound.name, []) if bound.form.is_bound else []:
        parts: list[str] = (error.params or {}).get("parts", list(PARTS))
        return parts
    return []


def _number(text: str, most: int) -> int | None:
    if not re.fullmatch(r"[0-9]{1,4}", text):
        return None
    return int(text) if 1 <= int(text) <= most else None


def _month(text: str) -> int | None:
    """`2`, `02`, `Feb` or `february`."""
    if text.isalpha() and len(text) >= 3:
        for number, name in enumerate(MONTHS, start=1):
            if name.lower().startswith(text.lower()):
                return number
    return _number(text, 12)

"""What somebody typed into a form, in its own words: labels, and choices as they are read."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms

from portal.ui.dates import PARTS, DateBoxes
from portal.ui.words import MONTHS


class Said(NamedTuple):
    """One answer: the field's name, its label, and what was typed or chosen, in words."""

    name: str
    label: str
    words: str


def said(
    fields: Mapping[str, forms.Field], typed: Mapping[str, str] | Iterable[tuple[str, str]]
) -> list[Said]:
    """The answers in the order of the form; what is empty, hidden or no field of it is left out.

    `typed` are the inputs by name, in pairs where a name comes more than once.
    """
    pairs = list(typed.items()) if isinstance(typed, Mapping) else list(typed)
    found = []
    for name, field in fields.items():
        if field.widget.is_hidden:
            continue
        words = words_of(name, field, pairs)
        if words:
            found.append(Said(name, str(field.label or name), words))
    return found


def words_of(name: str, field: forms.Field, pairs: Iterable[tuple[str, str]]) -> str:
    """One field's answer in words; "" where nothing was typed."""
    pairs = list(pairs)
    if isinstance(field.widget, DateBoxes):
        given = dict(pairs)
        parts = [given.get(f"{name}-{part}", "").strip() for part in PARTS]
        return _date_words(parts) if any(parts) else given.get(name, "").strip()
    values = [value.strip() for key, value in pairs if key == name and value.strip()]
    if isinstance(field, forms.ChoiceField):
        known = {str(value): str(words) for value, words in _flat(field)}
        values = [known.get(value, "chosen from a list") for value in values]
    elif isinstance(field, forms.BooleanField):
        values = ["Yes" for _ in values]
    return ", ".join(values)


def _flat(field: forms.ChoiceField) -> Iterable[tuple[object, object]]:
    choices: Any = field.choices
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from words
        else:
            yield value, words


def _date_words(parts: list[str]) -> str:
    day, month, year = parts
    if month.isascii() and month.isdigit() and 1 <= int(month[:3]) <= 12:
        month = MONTHS[int(month[:3]) - 1]
    return " ".join(part for part in (day, month, year) if part)


def bare(words: str) -> str:
    """What two texts have in common that say the same: neither spaces, marks nor capitals."""
    return "".join(character for character in words.casefold() if character.isalnum())

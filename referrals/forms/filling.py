"""What a banner says goes into empty fields; beside what is typed it is only offered. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.ui.said import bare, words_of
from referrals.banner import FIELDS, Found
from referrals.forms.refer import ReferForm

Typed = dict[str, str]


@dataclass(frozen=True)
class Filling:
    """The inputs as they are now, the fields that were empty, and what else could be used."""

    typed: Typed
    filled: list[str]
    beside: dict[str, tuple[str, ...]]


def fill_in(typed: Mapping[str, str], found: Found) -> Filling:
    """Nothing that is typed is changed."""
    result = dict(typed)
    filled = [name for name in FIELDS if name in found.sure and not _has(typed, name)]
    for name in filled:
        result = put(result, name, found.sure[name])
    values = {name: (value,) for name, value in found.sure.items()} | found.either
    beside = {
        name: values[name]
        for name in FIELDS
        if name in values and not any(_says(result, name, value) for value in values[name])
    }
    return Filling(result, filled, beside)


def put(typed: Mapping[str, str], name: str, value: str) -> Typed:
    """The same inputs with one field's text replaced; a date goes into its three boxes."""
    rest = {k: v for k, v in typed.items() if k != name and not k.startswith(f"{name}-")}
    return rest | _inputs(name, value)


def _inputs(name: str, value: str) -> Typed:
    if name != "born_on":
        return {name: value}
    try:
        given: object = date.fromisoformat(value)
    except ValueError:
        given = value
    parts = ReferForm.base_fields[name].widget.decompress(given)  # type: ignore[attr-defined]
    return {f"{name}-{part}": text for part, text in parts._asdict().items()}


def _has(typed: Mapping[str, str], name: str) -> bool:
    return any(v.strip() for k, v in typed.items() if k == name or k.startswith(f"{name}-"))


def _says(typed: Mapping[str, str], name: str, value: str) -> bool:
    """Whether the field says this already, whatever its spaces and capitals."""
    field = ReferForm.base_fields[name]
    ours, theirs = (words_of(name, field, t.items()) for t in (typed, _inputs(name, value)))
    return bare(ours) == bare(theirs)

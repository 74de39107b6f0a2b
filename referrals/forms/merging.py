"""Two people have written in one draft: both texts, field by field, and what is chosen of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from portal.ui.said import words_of
from referrals.forms.refer import UNKEPT, typed_in

MINE, THEIRS, BOTH = "mine", "theirs", "both"
PREFIX = "keep-"


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that differs: both in words. `chosen` is what stands ticked at first."""

    name: str
    label: str
    mine: str
    theirs: str
    chosen: str
    can_be_both: bool


def differences(
    fields: Mapping[str, forms.Field], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> list[Difference]:
    """What was typed differently, in the form's order. Where only one has text, it is ticked."""
    found = []
    for name, field in fields.items():
        if name in UNKEPT or _of(mine, name) == _of(theirs, name):
            continue
        ours, others = words_of(name, field, mine.items()), words_of(name, field, theirs.items())
        found.append(
            Difference(
                name=name,
                label=str(field.label),
                mine=ours,
                theirs=others,
                chosen=THEIRS if others and not ours else MINE,
                can_be_both=isinstance(field.widget, forms.Textarea) and bool(ours and others),
            )
        )
    return found


def merged(posted: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """What the reader has chosen: `keep-NAME` says whose text stays; without it, their own."""
    result = typed_in(posted)
    for key, whose in posted.items():
        if not key.startswith(PREFIX):
            continue
        name = key.removeprefix(PREFIX)
        ours, others = _of(result, name), _of(theirs, name)
        if whose == THEIRS:
            result = {k: v for k, v in result.items() if k not in ours} | others
        elif whose == BOTH and name in ours and name in others:
            result[name] = f"{ours[name]}\n\n{others[name]}"
    return result


def _of(typed: Mapping[str, str], name: str) -> dict[str, str]:
    """The inputs of one field: a date has three."""
    return {k: v for k, v in typed.items() if k == name or k.startswith(f"{name}-")}

"""A bound form field as its NHS.UK component: label, hint, error and control in one piece.

Works for any Django field, so that forms of packages look like ours. Fields of portal.ui.fields
carry a `Look` and may say more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from markupsafe import Markup

from portal.ui.dates import PARTS, DateBoxes, wrong_parts
from portal.ui.nhs import nhs

Params = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a field shows itself. What is not given is left to NHS.UK frontend."""

    size: str = ""  # of the label or legend: s, m, l, xl
    heading: int = 0  # the label is a heading of this level
    hidden_label: bool = False  # for those who listen only: the place says it to the others
    width: int = 0  # characters: 2, 3, 4, 5, 10, 20, 30
    rows: int = 0
    count: bool = False  # says how many characters are left
    inline: bool = False  # choices beside each other
    small: bool = False  # choices in small
    autocomplete: str = ""
    inputmode: str = ""
    spellcheck: bool | None = None
    describedby: str = ""  # id of a text elsewhere on the page
    hints: dict[str, str] = field(default_factory=dict)  # beneath single choices, by value


def field_group(bound: BoundField, **changes: Any) -> Markup | SafeString:
    """The whole group. `changes` are names of Look for this one page: `field(form.name, size="s")`.

    A hidden field comes out as its bare input.
    """
    if bound.is_hidden:
        return bound.as_widget()
    look = replace(getattr(bound.field, "look", None) or Look(), **changes)
    widget = bound.field.widget
    for kind, build in _BUILDERS:
        if isinstance(widget, kind):
            return nhs(*build(bound, look))
    return nhs(*_input(bound, look))


def first_id(bound: BoundField) -> str:
    """The id a link in the error summary must point to: the box that is wrong, or the first."""
    if isinstance(bound.field.widget, DateBoxes):
        return f"{bound.auto_id}-{(wrong_parts(bound) or PARTS)[0]}"
    return bound.auto_id


def _common(bound: BoundField) -> Params:
    params: Params = {"name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": bound.help_text}
    if bound.errors:
        params["errorMessage"] = {"text": bound.errors[0]}
    return params


def _label(bound: BoundField, look: Look) -> Params:
    label: Params = {"text": bound.label}
    if look.size:
        label["size"] = look.size
    if look.heading:
        label["heading"] = {"level": look.heading}
    if look.hidden_label:
        label["classes"] = "nhsuk-u-visually-hidden"
    return label


def _box(bound: BoundField, look: Look, *, value: bool = True) -> Params:
    """What every single box has: id, label, value, attributes."""
    params = _common(bound) | {"id": bound.auto_id, "label": _label(bound, look)}
    # Neither maxlength, which would cut a pasted letter without a word, nor a placeholder.
    kept = {k: str(v) for k, v in bound.field.widget.attrs.items() if k.startswith("data-")}
    if kept:
        params["attributes"] = kept
    if value:
        typed = bound.value()
        params["value"] = "" if typed is None else str(typed)
    autocomplete = look.autocomplete or bound.field.widget.attrs.get("autocomplete", "")
    if autocomplete:
        params["autocomplete"] = autocomplete
    if look.spellcheck is not None:
        params["spellcheck"] = look.spellcheck
    if look.describedby:
        params["describedBy"] = look.describedby
    return params


def _input(bound: BoundField, look: Look) -> tuple[str, Params]:
    params = _box(bound, look)
    params["type"] = getattr(bound.field.widget, "input_type", "text")
    if look.width:
        params["width"] = look.width
    if look.inputmode:
        params["inputmode"] = look.inputmode
    if params["type"] == "email":
        params.setdefault("autocomplete", "email")
        params.setdefault("spellcheck", False)
    return "input", params


def _password(bound: BoundField, look: Look) -> tuple[str, Params]:
    return "password-input", _box(bound, look, value=False)


def _file(bound: BoundField, look: Look) -> tuple[str, Params]:
    # The browser's own: NHS.UK's file upload puts a button in its place, whose name for a reader
    # of screens is not the one that is seen on it.
    return "input", _box(bound, look, value=False) | {"type": "file", "classes": "cg-file"}


def _textarea(bound: BoundField, look: Look) -> tuple[str, Params]:
    params = _box(bound, look)
    params["rows"] = look.rows or 5
    limit = getattr(bound.field, "max_length", None)
    if look.count and limit:
        return "character-count", params | {"maxlength": limit}
    return "textarea", params


def _select(bound: BoundField, look: Look) -> tuple[str, Params]:
    params = _box(bound, look, value=False)
    params["items"] = [
        {"value": value, "text": text, "selected": chosen} if value else {"value": "", "text": text}
        for value, text, chosen in _options(bound)
    ]
    return "select", params


def _choices(bound: BoundField, look: Look, component: str) -> tuple[str, Params]:
    params = _common(bound) | {"idPrefix": bound.auto_id}
    params["fieldset"] = {"legend": _label(bound, look)}
    if look.describedby:
        params["fieldset"]["describedBy"] = look.describedby
    params["items"] = [
        {"value": value, "text": text, "checked": chosen}
        | ({"hint": {"text": look.hints[value]}} if value in look.hints else {})
        for value, text, chosen in _options(bound)
        if value
    ]
    if look.inline:
        params["classes"] = f"nhsuk-{component}--inline"
    if look.small:
        params["small"] = True
    return component, params


def _radios(bound: BoundField, look: Look) -> tuple[str, Params]:
    return _choices(bound, look, "radios")


def _checkboxes(bound: BoundField, look: Look) -> tuple[str, Params]:
    return _choices(bound, look, "checkboxes")


def _tick(bound: BoundField, look: Look) -> tuple[str, Params]:
    """One box to tick: the label is the box's own, and no legend is needed."""
    params = _common(bound) | {"idPrefix": bound.auto_id}
    hint = {"hint": params.pop("hint")} if "hint" in params else {}
    checked = bool(bound.value())
    params["items"] = [{"value": "on", "text": bound.label, "checked": checked} | hint]
    if look.small:
        params["small"] = True
    return "checkboxes", params


def _date(bound: BoundField, look: Look) -> tuple[str, Params]:
    widget = bound.field.widget
    wrong = wrong_parts(bound)
    values = widget.decompress(bound.value())
    params = _common(bound) | {"id": bound.auto_id}
    params["fieldset"] = {"legend": _label(bound, look)}
    params["items"] = [
        {
            "id": f"{bound.auto_id}-{part}",
            "name": f"{bound.html_name}-{part}",
            "label": part.capitalize(),
            "value": value,
            "width": 4 if part == "year" else 2,
            "error": part in wrong,
        }
        | ({"autocomplete": f"bday-{part}"} if look.autocomplete == "bday" else {})
        for part, value in zip(PARTS, values, strict=True)
    ]
    del params["name"]
    return "date-input", params


def _options(bound: BoundField) -> Iterable[tuple[str, str, bool]]:
    """(value, words, chosen) of each choice, in order; groups of choices come out flat."""
    value = bound.value()
    several = value if isinstance(value, list | tuple | set) else [value]
    chosen = {str(one) for one in several if one is not None}
    widget: Any = bound.field.widget
    for known, words in widget.choices:
        if isinstance(words, list | tuple):
            for inner, inner_words in words:
                yield str(inner), str(inner_words), str(inner) in chosen
        else:
            known = "" if known is None else str(known)
            yield known, str(words), known in chosen


# The first that fits: a password box is an input too, checkboxes are a select to Django.
_BUILDERS: list[tuple[type[forms.Widget], Any]] = [
    (DateBoxes, _date),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _tick),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
]

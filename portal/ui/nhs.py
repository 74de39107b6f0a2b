"""The NHS.UK macros, called once per shape instead of once per page.

A macro of nhsuk-frontend-jinja takes 0.5 to 3 ms, most of it spent on options that are the same
for every reader. So the macro is run with a mark in place of each text, what comes out is kept,
and a page only puts its own (escaped) texts where the marks are: some 20 microseconds.
Nothing typed by anybody stays in memory, because texts are never part of what is kept.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.template import engines
from jinja2 import Environment
from markupsafe import Markup, escape

# Private-use characters: they cannot be mistaken for markup and pass every filter unchanged.
_MARK = re.compile("\ue000(\\d+)\ue001")
_TEXT_KEYS = {"text", "html", "value", "visuallyHiddenText"}
_MACRO_NAMES = {"tables": "table", "skip-link": "skipLink"}


def nhs(component: str, params: Mapping[str, Any]) -> Markup:
    """The markup of a component, by its NHS.UK name ("date-input") and its documented options.

    Whatever stands under text, html or value is escaped, unless it is Markup already. Give
    `checked` or `selected` on the items of a choice: `value` beside `items` is not compared.
    """
    texts: list[Any] = []
    shape = json.dumps(_marked(params, texts))
    pieces = _pieces(component, shape)
    return Markup("").join(
        piece if isinstance(piece, Markup) else escape(texts[piece]) for piece in pieces
    )


def _marked(value: Any, texts: list[Any], key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _marked(inner, texts, name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_marked(inner, texts) for inner in value]
    if key in _TEXT_KEYS and value is not None and not isinstance(value, bool) and value != "":
        texts.append(value)
        return f"\ue000{len(texts) - 1}\ue001"
    return value


@lru_cache(maxsize=1024)
def _pieces(component: str, shape: str) -> list[Markup | int]:
    """The macro's own markup, and between its pieces the numbers of the texts that belong there."""
    pieces = _MARK.split(str(_macro(component)(json.loads(shape))))
    # re.split leaves plain pieces at even places and the number of a mark at odd ones.
    return [
        int(piece) if place % 2 else Markup(piece)  # noqa: S704 the macro has escaped it
        for place, piece in enumerate(pieces)
    ]


@lru_cache(maxsize=64)
def _macro(component: str) -> Callable[[dict[str, Any]], str]:
    environment: Environment = engines["jinja"].env  # type: ignore[attr-defined]
    module = environment.get_template(f"nhsuk/components/{component}/macro.jinja").module
    first, *rest = component.split("-")
    name = _MACRO_NAMES.get(component, first + "".join(word.capitalize() for word in rest))
    macro: Callable[[dict[str, Any]], str] = getattr(module, name)
    return macro

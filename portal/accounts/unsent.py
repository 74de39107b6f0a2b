"""What a form that waits to be sent again says, in the form's own words.

A room registers the forms of its routes in its `AppConfig.ready()`; this room asks none of them
what they are about. A form that nobody registered shows the names of its inputs.
"""

import re
from collections.abc import Iterable

from django import forms
from django.urls import Resolver404, resolve

from portal.accounts.parking import Unsent
from portal.ui.said import said

# Names that forms use for themselves.
_TECHNICAL = {"once", "once_key", "version", "key", "next", "seen_open", "made", "look"}
_forms: dict[str, type[forms.BaseForm]] = {}


def register(routes: Iterable[str], form: type[forms.BaseForm]) -> None:
    """Forms sent to these routes (by name) are shown with the labels and choices of `form`."""
    for route in routes:
        _forms[route] = form


def lines_of(unsent: Unsent) -> list[tuple[str, str]]:
    """(label, words) of each answer that somebody typed or chose."""
    form = _form_of(unsent.path)
    if form is not None:
        fields = form.base_fields  # type: ignore[attr-defined]
        return [(line.label, line.words) for line in said(fields, unsent.fields)]
    return [
        (re.sub(r"[-_]+", " ", name).strip().capitalize(), value)
        for name, value in unsent.fields
        if value.strip() and name not in _TECHNICAL
    ]


def _form_of(path: str) -> type[forms.BaseForm] | None:
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return None
    return _forms.get(str(match.url_name))

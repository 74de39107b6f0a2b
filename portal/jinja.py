"""The Jinja environment of every page and mail of ours (TEMPLATES in settings names it).

Templates under `templates/` are strict in tests: a misspelt name raises instead of printing
nothing. The NHS.UK macros depend on missing names being quietly empty, so they live in an
environment of their own behind the same loader, with the same filters and globals.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import jinja2
from django.conf import settings
from django.templatetags.static import static as static_file
from django.urls import reverse
from jinja2.runtime import Undefined

from portal.core.paths import path_of
from portal.ui import words
from portal.ui.assets import ASSETS
from portal.ui.forms import error_list, field_group
from portal.ui.nhs import nhs

FILTERS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        words.age,
        words.clock_time,
        words.duration_words,
        words.initials,
        words.join_words,
        words.long_date,
        words.near_when,
        words.nhs_spaced,
        words.phone_href,
        words.plural,
        words.short_date,
        words.short_day,
        words.short_when,
    )
}
GLOBALS = {
    "assets": ASSETS,
    "error_list": error_list,
    "field": field_group,
    "nhs": nhs,
}


class TwoRooms(jinja2.FileSystemLoader):
    """Our templates from `templates/`; names under `nhsuk/` from the macros' own environment."""

    macros: jinja2.Environment

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: Any = None,
    ) -> jinja2.Template:
        """The template, from the macros' environment where its name is one of theirs."""
        if name.startswith("nhsuk/"):
            return self.macros.get_template(name)
        return super().load(environment, name, globals)


def environment(**options: Any) -> jinja2.Environment:
    """Called once by Django's Jinja2 backend.

    `strict` (an extra option, default: in PORTAL_MODE=test) makes a missing name raise. Where it
    is off, a missing name prints nothing and is logged: a reader is better served by the rest of
    the page than by an error.
    """
    strict = options.pop("strict", settings.MODE == "test")
    folders = getattr(options.pop("loader"), "searchpath", [settings.BASE_DIR / "templates"])
    loader = TwoRooms(folders)
    ours = jinja2.Environment(  # noqa: S701 escapes all but mails: _is_html
        **{
            **options,
            "loader": loader,
            "undefined": jinja2.StrictUndefined if strict else _quiet_undefined(),
            "autoescape": _is_html,
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    ours.globals.update(GLOBALS, static=static, url=url)
    ours.filters.update(FILTERS)
    # After the globals: an overlay shares them, which lets Jinja keep an imported macro file.
    loader.macros = ours.overlay(
        loader=jinja2.PackageLoader("nhsuk_frontend_jinja"),
        undefined=jinja2.ChainableUndefined,
        auto_reload=False,
    )
    return ours


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """`url('referral', reference)`: the address of a page, as Django's reverse()."""
    if not args and not kwargs:
        return path_of(name)
    return reverse(name, args=args or None, kwargs=kwargs or None)


@lru_cache(maxsize=256)
def static(name: str) -> str:
    """The address of a static file, which stays the same while a process lives."""
    return static_file(name)


def _is_html(name: str | None) -> bool:
    """Everything is, except the text of a mail."""
    return not (name and name.endswith(".txt"))


def _quiet_undefined() -> type[Undefined]:
    return jinja2.make_logging_undefined(
        logging.getLogger("portal.templates"), base=jinja2.ChainableUndefined
    )

"""What rooms above add to the board and to the team's page: each a template and what it shows."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from portal.accounts.access import Reader

Page = Literal["board", "team"]
# None where there is nothing to show to this reader.
Fill = Callable[[Reader, datetime], object | None]
_parts: dict[Page, list[tuple[str, Fill]]] = {"board": [], "team": []}


def register(page: Page, template: str, fill: Fill) -> None:
    """Have `template` shown on a page, with what `fill` gives as `part`; in AppConfig.ready()."""
    if (template, fill) not in _parts[page]:
        _parts[page].append((template, fill))


def parts_of(page: Page, reader: Reader, at: datetime) -> list[tuple[str, object]]:
    """(template, what it shows) of all that there is to show."""
    found = [(template, fill(reader, at)) for template, fill in _parts[page]]
    return [(template, part) for template, part in found if part is not None]

"""Reading the data files of this room: every entry has exactly its fields, none of them empty."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SIDES = ("health", "social", "both")


def read(name: str) -> dict[str, Any]:
    """A file of the data folder."""
    content: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content


def check(entry: Mapping[str, Any], name: str, fields: Mapping[str, type]) -> None:
    """ValueError, naming the entry, unless it has these fields of these types, all of them filled.

    A list holds filled texts; `also` may be empty; `side` is one of SIDES.
    """
    if set(entry) != set(fields):
        raise ValueError(f"{name}: has {sorted(entry)}, should have {sorted(fields)}.")
    for field, kind in fields.items():
        value = entry[field]
        if not isinstance(value, kind) or not (value or field == "also"):
            raise ValueError(f"{name}: {field} is empty or not a {kind.__name__}.")
        texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        if not all(isinstance(text, str) and text.strip() == text != "" for text in texts):
            raise ValueError(f"{name}: {field} has an empty text, or spaces around one.")
    if "side" in fields and entry["side"] not in SIDES:
        raise ValueError(f"{name}: side is {entry['side']!r}, not one of {', '.join(SIDES)}.")

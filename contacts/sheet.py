"""A practice's card as one A4 sheet (PDF/UA), set by typst from `card.typ`.

Words go in as data, never as markup, and no font but typst's own is asked for.
"""

import io
import json
import re
import textwrap
from dataclasses import asdict
from pathlib import Path

import segno
import typst

from contacts.presenters.card import DANGER, TITLE, Card, Council

_TEMPLATE = Path(__file__).with_name("card.typ")
# More would be in letters too small to read; the rest is counted, and stands on the page.
MOST_COUNCILS = 6
_MOST_LETTERS = 260
# What the embedded font has: Latin, Greek, Cyrillic, the signs of English texts. PDF/UA forbids
# letters without a shape.
_NO_SHAPE = re.compile(
    r"[^\n\x20-\x7e\u00a0-\u024f\u0370-\u03ff\u0400-\u045f\u1e00-\u1eff‐-―‘-„†-…€]"
)


def sheet(card: Card) -> bytes:
    """The PDF: always one page."""
    inputs = {"card": json.dumps(_plain(content_of(card)))}
    return typst.compile(
        str(_TEMPLATE),
        format="pdf",
        sys_inputs=inputs,
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )


def content_of(card: Card) -> dict[str, object]:
    """What the template is given: the words, and the code as a drawing."""
    councils = list(card.councils)[:MOST_COUNCILS]
    return {
        "title": TITLE,
        "practice": f"{card.practice} ({card.ods})",
        "portal": "Common Ground",
        "danger": DANGER,
        "columns": ["For what", "Telephone", "When", "What they need to know"],
        "councils": [_council(council) for council in councils],
        "left_out": len(card.councils) - len(councils),
        "one_more": "One more council is on the web page.",
        "more": "# more councils are on the web page.",
        "qr": _qr(card.address),
        "qr_says": f"QR code of this card's page: {card.address}",
        "address": card.address,
        "foot": _foot(card),
    }


def _council(council: Council) -> dict[str, object]:
    """On paper a long list ends where it must; its page has the rest."""
    doors = [
        {
            **asdict(door),
            "needs": _short(door.needs),
            "checked": door.unchecked or door.checked,
        }
        for door in council.doors
    ]
    return {**asdict(council), "doors": doors}


def _short(text: str) -> str:
    return textwrap.shorten(text, _MOST_LETTERS, placeholder=" … (more on the page)")


def _foot(card: Card) -> str:
    invented = " Every service and number is invented for the demonstration."
    return (
        f"Printed {card.printed}. Numbers change: the page has those of today. Social care follows"
        f" the person's home, not the practice.{invented if card.invented else ''}"
    )


def _qr(address: str) -> str:
    """As SVG; error correction M survives a fold or a stain."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, scale=4)
    return drawn.getvalue().decode()


def _plain(value: object) -> object:
    """The same with every letter that the font has no shape for as a question mark."""
    if isinstance(value, str):
        return _NO_SHAPE.sub("?", value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value

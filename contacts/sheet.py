"""A practice's card as one A4 sheet (PDF/UA), set by typst from `card.typ`."""

import io
import textwrap
from dataclasses import asdict
from pathlib import Path

import segno

from contacts.presenters.card import DANGER, TITLE, Card, Council, Door
from portal.ui.sheets import set_sheet

_TEMPLATE = Path(__file__).with_name("card.typ")
# More would be in letters too small to read; the rest is counted, and stands on the page.
MOST_COUNCILS = 6
MOST_OTHERS = 3
_MOST_LETTERS = 260


def sheet(card: Card) -> bytes:
    """The PDF: always one page."""
    return set_sheet(_TEMPLATE, "card", content_of(card))


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
        "one_other": "One more single point of access is on the web page.",
        "more_others": "# more single points of access are on the web page.",
        "qr": _qr(card.address),
        "qr_says": f"QR code of this card's page: {card.address}",
        "address": card.address,
        "foot": _foot(card),
    }


def _council(council: Council) -> dict[str, object]:
    """On paper a long list ends where it must; its page has the rest."""
    others = list(council.others)[:MOST_OTHERS]
    return {
        **asdict(council),
        "doors": [_door(door) for door in council.doors],
        "others": [_door(door) for door in others],
        "others_left_out": len(council.others) - len(others),
    }


def _door(door: Door) -> dict[str, object]:
    needs = " ".join(one for one in (door.goes_by, _short(door.needs)) if one)
    return {**asdict(door), "needs": needs, "checked": door.unchecked or door.checked}


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

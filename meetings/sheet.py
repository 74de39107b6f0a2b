"""The minutes as a PDF (PDF/UA), set by typst from `minutes.typ`. No person is in its name."""

from dataclasses import asdict
from pathlib import Path

from meetings.presenters.minutes import Minutes
from portal.ui.sheets import set_sheet

_TEMPLATE = Path(__file__).with_name("minutes.typ")


def sheet(minutes: Minutes) -> bytes:
    """The PDF, as many pages as it takes."""
    content = {
        **asdict(minutes),
        "portal": "Common Ground",
        "columns": ["What", "Who", "By when"],
        "foot": f"{minutes.reference} · printed {minutes.printed}",
    }
    return set_sheet(_TEMPLATE, "minutes", content)


def file_name(minutes: Minutes) -> str:
    """`minutes-M-7K4M-9QXT.pdf`."""
    return f"minutes-{minutes.reference}.pdf"

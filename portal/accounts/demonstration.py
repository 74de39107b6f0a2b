"""Who can sign in to a demonstration: fixed addresses, one public password."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

PASSWORD = "demonstration"  # noqa: S105 (public, and only there in a demonstration)
_FILE = Path(__file__).parent / "data" / "demonstration_sign_ins.json"


@dataclass(frozen=True)
class DemonstrationSignIn:
    """One address, and who that is in words: "GP in Sale"."""

    email: str
    who: str


@cache
def all_sign_ins() -> tuple[DemonstrationSignIn, ...]:
    """Everybody in the file, whatever the mode: for whoever loads the demonstration."""
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(DemonstrationSignIn(email=row["email"], who=row["who"]) for row in rows)


def demonstration_sign_ins() -> tuple[DemonstrationSignIn, ...]:
    """Who the sign-in page offers: nobody, except in a demonstration."""
    return all_sign_ins() if settings.DEMONSTRATION else ()

"""What is new on a page, marked: the words that were not on it before.

Works on finished markup, whatever the templates make of an entry: between the tags stands
escaped text, and a piece of it that the earlier page did not have, or not as often, is put into
<mark>.
"""

import re
from collections import Counter

from markupsafe import Markup

_TAG = re.compile(r"(<[^>]*>)")


def marked(after: str, before: str) -> Markup:
    """`after` with its new pieces of text marked; both are finished markup of one template."""
    known = Counter(_plain(piece) for piece in _TAG.split(before)[::2])
    pieces = _TAG.split(after)
    for place in range(0, len(pieces), 2):
        text = _plain(pieces[place])
        known[text] -= 1
        if text and known[text] < 0:
            core = pieces[place].strip()
            pieces[place] = pieces[place].replace(core, f"<mark>{core}</mark>", 1)
    return Markup("").join(Markup(piece) for piece in pieces)  # noqa: S704 (escaped already)


def _plain(piece: str) -> str:
    return " ".join(piece.split())

"""The two-way glossary: what a word of one side means to a reader of the other.

The words are data (data/glossary.json), read and checked once. A term that a second entry would
also answer to is refused: a reader must get one meaning.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from portal.words.reading import check, read

FIELDS = {
    "term": str,
    "also": list,
    "side": str,
    "meaning": str,
    "for_you": str,
    "source": dict,
}


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its meaning and its source.

    `side` says whose word it is: "health", "social" or "both". `for_you` is for the other side.
    `slug` is its anchor on the page "Working together".
    """

    term: str
    also: tuple[str, ...]
    side: str
    meaning: str
    for_you: str
    source: str
    source_date: str
    slug: str


def find(term: str) -> Term | None:
    """The entry of a word or of another name for it, or None.

    Capitals, hyphens, apostrophes and a plural s do not matter: "carers assessments" finds
    "Carer's assessment".
    """
    return _by_name().get(_key(term))


@cache
def terms() -> tuple[Term, ...]:
    """All entries by the alphabet; ValueError where the file is not as it should be."""
    return parse(read("glossary.json")["terms"])


def parse(entries: list[dict[str, Any]]) -> tuple[Term, ...]:
    """Check and sort the entries of a file."""
    found = sorted((_term(entry) for entry in entries), key=lambda term: term.term.casefold())
    _names(found)
    return tuple(found)


def _term(entry: Mapping[str, Any]) -> Term:
    name = str(entry.get("term", "an entry without a term"))
    check(entry, name, FIELDS)
    check(entry["source"], f"{name}, source", {"title": str, "date": str})
    return Term(
        term=entry["term"],
        also=tuple(entry["also"]),
        side=entry["side"],
        meaning=entry["meaning"],
        for_you=entry["for_you"],
        source=entry["source"]["title"],
        source_date=entry["source"]["date"],
        slug=re.sub(r"[^a-z0-9]+", "-", name.replace("'", "").casefold()).strip("-"),
    )


@cache
def _by_name() -> dict[str, Term]:
    return _names(terms())


def _names(found: tuple[Term, ...] | list[Term]) -> dict[str, Term]:
    names: dict[str, Term] = {}
    for term in found:
        for key in {_key(name) for name in (term.term, *term.also)}:
            if key in names:
                raise ValueError(f"{key!r} stands for {names[key].term} and for {term.term}.")
            names[key] = term
    return names


def _key(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’]", "", name.casefold())).split()
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in words)

"""What somebody searches for, from the words they typed: needs, places, postcode areas. Pure.

The order of words never matters: what was typed is a bag of words. The longest known phrases are
taken out of the bag first, each with all its other names (data/search_words.json and the
glossary), then towns, then the first halves of postcodes; each word that is left is looked for
as it stands. An entry has to meet every part.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from contacts.codes import AREA
from contacts.states import KIND_WORDS, Kind
from portal.words import glossary

LONGEST = 120
_MOST_PARTS = 12
_FILE = Path(__file__).resolve().parent / "data" / "search_words.json"
_OUTCODE = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?")
_INCODE = re.compile(r"[0-9][a-z]{2}")
_WHOLE = re.compile(
    rf"(?<![a-z0-9])({_OUTCODE.pattern})\s*({_INCODE.pattern})(?![a-z0-9])", re.IGNORECASE
)
Bag = frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One thing that an entry has to meet: any of the phrases, of the kinds, of the areas.

    `typed` is what it was made from. `outcode` is the first half of a postcode, whose areas only
    the postcodes know.
    """

    typed: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    areas: tuple[str, ...] = ()
    outcode: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """All parts, in an order of their own; `elsewhere` are sentences on what is not covered."""

    parts: tuple[Part, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """A known phrase as a bag, and what it stands for."""

    bag: Bag
    part: Part


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    words: tuple[str, ...]
    bags: tuple[Bag, ...]
    kinds: tuple[Kind, ...]
    says: str


def without_postcode(text: str) -> str:
    """The text with only the first half of a whole postcode: a search needs no more of it."""
    return _WHOLE.sub(r"\1", text)


def words_of(text: str) -> list[str]:
    """The words as they are compared: small letters, no apostrophe, no plural s.

    "Carers' assessments" is "carer", "assessment".
    """
    plain = re.sub(r"['’]s?\b", "", text.casefold())
    return [_singular(word) for word in re.findall(r"[^\W_]+", plain)]


def wanted(text: str) -> Wanted:
    """What is looked for. No parts where nothing was typed but words between words."""
    left = _bag(words_of(without_postcode(text)))
    elsewhere = tuple(one.says for one in _elsewhere() if any(bag <= left for bag in one.bags))
    parts: list[Part] = []
    for known in _known():
        if known.bag <= left:
            parts.append(known.part)
            left -= known.bag
    parts += [_single(word) for word in sorted(left) if word not in _between()]
    return Wanted(tuple(sorted(parts)[:_MOST_PARTS]), elsewhere)


def vocabulary() -> frozenset[str]:
    """Every single word that stands for something here, as it is written."""
    phrases = [phrase for known in _known() for phrase in known.part.phrases]
    return frozenset(
        word for phrase in phrases for word in re.findall(r"[^\W_]+", phrase.casefold())
    )


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word


def _bag(words: Iterable[str]) -> Bag:
    """Without the second half of a postcode, wherever it stands."""
    bag = frozenset(words)
    if any(_OUTCODE.fullmatch(word) for word in bag):
        bag = frozenset(word for word in bag if not _INCODE.fullmatch(word))
    return bag


def _single(word: str) -> Part:
    if _OUTCODE.fullmatch(word):
        return Part((word,), outcode=word.upper())
    return Part((word,), phrases=(word,))


@cache
def _read() -> dict[str, object]:
    content: dict[str, object] = json.loads(_FILE.read_text(encoding="utf-8"))
    return content


@cache
def _between() -> Bag:
    """PostgreSQL has a list of its own, but "team" and "need" tell no entry from another here."""
    return frozenset(str(_read()["between"]).split())


@cache
def _known() -> tuple[_Known, ...]:
    """Known phrases, the longest first, so that what is taken out does not hang on any order."""
    found: dict[Bag, Part] = {}
    for one in _elsewhere():
        for phrase in one.words:
            # Whoever is asked instead is found beside the sentence.
            bag = frozenset(words_of(phrase)) - _between()
            found.setdefault(bag, Part(tuple(sorted(bag)), (phrase,), one.kinds))
    for phrases, kinds in _meanings():
        for phrase in phrases:
            bag = frozenset(words_of(phrase)) - _between()
            if bag:
                found.setdefault(bag, Part(tuple(sorted(bag)), phrases, kinds))
    for name, gss in _mapping("places").items():
        if not AREA.fullmatch(str(gss)):
            raise ValueError(f"search_words.json: {name} lies in no district {gss!r}.")
        bag = frozenset(words_of(name))
        found.setdefault(bag, Part(tuple(sorted(bag)), (name,), areas=(str(gss),)))
    known = [_Known(bag, part) for bag, part in found.items()]
    return tuple(sorted(known, key=lambda one: (-len(one.bag), sorted(one.bag))))


def _meanings() -> list[tuple[tuple[str, ...], tuple[Kind, ...]]]:
    """(phrases that mean the same, kinds): the file's, each with the glossary's other names."""
    found = []
    named: set[str] = set()
    for entry in _list("needs"):
        phrases = [str(word) for word in _strings(entry["words"])]
        for term in {term for phrase in phrases if (term := glossary.find(phrase))}:
            named.add(term.term)
            phrases += [term.term, *term.also]
        kinds = tuple(sorted(Kind(kind) for kind in _strings(entry["kinds"])))
        found.append((_once(phrases), kinds))
    for kind, words in KIND_WORDS.items():
        found.append(((words,), (kind,)))
    found += [
        (_once([term.term, *term.also]), ()) for term in glossary.terms() if term.term not in named
    ]
    return found


def _once(phrases: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(phrases)))


@cache
def _elsewhere() -> tuple[_Elsewhere, ...]:
    return tuple(
        _Elsewhere(
            tuple(_strings(entry["words"])),
            tuple(frozenset(words_of(word)) - _between() for word in _strings(entry["words"])),
            tuple(sorted(Kind(kind) for kind in _strings(entry["kinds"]))),
            str(entry["says"]),
        )
        for entry in _list("elsewhere")
    )


def _list(name: str) -> list[Mapping[str, object]]:
    entries = _read()[name]
    if not isinstance(entries, list):
        raise TypeError(f"search_words.json: {name} is no list.")
    return entries


def _mapping(name: str) -> Mapping[str, object]:
    entries = _read()[name]
    if not isinstance(entries, dict):
        raise TypeError(f"search_words.json: {name} has no names.")
    return entries


def _strings(value: object) -> list[str]:
    if not isinstance(value, list):
        raise TypeError("search_words.json: a list of words is expected.")
    return [str(one) for one in value]

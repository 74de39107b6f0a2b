"""Help with spelling: the nearest words that the directory knows.

The vocabulary is every word of every entry with the words of search_words.py, read once for each
revision of the directory.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from rapidfuzz import fuzz, process

from contacts.search_words import Part, vocabulary, words_of

# Below this two words have little in common: "crers" and "carers" have 91, "bus" and "bush" 86.
_CLOSE = 74
_SHORTEST = 4
_WORDS = """
SELECT d.revision, array(
    SELECT word FROM ts_stat('SELECT words FROM contacts_searchentry e
        JOIN contacts_service s ON s.id = e.service_id WHERE s.closed_on IS NULL'))
FROM (SELECT 1) AS one LEFT JOIN contacts_directoryrevision d ON d.id = 1
"""
_REVISION = "SELECT revision FROM contacts_directoryrevision WHERE id = 1"


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """`of_entries` are those among the words that stand in an entry. Both in a fixed order, so
    that the nearest of two that are as near is always the same."""

    revision: UUID | None
    words: tuple[str, ...]
    of_entries: tuple[str, ...]


_kept = _Vocabulary(None, (), ())


def nearest(text: str, parts: tuple[Part, ...]) -> str:
    """The text with the words that the directory does not know changed for their nearest.

    Empty where every word is known, or nothing is near enough. Only single words are looked at;
    what was taken for a phrase, a town or a postcode is known.
    """
    single = {part.typed[0] for part in parts if part.phrases == part.typed}
    known = {key for word in _vocabulary().words for key in words_of(word)}
    changed = False
    words = []
    for word in text.split():
        for key in words_of(word)[:1]:
            if key in single and key not in known and (better := _near(word.casefold())):
                word, changed = better, True
        words.append(word)
    return " ".join(words) if changed else ""


def _near(word: str) -> str:
    if len(word) < _SHORTEST:
        return ""
    known = _vocabulary()
    # Somebody may have typed the beginning only; what an entry says comes first.
    for words in (known.of_entries, known.words):
        longer = [one for one in words if one.startswith(word)]
        if longer:
            return min(longer, key=lambda one: (len(one), one))
    found = process.extractOne(word, known.words, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return str(found[0]) if found else ""


def _vocabulary() -> _Vocabulary:
    global _kept
    with connection.cursor() as cursor:
        cursor.execute(_REVISION)
        row = cursor.fetchone()
        if row and row[0] == _kept.revision:
            return _kept
        cursor.execute(_WORDS.strip())
        revision, read = cursor.fetchone()
    letters = re.compile(r"[^\W\d_]{3,}")
    of_entries = {word for word in read if letters.fullmatch(word)}
    known = of_entries | {word for word in vocabulary() if letters.fullmatch(word)}
    _kept = _Vocabulary(revision, tuple(sorted(known)), tuple(sorted(of_entries)))
    return _kept

"""What a search over the directory has found, as finished words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from contacts.entry import Entry
from contacts.presenters.checked import Unchecked, last_checked, linked_once, unchecked
from contacts.presenters.entry_words import heading, open_words
from contacts.presenters.upkeep import reported_words
from contacts.search import MOST, PAGE
from contacts.states import BASIS_WORDS, KIND_WORDS
from portal.ui.words import plural
from portal.worktime.hours import state_at


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """One entry in the list. `rings_above`: its number is a link further up already."""

    title: str
    href: str
    kind: str
    basis: str
    summary: str
    telephone: str
    rings_above: bool
    open_words: str
    open_now: bool
    checked: str
    unchecked: Unchecked | None
    reported: str


def found_rows(
    entries: Sequence[Entry], reporters: Mapping[str, tuple[int, datetime]], at: datetime
) -> list[FoundRow]:
    """The rows of one page; `reporters` by the entries' references."""
    rung: set[str] = {""}
    return [_row(entry, reporters.get(entry.reference), at, rung) for entry in entries]


def _row(
    entry: Entry, reported: tuple[int, datetime] | None, at: datetime, rung: set[str]
) -> FoundRow:
    state = state_at(entry.hours, at)
    warning = unchecked(entry, at)
    rings_above = entry.telephone in rung
    rung.add(entry.telephone)
    kind = KIND_WORDS[entry.kind]
    return FoundRow(
        title=heading(entry),
        href=reverse("directory-entry", args=[entry.reference]),
        kind=f"{kind[0].upper()}{kind[1:]}",
        basis=f"Goes by {BASIS_WORDS[entry.basis]}",
        summary=entry.summary,
        telephone=entry.telephone,
        rings_above=rings_above,
        open_words=open_words(entry, state, at),
        open_now=state.open_now,
        checked=last_checked(entry, at),
        unchecked=linked_once(warning, rung) if warning else None,
        reported=f"{reported_words(*reported, at)}." if reported else "",
    )


def count_words(total: int, page: int) -> str:
    """`12 entries`; with which of them where they do not fit on one page."""
    if total >= MOST:
        return f"{MOST:,} entries and more. Add a word, and there are fewer."
    words = plural(total, "entry", "entries")
    if total <= PAGE:
        return words
    first = (page - 1) * PAGE + 1
    return f"{words}, {first} to {min(total, first + PAGE - 1)} shown"

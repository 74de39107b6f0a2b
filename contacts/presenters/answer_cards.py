"""The cards beneath an answer: the other services, and the warnings beside an entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from contacts.answers import ContactAnswer
from contacts.entry import Entry
from contacts.presenters.checked import (
    Unchecked,
    last_checked,
    linked_once,
    reported,
    unchecked,
)
from contacts.presenters.entry_words import (
    colleagues,
    heading,
    href,
    open_words,
    report_href,
    within_sentence,
)
from contacts.presenters.notices import NoticeWords, notices
from contacts.states import Basis
from portal.worktime.hours import State, state_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """Whom to ring at another time: the words before the number, and the number."""

    words: str
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A service among others. `rings_above`: its number is a link further up already.

    `reference` is empty where no referral can be sent to it, `colleagues` where they have no
    number of their own.
    """

    title: str
    href: str
    report_href: str
    reference: str
    summary: str
    telephone: str
    rings_above: bool
    colleagues: str
    open_words: str
    open_now: bool
    until_then: Instead | None
    needs: str
    checked: str
    warnings: Sequence[Unchecked]
    notices: Sequence[NoticeWords]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Services that go by the same thing."""

    title: str
    cards: Sequence[Card]


def groups_of(
    found: ContactAnswer, reports: Mapping[str, str], at: datetime, rung: set[str]
) -> list[Group]:
    """The services after the first. `reports` are words by reference; `rung` the numbers that are
    links above, to which those of the cards are added."""
    groups = []
    for basis in found.answer.wanted:
        entries = [entry for entry in found.others if entry.basis == basis]
        cards = []
        for entry in entries:
            cards.append(_card(entry, reports.get(entry.reference, ""), at, rung))
        if cards:
            groups.append(Group(title=_group_title(basis, found), cards=cards))
    return groups


def warnings_of(entry: Entry, said: str, at: datetime, rung: set[str]) -> list[Unchecked]:
    """What speaks against ringing it blindly, with the councils' main numbers once.

    `said` is what is reported, empty where nothing is. The numbers join `rung`.
    """
    found: list[Unchecked] = []
    for warning in (reported(entry, said), unchecked(entry, at)):
        if warning is None:
            continue
        shown = replace(warning, numbers=()) if found else warning
        found.append(linked_once(shown, rung))
    return found


def _group_title(basis: Basis, found: ContactAnswer) -> str:
    practice = found.practice
    if basis == Basis.REGISTERED and practice and practice.area_gss:
        return f"Through {'your practice' if practice.is_readers_own else practice.name}"
    return {
        Basis.LIVES: "Also by where the person lives",
        Basis.REGISTERED: "Through the practice, if the person is registered in this area",
        Basis.IS_NOW: "By where the person is now",
        Basis.CARED_FOR: "For a carer: by where the person they care for lives",
    }[basis]


def _card(entry: Entry, said: str, at: datetime, rung: set[str]) -> Card:
    """The card; its numbers join those that are links already."""
    state = state_at(entry.hours, at)
    rings_above = entry.telephone in rung
    rung.add(entry.telephone)
    return Card(
        title=heading(entry),
        href=href(entry),
        report_href=report_href(entry),
        reference=entry.reference if entry.takes_referrals else "",
        summary=entry.summary,
        telephone=entry.telephone,
        rings_above=rings_above,
        colleagues=colleagues(entry),
        open_words=open_words(entry, state, at),
        open_now=state.open_now,
        until_then=_until_then(entry, state),
        needs="; ".join(_lowered(line) for line in entry.needs),
        checked=last_checked(entry, at),
        warnings=warnings_of(entry, said, at, rung),
        notices=notices(entry, at),
    )


def _lowered(line: str) -> str:
    """As part of a sentence; an abbreviation keeps its capitals."""
    return line[:1].lower() + line[1:] if line[1:2].islower() else line


def _until_then(entry: Entry, state: State) -> Instead | None:
    """Whom to ring while it is closed."""
    other = entry.out_of_hours
    if state.open_now or other is None or not other.telephone:
        return None
    return Instead(
        words=f"Until then ring the {within_sentence(other.name)}", telephone=other.telephone
    )

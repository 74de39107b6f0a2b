"""The answer page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contacts.answers import ContactAnswer
from contacts.entry import Entry
from contacts.facts import Answer as Who
from contacts.presenters.checked import Unchecked, last_checked, unchecked
from contacts.presenters.entry_words import (
    answered_in,
    heading,
    href,
    open_words,
    within_sentence,
)
from contacts.presenters.reach import Reach, reach_of
from contacts.states import BASIS_WORDS, Basis, How
from portal.ui.shapes import Answer
from portal.ui.words import clock_time
from portal.worktime.hours import State, state_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A service among others. `rings_above`: its number is a link further up already."""

    title: str
    href: str
    summary: str
    telephone: str
    rings_above: bool
    open_words: str
    open_now: bool
    until_then: str
    needs: str
    checked: str
    unchecked: Unchecked | None
    main_rings_above: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Services that go by the same thing."""

    title: str
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoPage:
    """Everything on it. `reference` is the service a referral would go to, empty without one."""

    postcode: str
    box: Answer
    ring_now: Reach | None
    needs: Sequence[str]
    checked: str
    unchecked: Unchecked | None
    entry_href: str
    reference: str
    answered_in: str
    home_and_practice: str
    groups: Sequence[Group]
    why: Sequence[str]


def page_of(found: ContactAnswer, at: datetime) -> WhoPage:
    """The page for an answer at a moment."""
    leading = found.leading
    ring_now = reach_of(leading, at).ring_now if leading else None
    rung = {leading.telephone if leading else "", ring_now.telephone if ring_now else ""}
    if leading and (warning := unchecked(leading, at)):
        rung.add(warning.telephone)
    said_above = found.answer.practice_explanation
    return WhoPage(
        postcode=found.place.postcode,
        box=_box(found, at),
        ring_now=ring_now,
        needs=leading.needs if leading else (),
        checked=last_checked(leading, at) if leading else "",
        unchecked=unchecked(leading, at) if leading else None,
        entry_href=href(leading) if leading else "",
        reference=leading.reference if leading and leading.takes_referrals else "",
        answered_in=answered_in(leading) if leading else "",
        home_and_practice=_home_and_practice(found.answer),
        groups=_groups(found, at, rung),
        why=[sentence for sentence in found.sentences if sentence not in said_above],
    )


def _box(found: ContactAnswer, at: datetime) -> Answer:
    entry, basis = found.leading, _basis_words(found.answer)
    if entry is None:
        return Answer(heading=_without_entry(found.answer), basis=basis)
    state = state_at(entry.hours, at)
    afterwards = _afterwards(entry, state)
    return Answer(
        heading=heading(entry),
        basis=basis,
        telephone=entry.telephone,
        open_words=open_words(entry, state, at),
        open_now=state.open_now,
        notes=[afterwards] if afterwards else [],
    )


def _basis_words(answer: Who) -> str:
    """“Adult social care goes by where the person *lives*”, the last word stressed."""
    if answer.how is None:
        return ""
    *words, last = BASIS_WORDS[answer.basis].split()
    return f"Adult social care goes by {' '.join(words)} *{last}*"


def _without_entry(answer: Who) -> str:
    if answer.authority:
        return answer.authority.name
    if answer.how == How.HEALTH_TRUST:
        return "A Health and Social Care Trust"
    return "No council can be named"


def _afterwards(entry: Entry, state: State) -> str:
    """Whom to ring later; while it is closed the box itself says whom to ring now."""
    other = entry.out_of_hours
    if not (other and other.telephone and state.until):
        return ""
    return f"After {clock_time(state.until)}: {within_sentence(other.name)} {other.telephone}."


def _home_and_practice(answer: Who) -> str:
    text = " ".join(answer.practice_explanation)
    return text.replace(answer.stressed, f"*{answer.stressed}*") if answer.stressed else text


def _groups(found: ContactAnswer, at: datetime, rung: set[str]) -> list[Group]:
    groups = []
    for basis in found.answer.wanted:
        entries = [entry for entry in found.others if entry.basis == basis]
        cards = []
        for entry in entries:
            cards.append(_card(entry, at, rung))
        if cards:
            groups.append(Group(title=_group_title(basis, found), cards=cards))
    return groups


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


def _card(entry: Entry, at: datetime, rung: set[str]) -> Card:
    """The card; its numbers join those that are links already."""
    state = state_at(entry.hours, at)
    rings_above = entry.telephone in rung
    rung.add(entry.telephone)
    warning = unchecked(entry, at)
    main_rings_above = warning is not None and warning.telephone in rung
    rung.add(warning.telephone if warning else "")
    return Card(
        title=heading(entry),
        href=href(entry),
        summary=entry.summary,
        telephone=entry.telephone,
        rings_above=rings_above,
        open_words=open_words(entry, state, at),
        open_now=state.open_now,
        until_then=_until_then(entry, state),
        needs="; ".join(_lowered(line) for line in entry.needs),
        checked=last_checked(entry, at),
        unchecked=warning,
        main_rings_above=main_rings_above,
    )


def _lowered(line: str) -> str:
    """As part of a sentence; an abbreviation keeps its capitals."""
    return line[:1].lower() + line[1:] if line[1:2].islower() else line


def _until_then(entry: Entry, state: State) -> str:
    """Whom to ring while it is closed, in a sentence; the number is a link in the first box."""
    other = entry.out_of_hours
    if state.open_now or other is None or not other.telephone:
        return ""
    return f"Until then ring the {within_sentence(other.name)} {other.telephone}."

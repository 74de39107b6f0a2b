"""The answer page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from contacts.answers import ContactAnswer
from contacts.entry import Entry
from contacts.facts import Answer as Who
from contacts.presenters.checked import Unchecked, last_checked, unchecked
from contacts.presenters.entry_words import (
    answered_in,
    called,
    heading,
    href,
    open_words,
    report_href,
    within_sentence,
)
from contacts.presenters.further import Further, further_of
from contacts.presenters.notices import NoticeWords, notices
from contacts.presenters.reach import Reach, reach_of
from contacts.states import BASIS_WORDS, About, Basis, How
from portal.ui.shapes import Answer
from portal.ui.words import clock_time
from portal.worktime.hours import State, state_at

_SUBJECTS = {
    About.CARE: "Adult social care",
    About.SAFEGUARDING: "Safeguarding",
    About.CARER: "Support for a carer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A service among others. `rings_above`: its number is a link further up already.

    `reference` is empty where no referral can be sent to it.
    """

    title: str
    href: str
    report_href: str
    reference: str
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
    notices: Sequence[NoticeWords]


@dataclass(frozen=True, slots=True, kw_only=True)
class TellToo:
    """A council that must hear of it as well, and how; `telephone` may be empty."""

    sentence: str
    name: str
    telephone: str
    open_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Services that go by the same thing."""

    title: str
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoPage:
    """Everything on it. `reference` is the service a referral would go to, empty without one.

    `own_card` is the address of the reader's own practice's card.
    """

    postcode: str
    by_area: bool
    finds_council: bool
    box: Answer
    notices: Sequence[NoticeWords]
    before: Sequence[tuple[str, str]]
    tell_too: TellToo | None
    further: Further | None
    own_card: str
    ring_now: Reach | None
    needs: Sequence[str]
    checked: str
    unchecked: Unchecked | None
    entry_href: str
    report_href: str
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
        by_area=found.place.postal_area is not None,
        finds_council=_finds_council(found),
        box=_box(found, at),
        notices=notices(leading, at) if leading else (),
        before=_before(leading, found) if leading else (),
        tell_too=_tell_too(found, at),
        further=further_of(found),
        own_card=_own_card(found),
        ring_now=ring_now,
        needs=leading.needs if leading else (),
        checked=last_checked(leading, at) if leading else "",
        unchecked=unchecked(leading, at) if leading else None,
        entry_href=href(leading) if leading else "",
        report_href=report_href(leading) if leading else "",
        reference=leading.reference if leading and leading.takes_referrals else "",
        answered_in=answered_in(leading) if leading else "",
        home_and_practice=_home_and_practice(found.answer),
        groups=_groups(found, at, rung),
        why=[sentence for sentence in found.sentences if sentence not in said_above],
    )


def _box(found: ContactAnswer, at: datetime) -> Answer:
    entry, basis = found.leading, _basis_words(found)
    if entry is None:
        return Answer(heading=_without_entry(found), basis=basis)
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


def _basis_words(found: ContactAnswer) -> str:
    """“Adult social care goes by where the person *lives*”, the last word stressed."""
    answer, question = found.answer, found.question
    if answer.how is None:
        return ""
    if question.under_18:
        return "Children’s services go by where the child *is now*"
    if question.about == About.AFTERCARE:
        return "Aftercare goes by where the person lived *before detention*: check it"
    subject = _SUBJECTS[question.about]
    if question.placed_by and answer.authority == question.placed_by:
        return f"{subject} stays with the council that *placed* the person"
    *words, last = BASIS_WORDS[answer.basis].split()
    return f"{subject} goes by {' '.join(words)} *{last}*"


def _without_entry(found: ContactAnswer) -> str:
    answer = found.answer
    if answer.authority and found.question.under_18:
        return f"{called(answer.authority.name)}: children’s services"
    if answer.authority:
        return answer.authority.name
    if found.question.under_18:
        return "Children’s services"
    if answer.how == How.HEALTH_TRUST:
        return "A Health and Social Care Trust"
    return "No council can be named"


def _before(entry: Entry, found: ContactAnswer) -> list[tuple[str, str]]:
    """When to ring first; for safeguarding the threshold that its Board has set."""
    threshold = entry.threshold if found.question.about == About.SAFEGUARDING else ""
    lines = [("Ring first", entry.ring_first), ("What is for them", threshold)]
    return [(name, line) for name, line in lines if line]


def _tell_too(found: ContactAnswer, at: datetime) -> TellToo | None:
    """The council that placed the person: its front door, or else its main number."""
    council, entry = found.answer.tell_too, found.also_tell
    if council is None:
        return None
    sentence = f"Tell *{called(council.name)}* too: it placed the person."
    if entry is None:
        return TellToo(sentence=sentence, name="Main number", telephone=council.telephone)
    return TellToo(
        sentence=sentence,
        name=heading(entry),
        telephone=entry.telephone,
        open_words=open_words(entry, state_at(entry.hours, at), at),
    )


def _finds_council(found: ContactAnswer) -> bool:
    """Whether GOV.UK's finder would name whoever is responsible: not for a Trust or an island."""
    area = found.place.postal_area
    return bool(area and area.nations and {"England", "Wales", "Scotland"} >= set(area.nations))


def _own_card(found: ContactAnswer) -> str:
    practice = found.practice
    own = practice and practice.is_readers_own
    return reverse("practice-card", args=[practice.ods]) if practice and own else ""


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
        report_href=report_href(entry),
        reference=entry.reference if entry.takes_referrals else "",
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
        notices=notices(entry, at),
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

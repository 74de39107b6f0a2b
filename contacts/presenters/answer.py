"""The answer page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from contacts.answers import ContactAnswer
from contacts.entry import Entry
from contacts.facts import Answer as Who
from contacts.presenters.answer_cards import Group, Instead, groups_of, warnings_of
from contacts.presenters.checked import Unchecked, last_checked
from contacts.presenters.entry_words import (
    answered_in,
    called,
    colleagues,
    heading,
    href,
    open_words,
    report_href,
    within_sentence,
)
from contacts.presenters.further import Further, further_of
from contacts.presenters.notices import NoticeWords, notices
from contacts.presenters.reach import Reach, reach_of
from contacts.states import BASIS_WORDS, About, How
from contacts.who_words import same_for_a_carer
from portal.ui.shapes import Answer
from portal.ui.words import clock_time
from portal.worktime.hours import State, state_at

_SUBJECTS = {
    About.CARE: "Adult social care",
    About.SAFEGUARDING: "Safeguarding",
    About.CARER: "Support for a carer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TellToo:
    """A council that must hear of it as well, and how; `telephone` may be empty."""

    sentence: str
    name: str
    telephone: str
    open_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoPage:
    """Everything on it. `reference` is the service a referral would go to, empty without one.

    `own_card` is the address of the reader's own practice's card.
    """

    postcode: str
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
    warnings: Sequence[Unchecked]
    colleagues: str
    afterwards: Instead | None
    entry_href: str
    report_href: str
    reference: str
    answered_in: str
    home_and_practice: str
    groups: Sequence[Group]
    why: Sequence[str]


def page_of(
    found: ContactAnswer, at: datetime, reports: Mapping[str, str] | None = None
) -> WhoPage:
    """The page for an answer at a moment.

    `reports` are what is reported of its entries, in words by reference: for colleagues only.
    """
    reports = reports or {}
    leading = found.leading
    ring_now = reach_of(leading, at).ring_now if leading else None
    rung = {leading.telephone if leading else "", ring_now.telephone if ring_now else ""}
    warnings = warnings_of(leading, reports.get(leading.reference, ""), at, rung) if leading else []
    said_above = found.answer.practice_explanation
    return WhoPage(
        postcode=found.place.postcode,
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
        warnings=warnings,
        colleagues=colleagues(leading) if leading else "",
        afterwards=_afterwards(leading, state_at(leading.hours, at)) if leading else None,
        entry_href=href(leading) if leading else "",
        report_href=report_href(leading) if leading else "",
        reference=leading.reference if leading and leading.takes_referrals else "",
        answered_in=answered_in(leading) if leading else "",
        home_and_practice=_home_and_practice(found.answer),
        groups=groups_of(found, reports, at, rung),
        why=[
            *(sentence for sentence in found.sentences if sentence not in said_above),
            *_same_for_a_carer(found),
        ],
    )


def _box(found: ContactAnswer, at: datetime) -> Answer:
    entry, basis = found.leading, _basis_words(found)
    if entry is None:
        council = found.answer.authority
        return Answer(
            heading=_without_entry(found),
            basis=basis,
            telephone=council.telephone if council else "",
        )
    state = state_at(entry.hours, at)
    return Answer(
        heading=heading(entry),
        basis=basis,
        telephone=entry.telephone,
        open_words=open_words(entry, state, at),
        open_now=state.open_now,
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


def _same_for_a_carer(found: ContactAnswer) -> list[str]:
    """In place of a question that would change nothing."""
    authority, could_ask = found.answer.authority, About.CARER in found.answer.further
    changes = found.question.about != About.CARE or About.CARER in found.further
    return [same_for_a_carer(authority.name)] if authority and could_ask and not changes else []


def _finds_council(found: ContactAnswer) -> bool:
    """Whether GOV.UK's finder would name whoever is responsible: not for a Trust or an island."""
    area = found.place.postal_area
    return bool(area and area.nations and {"England", "Wales", "Scotland"} >= set(area.nations))


def _own_card(found: ContactAnswer) -> str:
    practice = found.practice
    own = practice and practice.is_readers_own
    return reverse("practice-card", args=[practice.ods]) if practice and own else ""


def _afterwards(entry: Entry, state: State) -> Instead | None:
    """Whom to ring later; while it is closed the box itself says whom to ring now."""
    other = entry.out_of_hours
    if not (other and other.telephone and state.until):
        return None
    words = f"After {clock_time(state.until)}: {within_sentence(other.name)}"
    return Instead(words=words, telephone=other.telephone)


def _home_and_practice(answer: Who) -> str:
    text = " ".join(answer.practice_explanation)
    return text.replace(answer.stressed, f"*{answer.stressed}*") if answer.stressed else text

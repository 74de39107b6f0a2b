"""The pages on which a referral is written and has been sent: what sending does, truly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse

from contacts.entry import entry_of
from contacts.models import Service
from contacts.presenters import Reach, reach
from contacts.presenters.entry_words import answered_in, heading
from portal.core.clock import london
from portal.ui.words import clock_time, join_words, short_day, short_when
from portal.worktime.hours import state_at
from portal.worktime.words import moment_words
from referrals.banner import Found, words_of
from referrals.models import Draft, Referral
from referrals.ringing import is_rung
from referrals.rules import is_under_18
from referrals.same_person import OpenOne
from referrals.states import STATUS_WORDS, Status, Urgency
from referrals.taking import why_none
from referrals.telephones import doubt

UNDER_18 = "Under 18: children's services are another door. You can send it here all the same."
_LABELS = {
    "person_name": "name",
    "born_on": "date of birth",
    "nhs_number": "NHS number",
    "address": "address",
    "postcode": "postcode",
    "telephone": "telephone",
}


def page_words(service: Service, at: datetime) -> dict[str, object]:
    """`button`, `none_taken` and `closed` (sentences, or empty), `reach`, `answered_in`."""
    state = state_at(service.hours(), at)
    button, closed = "Send", ""
    if not state.open_now and state.opens_next:
        when = moment_words(state.opens_next, at)
        button = f"Send: nobody will read this before {when}"
        closed = f"The team is closed. It opens {when}."
    elif not state.open_now:
        closed = "Nobody has said when this team is open."
    return {
        "button": button,
        "none_taken": why_none(service, london(at).date()),
        "closed": closed,
        "heading": heading_of(service),
        "reach": reach(service, at, signed_in=True),
        "answered_in": answered_in(entry_of(service, signed_in=True)),
    }


def heading_of(service: Service) -> str:
    """Whose service it is, and which: "Trafford Council: adult social care front door"."""
    return heading(entry_of(service, signed_in=True))


# --- the banner ---
@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A value found beside what is typed: the button "Use" sends `value`."""

    label: str
    words: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What pasting has done: a sentence, what could be used instead, and what is unclear."""

    sentence: str
    offers: Sequence[Offer]
    notes: Sequence[str]


def filled_words(
    found: Found, filled: Sequence[str], beside: dict[str, tuple[str, ...]], *, named: bool
) -> Filled:
    """`filled` are the fields that were empty; `beside` what differs from what is typed.

    `named`: a name stands in the form now. It is the one that is needed, so its lack is said.
    """
    sentence = "Nothing could be read from this. Type it below."
    if filled:
        sentence = f"Filled in: {join_words(_LABELS[name] for name in filled)}. Check it."
    elif beside or found.sure:
        sentence = "Nothing was changed: what you have typed stays."
    offers = [
        Offer(
            label=_LABELS[name][0].upper() + _LABELS[name][1:],
            words=words_of(name, value),
            value=f"{name}:{value}",
        )
        for name, values in beside.items()
        for value in values
    ]
    notes = found.notes
    if filled and not named and "person_name" not in beside:
        notes = ("The name was not found. Type it yourself.", *notes)
    return Filled(sentence=sentence, offers=offers, notes=notes)


# --- what is known of the person and of the numbers, before it is sent ---
class OpenWords(NamedTuple):
    """An open referral of the own organisation; without a reference the reader may not open it."""

    reference: str
    words: str


def open_words(found: Sequence[OpenOne], at: datetime) -> list[OpenWords]:
    """Each in a sentence: what it is and where it stands, or only whose it is."""
    return [_open_words(one, at) for one in found]


def _open_words(one: OpenOne, at: datetime) -> OpenWords:
    referral = one.referral
    if not one.may_see:
        return OpenWords(
            "", f"{referral.sending_team.name} has one open. Ask them before you send."
        )
    status = STATUS_WORDS[Status(referral.status)]
    words = (
        f"To {referral.service.name}, sent {short_when(referral.sent_at, at)} by"
        f" {referral.sent_by.name}. {status}."
    )
    return OpenWords(referral.reference, words)


def duplicate_words(found: Sequence[OpenOne], at: datetime) -> list[OpenWords]:
    """For the receiving team: who else refers the same person, and where that stands."""
    words = []
    for one in found:
        referral = one.referral
        if one.may_see:
            said = (
                f"from {referral.sending_team.name}, sent {short_day(referral.sent_at, at)}."
                f" {STATUS_WORDS[Status(referral.status)]}."
            )
            words.append(OpenWords(referral.reference, said))
        else:
            words.append(OpenWords("", f"One is open with {referral.receiving_team.name}."))
    return words


def doubts(born_on: date | None, numbers: dict[str, str], at: datetime) -> list[str]:
    """What the sender may want to look at again; nothing of it bars sending."""
    found = []
    if is_under_18(born_on, london(at).date()):
        found.append(UNDER_18)
    for label, number in numbers.items():
        if why := doubt(number):
            found.append(f"{label}: {why[0].lower()}{why[1:]}")
    return found


# --- a draft of the team's ---
def draft_words(draft: Draft, user_id: int, at: datetime) -> str:
    """Whose draft it is, where it is not the reader's own only; else ""."""
    saved_by = draft.saved_by or draft.author
    if draft.author_id == user_id and saved_by.pk == user_id:
        return ""
    began = "You" if draft.author_id == user_id else draft.author.name
    saved = "you" if saved_by.pk == user_id else saved_by.name
    return f"{began} began this. Saved last by {saved}, {short_when(draft.saved_at, at)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """One draft of the board: "Margaret Example, to Front door", and whose it is."""

    href: str
    title: str
    whose: str


def draft_rows(drafts: Sequence[Draft], user_id: int, at: datetime) -> list[DraftRow]:
    """The drafts that the reader can take up."""
    return [
        DraftRow(
            href=reverse("draft", kwargs={"key": draft.key}),
            title=f"{draft.typed.get('person_name') or 'No name yet'}, to {draft.service.name}",
            whose=draft_words(draft, user_id, at) or f"saved {short_when(draft.saved_at, at)}",
        )
        for draft in drafts
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A draft that is not written any more: what has happened to it, and the referral's page."""

    title: str
    sentence: str
    href: str


def ended_words(draft: Draft, user_id: int, at: datetime) -> Ended:
    """For who was still typing into it."""
    became = draft.sent_as or draft.added_to
    assert became is not None  # noqa: S101 (asked of drafts that have ended)
    saved_by = draft.saved_by or draft.author
    who = "You have" if saved_by.pk == user_id else f"{saved_by.name} has"
    when = short_when(draft.saved_at, at)
    done = "sent this" if draft.sent_as else f"added this to {became.reference}"
    return Ended(
        title="Sent already" if draft.sent_as else "Added already",
        sentence=f"{who} {done}, {when}.",
        href=reverse("referral", kwargs={"reference": became.reference}),
    )


# --- sent ---
@dataclass(frozen=True, slots=True, kw_only=True)
class SentPage:
    """What has happened, and what happens now."""

    delivered: str
    closed: str
    reach: Reach
    ring: str
    rung: str
    next_steps: Sequence[str]
    doubts: Sequence[str]


def sent_page(referral: Referral, at: datetime) -> SentPage:
    """The truth at the moment of sending, and what to do where that is not soon enough."""
    service = referral.service
    waits = referral.readable_from > referral.sent_at
    when = moment_words(referral.readable_from, at)
    today = referral.urgency == Urgency.TODAY
    due = short_when(referral.due_at, at) if referral.due_at else ""
    steps = [
        "You will be told when somebody acknowledges it: only that is “received”.",
        f"The answer is due {due}." if due else "",
        "Until then it stands on your board under “Waits for them”.",
    ]
    return SentPage(
        delivered=f"Delivered to {service.name} at {clock_time(referral.sent_at)}, by the portal.",
        closed=f"Nobody will read this before {when}: the team is closed." if waits else "",
        reach=reach(service, at, signed_in=True),
        ring="Ring now: it is for today, and nobody has been rung."
        if today and not is_rung(referral.rung_whom, referral.rung_at)
        else "",
        rung=rung_words(referral, at),
        next_steps=[step for step in steps if step],
        doubts=doubts(
            referral.person.born_on,
            {
                "Where they can ring you": referral.call_back,
                "The person's telephone": referral.person.telephone,
            },
            at,
        ),
    )


def rung_words(referral: Referral, at: datetime) -> str:
    """Whom the sender has rung: "Duty desk, today 14:05"; for what is urgent also that nobody."""
    if not referral.rung_whom:
        return "Nobody yet, when it was sent" if referral.urgency == Urgency.TODAY else ""
    when = f", {short_when(referral.rung_at, at)}" if referral.rung_at else ""
    return f"{referral.rung_whom}{when}"

"""A practice's card in finished words, for its page and for its sheet of paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from contacts.answers import own_practice
from contacts.cards import CouncilDoors, PracticeDoors
from contacts.entry import Entry
from contacts.presenters.checked import in_one, unchecked
from contacts.presenters.entry_words import HOURS_NOT_KNOWN, called, hours_lines, href
from contacts.presenters.notices import NoticeWords, notices
from contacts.states import BASIS_WORDS, KIND_WORDS
from contacts.who_words import nobody_entered
from portal.accounts.access import Reader
from portal.ui.words import join_words, long_date, short_date
from portal.worktime.hours import WeeklyHours

TITLE = "Your single points of access"
DANGER = "If somebody is in immediate danger, ring 999."


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One telephone: what it is for, when it is answered, what they need to know.

    `goes_by` says of a service that is not the council's which people it is for; else empty.
    """

    what: str
    name: str
    goes_by: str
    href: str
    telephone: str
    hours: str
    needs: str
    checked: str
    unchecked: str
    notices: Sequence[NoticeWords]


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """One council's doors. `instead` says whom to ring where none for social care is entered.

    `others` are the single points of access of trusts and others in its area.
    """

    name: str
    about: str
    doors: Sequence[Door]
    others: Sequence[Door]
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The whole card; `address` is the public page, in full."""

    ods: str
    practice: str
    councils: Sequence[Council]
    invented: bool
    printed: str
    address: str
    pdf_href: str


def own_card(reader: Reader) -> str:
    """The address of the card of the reader's own practice; empty for who has none."""
    practice = own_practice(reader)
    return reverse("practice-card", args=[practice.code]) if practice else ""


def card_of(found: PracticeDoors, at: datetime) -> Card:
    """The card as it is at a moment."""
    path = reverse("practice-card", args=[found.ods])
    shown = [one for council in found.councils for _, one in _entries(council)]
    shown += [one for council in found.councils for one in council.others]
    return Card(
        ods=found.ods,
        practice=found.name,
        councils=[_council(council, at) for council in found.councils],
        invented=any(entry.is_invented for entry in shown),
        printed=long_date(at),
        address=settings.BASE_URL + path,
        pdf_href=reverse("practice-card-pdf", args=[found.ods]),
    )


def _council(council: CouncilDoors, at: datetime) -> Council:
    authority = council.authority
    doors = [_door(what, entry, at) for what, entry in _entries(council)]
    return Council(
        name=called(authority.name),
        about=_about(council),
        doors=doors,
        others=[_other(entry, at) for entry in council.others],
        instead="" if doors else nobody_entered(authority.name, authority.telephone),
    )


def _entries(council: CouncilDoors) -> list[tuple[str, Entry]]:
    named = [
        ("Front door", council.front_door),
        ("Abuse or neglect", council.safeguarding),
        ("Out of hours", council.out_of_hours),
    ]
    return [(what, entry) for what, entry in named if entry]


def _other(entry: Entry, at: datetime) -> Door:
    kind = KIND_WORDS[entry.kind]
    what = f"{kind[0].upper()}{kind[1:]}"
    return _door(what, entry, at, goes_by=f"Goes by {BASIS_WORDS[entry.basis]}.")


def _about(council: CouncilDoors) -> str:
    said = ["The practice's own council"] if council.is_own else []
    if council.share is not None:
        # One in a thousand is still somebody.
        percent = max(1, round(council.share * 100))
        said.append(f"{percent}% of the practice's people live here")
    return f"{'. '.join(said)}." if said else ""


def _door(what: str, entry: Entry, at: datetime, *, goes_by: str = "") -> Door:
    day = entry.last_checked_on
    return Door(
        what=what,
        name=entry.name,
        goes_by=goes_by,
        href=href(entry),
        telephone=entry.telephone or "No public number",
        hours=hours_words(entry.hours),
        needs=". ".join(line.rstrip(".") for line in entry.needs) + "." if entry.needs else "",
        checked=f"Checked {short_date(day)}" if day else "Not checked yet",
        unchecked=in_one(unchecked(entry, at)),
        notices=notices(entry, at),
    )


def hours_words(hours: WeeklyHours) -> str:
    """In one line: "Monday to Friday 08:30 to 17:00. Not on bank holidays."."""
    if hours.never_opens:
        return f"{HOURS_NOT_KNOWN}."
    if hours.never_closes:
        return "Day and night."
    open_days = [
        f"{days} {times}"
        for days, times in hours_lines(hours)
        if times != "closed" and days != "Bank holidays"
    ]
    closed = " Not on bank holidays." if hours.closed_on_bank_holidays else ""
    return f"{join_words(open_days)}.{closed}"

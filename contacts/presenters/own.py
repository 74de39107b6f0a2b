"""The pages of directory editors: the list of their entries, and the parts of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from contacts.access import visible_contacts
from contacts.editing_queries import Names
from contacts.models import Service, ServiceChange
from contacts.parts import FIELD_NAMES, PARTS
from contacts.presenters.changes import lines
from contacts.presenters.upkeep import due_rows, reported_words
from contacts.states import CHANGE_WORDS, TROUBLE_WORDS, Change, Channel
from contacts.upkeep import Due, Reported
from portal.ui.shapes import Chip, Tint
from portal.ui.words import long_date, short_when
from portal.worktime.words import moment_words

_SAYS_NOTHING = "Nothing yet"
_QUIET = {"always_open", "is_single_point_of_access"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """One entry in the list. `wants` says why it is among the first; empty for the others."""

    name: str
    href: str
    organisation: str
    telephone: str
    chips: Sequence[Chip]
    wants: Sequence[str]
    checked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnList:
    """First what wants something, then the other open entries, at the end the closed ones."""

    first: Sequence[OwnRow]
    rest: Sequence[OwnRow]
    closed: Sequence[OwnRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """One part on the entry's page: what it says now, by field, and where it is changed."""

    title: str
    href: str
    facts: Sequence[tuple[str, Sequence[str]]]


def own_list(
    services: Sequence[Service],
    due: Sequence[Due],
    reports: Sequence[Reported],
    at: datetime,
    *,
    several: bool,
) -> OwnList:
    """The list at a moment; `several` organisations: each row says whose it is."""
    wants: dict[str, list[str]] = {}
    for one in reports:
        said = f"{TROUBLE_WORDS[one.trouble]}. {reported_words(one.people, one.since, at)}."
        wants.setdefault(one.service.reference, []).append(said)
    for entry, row in zip(due, due_rows(due, at), strict=True):
        wants.setdefault(entry.reference, []).append(row.words)
    still = [one for one in services if one.closed_on is None]
    rows = {
        one.reference: _row(one, wants.get(one.reference, []), at, several=several)
        for one in services
    }
    return OwnList(
        first=[rows[one.reference] for one in still if one.reference in wants],
        rest=[rows[one.reference] for one in still if one.reference not in wants],
        closed=[rows[one.reference] for one in services if one.closed_on is not None],
    )


def _row(service: Service, wants: Sequence[str], at: datetime, *, several: bool) -> OwnRow:
    # A protected number stands in the editor's form and nowhere else, not in their list either.
    ways = visible_contacts(service, signed_in=True)
    numbers = [one.value for one in ways if one.kind == Channel.TELEPHONE]
    return OwnRow(
        name=service.name,
        href=reverse("own-entry", args=[service.reference]),
        organisation=service.organisation.name if several else "",
        telephone=next(iter(numbers), "No number"),
        chips=_chips(service, at),
        wants=wants,
        checked=f"Checked {long_date(service.last_checked_on)}"
        if service.last_checked_on
        else "Not checked yet",
    )


def _chips(service: Service, at: datetime) -> list[Chip]:
    tint: Tint = "amber"
    found = [
        Chip(text=f"Notice until {moment_words(one.ends_at, at)}", tint=tint)
        for one in service.notices.all()
    ]
    if service.closed_on:
        found = [Chip(text=f"Closed on {long_date(service.closed_on)}")]
    return found


def part_rows(service: Service, whole: Mapping[str, Any], names: Names) -> list[PartRow]:
    """Every part with what it says."""
    found = []
    for part in PARTS:
        facts = []
        for field in part.fields:
            said = lines(field, whole, names, service.nation)
            if said and not (field in _QUIET and not whole[field]):
                facts.append((FIELD_NAMES[field], said))
        found.append(
            PartRow(
                title=part.title,
                href=reverse("own-entry-part", args=[service.reference, part.slug]),
                facts=facts or [("", [_SAYS_NOTHING])],
            )
        )
    return found


def last_changed(change: ServiceChange | None, at: datetime) -> str:
    """`Dora Dean changed it Tue 8 Dec 13:05`; nothing where nothing is kept yet."""
    if change is None:
        return ""
    who = change.by.name if change.by else "The portal"
    return f"{who} {CHANGE_WORDS[Change(change.verb)]} {short_when(change.at, at)}"


def notice_line(notice: Mapping[str, str], at: datetime) -> str:
    """`Until today 14:00: phones down`."""
    until = datetime.fromisoformat(notice["until"])
    return f"“{notice['text']}” until {moment_words(until, at)}"

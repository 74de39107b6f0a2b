"""What an entry says in single lines, and what a change made of it: old and new in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contacts.editing_queries import Names
from contacts.models import ServiceChange
from contacts.parts import FIELD_NAMES
from contacts.presenters.entry_words import hours_lines
from contacts.standards import exact_words
from contacts.states import (
    BASIS_WORDS,
    CHANGE_WORDS,
    CHANNEL_WORDS,
    KIND_WORDS,
    Basis,
    Change,
    Channel,
    Kind,
    Visibility,
)
from contacts.whole import openings_from_data, same
from portal.ui.words import long_date, short_when
from portal.worktime.hours import WeeklyHours

_SEEN_BY = {
    Visibility.PUBLIC: "for everybody",
    Visibility.PROFESSIONAL: "for signed-in colleagues",
    Visibility.PROTECTED: "protected, shown to nobody",
}
_URGENCIES = ("Routine", "This week", "Today")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field: what it said, and what it says now; no lines for nothing. `field` is its name in
    a whole."""

    field: str
    label: str
    before: Sequence[str]
    after: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One change of the history. `undo` is whether it can be asked for."""

    version: int
    anchor: str
    who: str
    when: str
    what: str
    differences: Sequence[Difference]
    undo: bool
    note: str


def lines(field: str, whole: Mapping[str, Any], names: Names, nation: str) -> list[str]:
    """What a field says, line by line; nothing for a field that says nothing."""
    value = whole.get(field)
    say = _SAY.get(field)
    if say is not None:
        return list(say(value, names)) if value not in (None, "", []) else []
    if field == "openings":
        return _openings(whole, nation)
    if field == "standards":
        return _standards(whole, nation)
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value)] if value else []


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Names, nation: str, at: datetime
) -> list[Difference]:
    """The fields of `after` that differ, in the order of the pages. Of lists only the lines that
    came or went, unless it is their order that changed."""
    found = []
    for field, label in FIELD_NAMES.items():
        if field not in after or same(field, before.get(field), after[field], at):
            continue
        old, new = lines(field, before, names, nation), lines(field, after, names, nation)
        gone, come = [x for x in old if x not in new], [x for x in new if x not in old]
        if gone or come:
            old, new = gone, come
        found.append(Difference(field=field, label=label, before=old, after=new))
    return found


def history(
    changes: Sequence[ServiceChange],
    now_whole: Mapping[str, Any],
    names: Names,
    nation: str,
    at: datetime,
) -> list[Happened]:
    """All changes, the last first. `now_whole` is the entry as it stands: hours and standards of
    an earlier state are read with the rest of what was then."""
    state, found = dict(now_whole), []
    for change in changes:
        earlier = {**state, **change.before}
        made = change.verb == Change.MADE
        undone = change.undone_by if hasattr(change, "undone_by") else None
        # A notice that is over by now stood then.
        told = () if made else differences(earlier, state, names, nation, change.at)
        found.append(
            Happened(
                version=change.version,
                anchor=f"change-{change.version}",
                who=change.by.name if change.by else "The portal",
                when=short_when(change.at, at),
                what=CHANGE_WORDS[Change(change.verb)],
                differences=[one for one in told if one.field in change.after],
                undo=not made and undone is None,
                note=_note(change, undone, at),
            )
        )
        state = earlier
    return found


def _note(change: ServiceChange, undone: ServiceChange | None, at: datetime) -> str:
    if undone is not None:
        return f"Undone {short_when(undone.at, at)}."
    if change.undoes_id and change.undoes:
        return f"This undid the change of {short_when(change.undoes.at, at)}."
    return ""


def _hours(whole: Mapping[str, Any], nation: str) -> WeeklyHours:
    if whole.get("always_open"):
        return WeeklyHours.always(nation)
    openings = tuple(openings_from_data(whole.get("openings") or []))
    return WeeklyHours(openings, nation, bool(whole.get("closed_on_bank_holidays", True)))


def _openings(whole: Mapping[str, Any], nation: str) -> list[str]:
    # Bank holidays are a field of their own.
    return [
        f"{days}: {times}"
        for days, times in hours_lines(_hours({**whole, "always_open": False}, nation))
        if days != "Bank holidays"
    ]


def _standards(whole: Mapping[str, Any], nation: str) -> list[str]:
    if not whole.get("standards"):
        return []
    hours = _hours(whole, nation)
    return [
        f"{urgency}: {exact_words(minutes, hours)}"
        for urgency, minutes in zip(_URGENCIES, whole["standards"], strict=True)
    ]


def _contacts(rows: Sequence[Sequence[str]], _: Names) -> list[str]:
    return [
        f"{value} ({label or CHANNEL_WORDS[Channel(kind)]}), {_SEEN_BY[Visibility(visibility)]}"
        for kind, value, label, visibility in rows
    ]


def _notices(rows: Sequence[Mapping[str, str]], _: Names) -> list[str]:
    return [
        f"“{one['text']}” from {short_when(datetime.fromisoformat(one['from']))}"
        f" until {short_when(datetime.fromisoformat(one['until']))},"
        f" {_SEEN_BY[Visibility(one['visibility'])]}"
        for one in rows
    ]


def _closed(value: Mapping[str, str], _: Names) -> list[str]:
    return [f"Closed on {long_date(date.fromisoformat(value['on']))}: {value['why']}"]


def _yes(value: bool, _: Names) -> list[str]:
    return ["Yes" if value else "No"]


def _begun(words: str) -> str:
    return words[0].upper() + words[1:]


_SAY: dict[str, Any] = {
    "kind": lambda value, _: [_begun(KIND_WORDS[Kind(value)])],
    "basis": lambda value, _: [BASIS_WORDS[Basis(value)]],
    "is_single_point_of_access": _yes,
    "always_open": lambda value, _: ["Day and night, on every day" if value else "No"],
    "closed_on_bank_holidays": lambda value, _: ["Closed" if value else "As on other days"],
    "contacts": _contacts,
    "notices": _notices,
    "closed": _closed,
    "covers": lambda value, names: [names.areas.get(one, one) for one in value],
    "receiving_team": lambda value, names: [names.teams.get(value, "A team")],
    "out_of_hours": lambda value, names: [names.services.get(value, value)],
}

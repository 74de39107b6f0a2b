"""The first page of whoever leads a team, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.core.clock import london
from portal.ui.words import long_date, near_when, plural, titled
from referrals.oversight import Colleague, Done, Left
from referrals.references import path_to
from referrals.states import DONE_WORDS, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One colleague: what they hold, and when they were last here."""

    name: str
    holds: str
    late: str
    last_here: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One thing that was done: "accepted by Sam Sharp"."""

    reference: str
    href: str
    what: str
    when: str


def people_rows(people: Iterable[Colleague], at: datetime) -> list[PersonRow]:
    """Those who were here today first, then by name."""
    today = london(at).date()

    def here_today(one: Colleague) -> bool:
        return one.last_here is not None and london(one.last_here).date() == today

    ordered = sorted(people, key=lambda one: not here_today(one))
    return [_person(one, at) for one in ordered]


def _person(one: Colleague, at: datetime) -> PersonRow:
    holds = [f"{one.undecided} to decide"] if one.undecided else []
    holds += [f"works with {plural(one.accepted, 'person', 'people')}"] if one.accepted else []
    return PersonRow(
        name=titled(one.name, one.job_title),
        holds=", ".join(holds) or "nothing",
        late=f"{one.late} overdue" if one.late else "",
        last_here=near_when(one.last_here, at) if one.last_here else "not yet",
    )


def change_rows(changes: Iterable[Done], at: datetime) -> list[ChangeRow]:
    """What was done, newest first."""
    return [
        ChangeRow(
            reference=one.reference,
            href=path_to(one.reference),
            what=f"{_done(one.event)} by {one.by}, {one.team}",
            when=near_when(one.at, at),
        )
        for one in changes
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """One that did not move with its council: why, and what can be done."""

    reference: str
    href: str
    what: str


def left_rows(left: Iterable[Left]) -> list[LeftRow]:
    """What a council that has handed over has left behind, in the order given."""
    return [
        LeftRow(
            reference=one.reference,
            href=path_to(one.reference),
            what=f"{one.council} handed over on {long_date(one.ended_on)}. {one.why or _BY_ITSELF}",
        )
        for one in left
    ]


_BY_ITSELF = "It moves by itself, minutes after somebody works in the team that it goes to."


def _done(event: str) -> str:
    words = DONE_WORDS.get(Event(event), "sent")
    return words[0].upper() + words[1:]

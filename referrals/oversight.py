"""What whoever leads a team sees first: who waits, how long, what has changed, who is at work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from portal.accounts.access import Reader
from portal.accounts.roles import May, roles_that
from portal.core.clock import london
from referrals import statements
from referrals.listed import Listed
from referrals.queries import STATUSES
from referrals.successors import left_behind, onward, services_left, with_home

LONGEST = 10
CHANGES = 15
LEFT_AT_MOST = 25
LATELY = timedelta(hours=24)


class Colleague(NamedTuple):
    """Somebody of the team; `late` of what they hold undecided is overdue.

    `last_here`: when they last looked at a referral for the team; None: never.
    """

    name: str
    job_title: str
    undecided: int
    late: int
    accepted: int
    last_here: datetime | None


class Done(NamedTuple):
    """Something that was done to a referral, by whom and for which team."""

    reference: str
    event: str
    by: str
    team: str
    at: datetime


class Left(NamedTuple):
    """What did not move with its council: `why` is "" for what will move by itself."""

    reference: str
    council: str
    ended_on: date
    why: str


@dataclass(frozen=True)
class Oversight:
    """The longest waiting, the people, and what was done in the last day, newest first; and what a
    council that has handed over has left behind, oldest first."""

    longest: list[Listed]
    people: list[Colleague]
    changes: list[Done]
    left: list[Left]


def oversight(reader: Reader, at: datetime) -> Oversight:
    """For all teams that the reader leads: four queries, however much there is, and six more
    where something was left behind by a council."""
    teams = sorted(reader.team_ids(May.OVERSEE_TEAM))
    values = {
        **STATUSES,
        "teams": teams,
        "reader": reader.user.pk,
        "triaging": [str(role) for role in roles_that(May.TRIAGE)],
        "today": london(at).date(),
        "at": at,
        "since": at - LATELY,
        "counted_to": 1_000,
    }
    return Oversight(
        longest=statements.read_longest({**values, "most": LONGEST}),
        people=[Colleague._make(row) for row in statements.read_people(values)],
        changes=[Done._make(row) for row in statements.read_changes({**values, "most": CHANGES})],
        left=_left(teams, london(at).date()),
    )


def _left(teams: Sequence[int], day: date) -> list[Left]:
    rows = with_home(left_behind(day)).filter(receiving_team__in=teams).order_by("sent_at", "pk")
    found = {referral.pk: referral for referral in rows[:LEFT_AT_MOST]}
    if not found:
        return []
    asked = services_left(found)
    return [
        Left(one.reference, service.organisation.name, to.ended_on, to.why)
        for (service, one), to in zip(asked, onward(asked, day), strict=True)
        if to is not None
    ]

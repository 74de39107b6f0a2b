"""What whoever leads a team sees first: who waits, how long, what has changed, who is at work."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from portal.accounts.access import Reader
from portal.accounts.models import Membership
from portal.accounts.roles import May, roles_that
from referrals import listed
from referrals.listed import Listed
from referrals.queries import STATUSES

LONGEST = 10
CHANGES = 15
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


@dataclass(frozen=True)
class Oversight:
    """The longest waiting, the people, and what was done in the last day, newest first."""

    longest: list[Listed]
    people: list[Colleague]
    changes: list[Done]


def oversight(reader: Reader, at: datetime) -> Oversight:
    """For all teams that the reader leads: four queries, however much there is."""
    teams = sorted(reader.team_ids(May.OVERSEE_TEAM))
    members = Membership.objects.current().filter(team__in=teams, role__in=roles_that(May.TRIAGE))
    values = {
        **STATUSES,
        "teams": teams,
        "reader": reader.user.pk,
        "people": list(members.values_list("user_id", flat=True).distinct()),
        "at": at,
        "since": at - LATELY,
        "counted_to": 1_000,
    }
    return Oversight(
        longest=listed.read_longest({**values, "most": LONGEST}),
        people=[Colleague._make(row) for row in listed.read_people(values)],
        changes=[Done._make(row) for row in listed.read_changes({**values, "most": CHANGES})],
    )

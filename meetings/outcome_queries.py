"""What is read of an agenda and of what came of it; each says how many queries it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import JSONObject

from meetings import access
from meetings.colleagues import Colleague, named, of_teams
from meetings.models import (
    Action,
    Contribution,
    Correction,
    Decision,
    Guest,
    Item,
    ItemNeed,
    Meeting,
    Participant,
)
from meetings.outcome_access import open_meetings, own_actions
from meetings.queries import people_of
from meetings.states import ActionState
from portal.accounts.access import Reader
from portal.accounts.models import Membership
from portal.accounts.roles import May, roles_that
from referrals.models import Party, Referral

ROOMS_AT_MOST = 12
_OF_GUESTS = ("kind", "needs", "wishes", "told_how", "comes")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the agenda. `item` is None where the reader has no part in it: then nothing is
    known of it but how long it takes and when."""

    number: int
    minutes: int
    starts_at: datetime | None
    begun_at: datetime | None
    ended_at: datetime | None
    item: Item | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What somebody set right in the minutes; `at` as ISO 8601."""

    name: str
    job_title: str
    body: str
    at: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting as one reader goes through it; `mine` is their own place, where they have one."""

    meeting: Meeting
    places: Sequence[Place]
    people: Sequence[Participant]
    mine: Participant | None

    @property
    def items(self) -> list[Item]:
        """Those that the reader may read."""
        return [place.item for place in self.places if place.item]

    @property
    def about(self) -> list[str]:
        """References of the referrals that it tells of, for the audit."""
        return sorted({item.referral.reference for item in self.items if item.referral})


def agenda(reader: Reader, meeting: Meeting) -> Agenda:
    """All of it that the reader may read: five queries, whatever the number of items."""
    items = {item.pk: item for item in _with_outcome(access.items_for(reader, meeting))}
    every = meeting.items.filter(removed_at__isnull=True).order_by("position", "pk")
    rows = every.values_list("pk", "minutes", "starts_at", "begun_at", "ended_at")
    people = list(people_of(meeting))
    return Agenda(
        meeting=meeting,
        places=[
            Place(number, minutes, starts_at, begun_at, ended_at, items.get(pk))
            for number, (pk, minutes, starts_at, begun_at, ended_at) in enumerate(rows, start=1)
        ],
        people=people,
        mine=next((part for part in people if part.user_id == reader.user.pk), None),
    )


def part_about(meeting: Meeting, referral: Referral) -> Agenda:
    """What concerns one referral, for whoever may open that: four queries."""
    rows = meeting.items.filter(referral=referral, removed_at__isnull=True)
    items = _with_outcome(rows).order_by("position", "pk")
    return Agenda(
        meeting=meeting,
        places=[
            Place(n, item.minutes, item.starts_at, item.begun_at, item.ended_at, item)
            for n, item in enumerate(items, start=1)
        ],
        people=list(people_of(meeting)),
        mine=None,
    )


def _with_outcome(items: QuerySet[Item]) -> QuerySet[Any]:
    """With what came of them: three queries. Guests, decisions and corrections, few and short, come
    in the row of their item."""
    decided = Decision.objects.filter(item=OuterRef("pk")).order_by("at", "pk")
    invited = Guest.objects.filter(item=OuterRef("pk"), removed_at__isnull=True).order_by("pk")
    told = JSONObject(**{name: name for name in _OF_GUESTS})
    corrected = Correction.objects.filter(item=OuterRef("pk")).order_by("at", "pk")
    says = JSONObject(name="by__name", job_title="by__job_title", body="body", at="at")
    written = Contribution.objects.filter(written_at__isnull=False)
    return (
        items.annotate(
            decided=ArraySubquery(decided.values("body")),
            invited=ArraySubquery(invited.values(told=told)),
            corrected=ArraySubquery(corrected.values(says=says)),
        )
        .select_related("referral__person", "owner", "note", "follows__owner")
        .prefetch_related(
            Prefetch("contributions", written.select_related("participant__user")),
            Prefetch("actions", Action.objects.select_related("owner")),
        )
    )


def people_for(item: Item) -> list[Participant]:
    """Those of the meeting who may read an item, and still work there: one query."""
    reads = Membership.objects.current().filter(role__in=roles_that(May.READ_REFERRALS))
    works = reads.filter(user=OuterRef("user"), team=OuterRef("team"))
    rows = Participant.objects.filter(
        Exists(works), meeting=item.meeting_id, removed_at__isnull=True
    )
    if item.referral_id:
        member = reads.filter(user=OuterRef(OuterRef("user")), team=OuterRef("team"))
        theirs = Party.objects.filter(referral=item.referral_id).filter(Exists(member))
        needed = ItemNeed.objects.filter(item=item, participant=OuterRef("pk"))
        rows = rows.filter(Exists(theirs) | Exists(needed))
    return list(rows.select_related("user", "team").order_by("pk"))


def actions_of(reader: Reader) -> list[Action]:
    """What the reader has to do, soonest first: one query."""
    rows = own_actions(reader).filter(state=ActionState.OPEN)
    return list(rows.select_related("meeting", "referral").order_by("due_on", "pk")[:100])


def ended_actions_of(reader: Reader, since: datetime) -> list[Action]:
    """What the reader has done or explained lately: one query."""
    rows = own_actions(reader).filter(ended_at__gte=since)
    return list(rows.select_related("meeting", "referral").order_by("-ended_at", "-pk")[:25])


def guests_of(item: Item) -> list[Guest]:
    """The person and the carer, where they are invited: one query."""
    return list(Guest.objects.filter(item=item, removed_at__isnull=True).order_by("pk"))


def points_of(referral: Referral) -> list[str]:
    """What is to be sorted out, as the sender has put it: one query."""
    return list(referral.points.order_by("position").values_list("text", flat=True))


def rooms(reader: Reader) -> list[tuple[Meeting, int]]:
    """The meetings to which the reader can add somebody, with the minutes left: one query."""
    taken = Sum("items__minutes", filter=Q(items__removed_at__isnull=True), default=0)
    rows = open_meetings(reader).annotate(taken=taken)[:ROOMS_AT_MOST]
    return [(meeting, meeting.minutes - meeting.taken) for meeting in rows]


def candidates(referral: Referral, meetings: Sequence[Meeting]) -> list[Colleague]:
    """Who can be needed for an item about a referral: everybody of its parties, and those who take
    part in these meetings. Three queries."""
    teams = list(referral.parties.values_list("team_id", flat=True))
    parts = Participant.objects.filter(meeting__in=meetings, removed_at__isnull=True)
    keys = [f"{user}-{team}" for user, team in parts.values_list("user_id", "team_id")]
    found = {one.user_id: one for one in (*of_teams(teams), *named(list(dict.fromkeys(keys))))}
    return sorted(found.values(), key=lambda one: (one.name, one.user_id))

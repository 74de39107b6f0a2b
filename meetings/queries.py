"""What pages read: each function says how many queries it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from meetings import access
from meetings.models import (
    Contribution,
    Feed,
    Item,
    ItemNeed,
    Meeting,
    MeetingChange,
    Participant,
)
from meetings.states import Answer, Need, Status
from meetings.stays import Stretch, stays_of, with_stays
from portal.accounts.access import Reader
from portal.accounts.models import Team
from portal.accounts.roles import May
from portal.core.found import the_one
from referrals import access as referrals

PART = 50
PAST_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Detail:
    """One meeting with what its page shows to one reader.

    `items` are those that the reader may read, with their needs; `hidden_minutes` is how long the
    others take, of which nothing else is told. `part` is the reader's own place, if they have one.
    """

    meeting: Meeting
    people: Sequence[Participant]
    items: Sequence[Item]
    hidden_minutes: int
    changes: list[MeetingChange]
    part: Participant | None
    to_write: list[Contribution]

    @property
    def about(self) -> list[str]:
        """References of the referrals that the page tells of."""
        return sorted({item.referral.reference for item in self.items if item.referral})


def detail(reader: Reader, meeting: Meeting) -> Detail:
    """Load it: six queries, whatever the number of people and items."""
    people = list(people_of(meeting))
    needs = ItemNeed.objects.filter(participant__removed_at__isnull=True)
    items = list(
        access.items_for(reader, meeting)
        .annotate(opens=Exists(referrals.visible_to(reader).filter(pk=OuterRef("referral"))))
        .select_related("referral__person", "owner")
        .prefetch_related(Prefetch("needs", needs))
        .order_by("position", "pk")
    )
    shown = {item.pk for item in items}
    every = meeting.items.filter(removed_at__isnull=True).values_list("pk", "minutes")
    changes = MeetingChange.objects.filter(meeting=meeting).select_related("by")
    mine = next((each for each in people if each.user_id == reader.user.pk), None)
    asked = Contribution.objects.filter(
        participant=mine, written_at__isnull=True, item__removed_at__isnull=True
    )
    return Detail(
        meeting=meeting,
        people=people,
        items=items,
        hidden_minutes=sum(minutes for pk, minutes in every if pk not in shown),
        changes=list(changes.order_by("at", "pk")),
        part=mine,
        to_write=list(asked) if mine else [],
    )


def people_of(meeting: Meeting) -> QuerySet[Participant]:
    """Those who take part and when, in the order in which they were named: one query."""
    rows = Participant.objects.filter(meeting=meeting, removed_at__isnull=True)
    return with_stays(rows).select_related("user", "team").order_by("pk")


def team_of(meeting: Meeting, user_id: int) -> Team:
    """The team for which somebody takes part, or took; the meeting's own for those who do not. One
    query."""
    rows = Participant.objects.filter(meeting=meeting, user=user_id)
    part = the_one(rows.select_related("team__organisation"))
    return part.team if part else meeting.team


def named_by_referrals(meeting: Meeting) -> list[tuple[str, str]]:
    """(name, NHS number) of everybody whom the agenda is about: what no mail may say. One query."""
    items = Item.objects.filter(meeting=meeting, referral__isnull=False, removed_at__isnull=True)
    rows = items.values_list("referral__person__name", "referral__person__nhs_number")
    return [(name, number or "") for name, number in rows.distinct()]


@dataclass(frozen=True)
class Lists:
    """A reader's meetings, what lies ahead cut at twice PART and each other list at PART; `parts`
    are their own places by meeting, `to_write` the meetings that wait for what they write."""

    looking: list[Meeting]
    coming: list[Meeting]
    past: list[Meeting]
    team: list[Meeting]
    parts: dict[int, Participant]
    to_write: set[int]


def lists(reader: Reader, at: datetime) -> Lists:
    """What the reader takes part in or organises, and what else the teams they lead have: three
    queries, one more for those who lead. Each meeting has as `clash` what has come to lie on it, ""
    where nothing has, and as `visit_host` and `visit_said` who the host of a visit is, and what
    they have said; `refused`: somebody who must be there has said that they cannot come."""
    people = Participant.objects.filter(meeting=OuterRef("pk"), removed_at__isnull=True)
    clash = people.exclude(clash="").order_by("pk").values("clash")[:1]
    mine = access.visible_to(reader).select_related("team", "organiser")
    mine = mine.annotate(clash=Coalesce(Subquery(clash), Value("")), visit_said=F("visit__said"))
    mine = mine.annotate(
        visit_host=F("visit__host"), refused=Exists(people.filter(need=Need.MUST, answer=Answer.NO))
    )
    part = Participant.objects.filter(
        meeting=OuterRef("pk"), user=reader.user, removed_at__isnull=True
    )
    own = mine.filter(Exists(part) | Q(organiser=reader.user))
    ahead = own.filter(
        Q(status=Status.ARRANGING) | (Q(ends_at__gt=at) & ~Q(status=Status.HELD))
    ).order_by(F("starts_at").asc(nulls_first=True), "from_day", "pk")[: 2 * PART]
    past = own.filter(starts_at__gt=at - PAST_FOR).filter(
        Q(ends_at__lte=at) | Q(status=Status.HELD)
    )
    team: list[Meeting] = []
    if reader.may(May.OVERSEE_TEAM):
        others = mine.exclude(Exists(part)).exclude(organiser=reader.user)
        wanted = Q(status=Status.ARRANGING) | Q(status=Status.BOOKED, ends_at__gt=at)
        team = list(others.filter(wanted).order_by(F("starts_at").asc(nulls_first=True))[:PART])
    shown = [*ahead, *past.order_by("-starts_at", "pk")[:PART]]
    unwritten = Contribution.objects.filter(
        participant=OuterRef("pk"), written_at__isnull=True, item__removed_at__isnull=True
    )
    own_parts = Participant.objects.filter(
        meeting__in=[each.pk for each in shown], user=reader.user, removed_at__isnull=True
    )
    parts = with_stays(own_parts.annotate(to_write=Exists(unwritten)))
    return Lists(
        looking=[each for each in shown if each.status == Status.ARRANGING],
        coming=[
            each
            for each in shown
            if each.ends_at and each.ends_at > at and each.status != Status.HELD
        ],
        past=[
            each
            for each in shown
            if each.ends_at and (each.ends_at <= at or each.status == Status.HELD)
        ],
        team=team,
        parts={each.meeting_id: each for each in parts},
        to_write={each.meeting_id for each in parts if each.to_write},
    )


def feed_made(reader: Reader) -> Feed | None:
    """The address that the reader's calendar reads, if there is one: one query."""
    return Feed.objects.filter(user=reader.user, revoked_at__isnull=True).first()


def feed_rows(reader: Reader, at: datetime) -> list[tuple[Meeting, list[Stretch]]]:
    """The reader's meetings from two months back on, with their own minutes: one query.

    Of a cancelled one all of it is shown, as cancelled; where they do not come, nothing.
    """
    rows = Participant.objects.filter(
        user=reader.user,
        team__in=reader.team_ids(May.READ_REFERRALS),
        removed_at__isnull=True,
        meeting__starts_at__gt=at - PAST_FOR,
    )
    rows = with_stays(rows).select_related("meeting").order_by("meeting__starts_at", "pk")
    return [(part.meeting, stays) for part in rows[: 10 * PART] if (stays := stays_of(part))]

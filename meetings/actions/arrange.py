"""Arranging a meeting: who, what about, how long, in which weeks. Its time is looked for next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from django.conf import settings
from django.db import transaction

from meetings.models import Item, ItemNeed, Meeting, Participant, Series
from meetings.rules import (
    check_items,
    check_length,
    check_people,
    check_place,
    check_title,
    check_window,
)
from meetings.states import How, Kind, Need, Status
from portal.accounts.access import Reader
from portal.accounts.models import Membership, Team, User
from portal.accounts.roles import May
from portal.audit.actions import record_access
from portal.audit.models import AccessEvent
from portal.core import once
from portal.core.clock import now, today
from portal.core.references import new_opaque_id, new_reference
from portal.core.refused import NotAllowed, Refused
from portal.core.retrying import retry_deadlocks
from referrals import access as referrals
from referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who must come, or may; for which of their teams."""

    user_id: int
    team_id: int
    need: Need = Need.MUST


@dataclass(frozen=True, slots=True)
class Topic:
    """An item of the agenda. `points` are one a line, `needs` are user ids of those invited.

    `referral` is a public reference, or "" for what is about nobody. Without an `owner_id` the
    item is the organiser's.
    """

    title: str
    minutes: int
    points: str = ""
    referral: str = ""
    owner_id: int | None = None
    needs: frozenset[int] = field(default_factory=frozenset)
    follows_id: int | None = None


@retry_deadlocks
def arrange(
    *,
    by: Reader,
    key: str,
    kind: Kind,
    team: Team,
    title: str,
    minutes: int,
    how: How,
    where: str,
    from_day: date,
    until_day: date,
    earliest: time,
    latest: time,
    people: Sequence[Invited],
    items: Sequence[Topic],
    series: Series | None = None,
    other_team: Team | None = None,
) -> Meeting:
    """A meeting that looks for its time; with the same key again, the same meeting.

    `until_day` is the first day after. Nobody is told before a time is booked. Raises NotAllowed
    where the reader does not work in `team`, NotYours for an item about a referral of others,
    Refused where a rule says no.
    """
    if not by.may(May.READ_REFERRALS, team.pk):
        raise NotAllowed("You arrange meetings for teams in which you work.")
    check_length(minutes)
    check_window(
        from_day=from_day,
        until_day=until_day,
        earliest=earliest,
        latest=latest,
        minutes=minutes,
        today=today(),
    )
    check_people(kind, [each.user_id for each in people])
    check_items(kind, minutes, [item.minutes for item in items])
    with transaction.atomic():
        reference = new_reference("M")
        asked = {"title": title, "people": list(people), "items": list(items), "from": from_day}
        row, first = once.take(
            key=key, by=by.user, purpose="meeting.arrange", body=asked, result=reference
        )
        if not first:
            return Meeting.objects.get(reference=row.result)
        about = _referrals(by, items)
        _check_names(title, where, items, about)
        check_members(people)
        meeting = Meeting.objects.create(
            reference=reference,
            kind=kind.value,
            title=title.strip(),
            series=series,
            team=team,
            other_team=other_team,
            organiser=by.user,
            status=Status.ARRANGING.value,
            minutes=minutes,
            how=how.value,
            where=where.strip(),
            from_day=from_day,
            until_day=until_day,
            earliest=earliest,
            latest=latest,
            uid=new_uid(),
            created_at=now(),
            changed_at=now(),
        )
        _write_people_and_items(meeting, by.user, people, items, about)
        if about:
            record_access(
                by=by.user,
                verb=AccessEvent.Verb.READ,
                subject_kind="referral",
                subjects=sorted(about),
                reason="arrange a meeting",
            )
        return meeting


def new_uid() -> str:
    """What calendars know a meeting by, for ever (RFC 5545, 3.8.4.7): random, says nothing."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    return f"{new_opaque_id()}@{domain}"[:80]


def _referrals(by: Reader, items: Sequence[Topic]) -> dict[str, Referral]:
    """The referrals that the items are about, by reference: only those of the reader's teams."""
    wanted = sorted({item.referral for item in items if item.referral})
    return {reference: referrals.get_referral(by, reference) for reference in wanted}


def _check_names(
    title: str, where: str, items: Sequence[Topic], about: dict[str, Referral]
) -> None:
    people = [(each.person.name, each.person.nhs_number or "") for each in about.values()]
    check_title(title, field="title", people=people)
    check_place(where, people=people)
    for item in items:
        check_title(item.title, field="items", people=people)


def check_members(people: Sequence[Invited]) -> None:
    """Everybody works in the team that they are invited for."""
    found = set(
        Membership.objects.current()
        .filter(user__in=[each.user_id for each in people], team__closed_on__isnull=True)
        .values_list("user_id", "team_id")
    )
    if any((each.user_id, each.team_id) not in found for each in people):
        raise Refused(
            "Somebody who was named has left their team. Look at who comes, and try again.",
            code="invalid",
            field="people",
        )


def _write_people_and_items(
    meeting: Meeting,
    organiser: User,
    people: Sequence[Invited],
    items: Sequence[Topic],
    about: dict[str, Referral],
) -> None:
    written = Participant.objects.bulk_create(
        Participant(
            meeting=meeting, user_id=each.user_id, team_id=each.team_id, need=each.need.value
        )
        for each in people
    )
    by_user = {each.user_id: each for each in written}
    rows = Item.objects.bulk_create(
        Item(
            meeting=meeting,
            position=place,
            title=item.title.strip(),
            referral=about.get(item.referral),
            points=item.points.strip(),
            minutes=item.minutes,
            owner_id=item.owner_id or organiser.pk,
            follows_id=item.follows_id,
            added_by=organiser,
        )
        for place, item in enumerate(items, start=1)
    )
    ItemNeed.objects.bulk_create(
        ItemNeed(item=row, participant=by_user[user_id])
        for row, item in zip(rows, items, strict=True)
        for user_id in sorted(item.needs & by_user.keys())
    )

"""What a meeting of a series did not come to is carried on to its next one."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from meetings import access
from meetings.actions.adding import minutes_left, put_on
from meetings.actions.arrange import Invited
from meetings.actions.running import Running
from meetings.colleagues import named
from meetings.models import Contribution, Guest, Item, Meeting, Participant
from meetings.outcome_rules import check_carries
from meetings.rules import ITEMS_OF_SERIES
from meetings.states import ItemState, Status
from portal.accounts.access import Reader
from portal.core.clock import now
from portal.core.refused import Refused
from portal.core.retrying import retry_deadlocks

MEETINGS_AT_MOST = 12


@retry_deadlocks
def carry(*, by: Reader, reference: str, item: int) -> Meeting:
    """Put an item on the first meeting of its series to come that has room for it; that meeting.

    With it go its points, those who are needed, who is invited of the person and their carer, and
    what was written to it and not taken into account. Pressed again, nothing more happens.
    """
    with transaction.atomic():
        meeting = access.get_meeting(by, reference, "note", lock=True)
        left = Running(meeting, by, now()).item(item)
        check_carries(
            in_series=meeting.series_id is not None,
            status=Status(meeting.status),
            state=ItemState(left.state),
        )
        there = on_later_agendas(meeting, [left]).get(left.pk)
        if there is not None:
            return there
        held = Running(_with_room(meeting, left), by, now())
        item_there = _copy(left, held)
        put_on(held, item_there, _needed(left), owner=left.owner_id)
        _bring_papers(left, item_there)
        return held.meeting


def on_later_agendas(meeting: Meeting, items: Sequence[Item]) -> dict[int, Meeting]:
    """By item: the later meeting of the series on whose agenda it is by now. One query."""
    about = Q(referral__in=[i.referral_id for i in items if i.referral_id]) | Q(
        referral__isnull=True, title__in=[i.title for i in items if not i.referral_id]
    )
    rows = Item.objects.filter(
        about,
        removed_at__isnull=True,
        meeting__series=meeting.series_id,
        meeting__starts_at__gt=meeting.starts_at or meeting.created_at,
    ).exclude(meeting__status=Status.CANCELLED)
    later: dict[tuple[int | None, str], Meeting] = {}
    for row in rows.select_related("meeting").order_by("meeting__starts_at", "pk"):
        later.setdefault(_mark(row), row.meeting)
    return {item.pk: later[_mark(item)] for item in items if _mark(item) in later}


def _mark(item: Item) -> tuple[int | None, str]:
    return (item.referral_id, "") if item.referral_id else (None, item.title)


def _with_room(meeting: Meeting, item: Item) -> Meeting:
    """The first to come with minutes left, locked before they are counted."""
    coming = Meeting.objects.filter(
        series=meeting.series_id,
        status=Status.BOOKED,
        begun_at__isnull=True,
        starts_at__gt=now(),
    ).order_by("starts_at", "pk")
    for pk in coming.values_list("pk", flat=True)[:MEETINGS_AT_MOST]:
        list(coming.filter(pk=pk).select_for_update().values_list("pk"))
        found = coming.filter(pk=pk).select_related("team__organisation", "organiser").first()
        if found is None or minutes_left(found) < item.minutes:
            continue
        if found.items.filter(removed_at__isnull=True).count() < ITEMS_OF_SERIES:
            return found
    raise Refused(
        f"No meeting of this series to come has {item.minutes} minutes left. Make room at one, or"
        " make the next one on the page of the series.",
        code="full",
    )


def _copy(left: Item, held: Running) -> Item:
    last = held.meeting.items.order_by("-position").values_list("position", flat=True).first()
    item = Item.objects.create(
        meeting=held.meeting,
        position=(last or 0) + 1,
        title=left.title,
        referral=left.referral,
        points=left.points,
        minutes=left.minutes,
        owner=left.owner,
        added_by=held.by.user,
        added_at=held.moment,
    )
    # Told of another day: whether they come then, nobody has said yet.
    Guest.objects.bulk_create(
        Guest(
            item=item,
            kind=guest.kind,
            needs=guest.needs,
            wishes=guest.wishes,
            invited_by=held.by.user,
            invited_at=held.moment,
        )
        for guest in left.guests.filter(removed_at__isnull=True).order_by("pk")
    )
    return item


def _needed(left: Item) -> list[Invited]:
    """Who was needed and who has written, where they still work there."""
    wanted = Participant.objects.filter(
        Q(needs__item=left) | Q(contributions__in=_unused(left)), removed_at__isnull=True
    )
    keys = wanted.order_by("pk").distinct().values_list("user_id", "team_id")
    return [Invited(one.user_id, one.team_id) for one in named([f"{u}-{t}" for u, t in keys])]


def _unused(left: Item) -> list[Contribution]:
    rows = left.contributions.filter(written_at__isnull=False, used="")
    return list(rows.select_related("participant"))


def _bring_papers(left: Item, item: Item) -> None:
    """What was written is read at the next meeting, as it was written."""
    for paper in _unused(left):
        part = item.meeting.participants.filter(user=paper.participant.user_id).first()
        if part is not None:
            Contribution.objects.update_or_create(
                item=item,
                participant=part,
                defaults={
                    "asked_at": paper.asked_at,
                    "body": paper.body,
                    "written_at": paper.written_at,
                    "version": 1,
                },
            )

"""Meetings of the cast that are booked, and what happens at them."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from meetings.actions import holding
from meetings.actions.series import Plan, begin_series
from meetings.models import Contribution, Item, Meeting, Participant, Series
from meetings.rhythm import Rhythm
from meetings.states import Attendance, How, Kind, Status
from portal.accounts.models import User
from portal.core.clock import now, today
from tests.cast import PEOPLE, Cast
from tests.meetings.conftest import arranged, invited, new_key, topic


def booked(
    cast: Cast,
    about: str = "",
    *,
    must: Sequence[str] = ("alice", "sam"),
    start: datetime | None = None,
    writes: Sequence[str] = (),
    **changes: Any,
) -> Meeting:
    """A meeting with a time: now, unless said otherwise. Some of them answer in writing."""
    meeting = arranged(cast, must=[*must, *writes], about=about, **changes)
    start = start or now().replace(second=0, microsecond=0)
    end = start + timedelta(minutes=meeting.minutes)
    Meeting.objects.filter(pk=meeting.pk).update(
        status=Status.BOOKED, starts_at=start, ends_at=end, changed_at=now()
    )
    there = Participant.objects.filter(meeting=meeting)
    there.update(attendance=Attendance.WHOLE, starts_at=start, ends_at=end)
    there.filter(user__in=[cast.users[name].pk for name in writes]).update(
        attendance=Attendance.WRITING, starts_at=None, ends_at=None
    )
    Item.objects.filter(meeting=meeting).update(starts_at=start)
    meeting.refresh_from_db()
    return meeting


def begun(cast: Cast, about: str = "", by: str = "sam", **changes: Any) -> tuple[Meeting, Item]:
    """It has begun, its first item runs, and whoever began it has the pen."""
    meeting = booked(cast, about, **changes)
    reader = cast.reader(by)
    holding.begin(by=reader, reference=meeting.reference)
    item = Item.objects.filter(meeting=meeting).order_by("position")[0]
    holding.begin_item(by=reader, reference=meeting.reference, item=item.pk)
    meeting.refresh_from_db()
    item.refresh_from_db()
    return meeting, item


def two_items(cast: Cast, one: str, other: str) -> list[Any]:
    """An agenda about two people."""
    return [
        topic(cast, "Support at home", 15, referral=one, points="Who visits?\nWho pays?"),
        topic(cast, "Carer's break", 15, referral=other, points="Where to?"),
    ]


def all_came(meeting: Meeting) -> dict[int, Attendance]:
    """Everybody was there for all of it."""
    parts = Participant.objects.filter(meeting=meeting, removed_at__isnull=True)
    return {part.pk: Attendance.WHOLE for part in parts}


def ended(cast: Cast, meeting: Meeting, item: Item, by: str = "sam") -> None:
    """Its item has ended, safe to be seen online, and so has the meeting."""
    reader = cast.reader(by)
    holding.end_item(by=reader, reference=meeting.reference, item=item.pk, safe_online=True)
    holding.end_meeting(by=reader, reference=meeting.reference, came=all_came(meeting))


def paper_of(meeting: Meeting, writer: User) -> Contribution:
    """Something written to the first item of a meeting."""
    return Contribution.objects.create(
        item=meeting.items.order_by("position")[0],
        participant=Participant.objects.get(meeting=meeting, user=writer),
        body="Written beforehand",
        written_at=now(),
    )


def plan(**changes: Any) -> Plan:
    """On the second Tuesday of each month at 13:05, for an hour."""
    given: dict[str, Any] = {
        "kind": Kind.NEIGHBOURHOOD,
        "title": "Neighbourhood meeting",
        "rhythm": Rhythm(weekday=1, at=time(13, 5), starts_on=today(), nth=2),
        "minutes": 60,
        "how": How.VIDEO,
        "where": "https://video.example/monthly",
        **changes,
    }
    return Plan(**given)


def series_of(
    cast: Cast, by: str = "alice", members: Sequence[str] = ("alice", "ada"), **changes: Any
) -> Series:
    """A series of somebody's team."""
    return begin_series(
        by=cast.reader(by),
        team=cast.teams[PEOPLE[by][2]],
        plan=plan(**changes),
        members=[invited(cast, name) for name in members],
        key=new_key(),
    )

"""What a meeting of a series did not come to is carried on, with all that belongs to it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from meetings.actions import adding, carrying, contribute, holding
from meetings.actions.series_meetings import make_ahead
from meetings.models import Contribution, Guest, Item, Meeting
from meetings.states import Attendance, ItemState
from portal.core.clock import now
from portal.core.refused import NotAllowed, NotYours, Refused
from referrals.models import MeetingEntry
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.conftest import invited, new_key
from tests.meetings.held import all_came, series_of

As = Callable[[str], Client]


@pytest.fixture
def left(cast: Cast) -> Item:
    """Of a meeting that is held now: an item that it did not come to, written to beforehand."""
    series_of(cast, members=("alice", "sam"))
    make_ahead()
    meeting = Meeting.objects.order_by("starts_at")[0]
    item = adding.add_item(
        by=cast.reader("alice"),
        meeting=meeting.reference,
        referral=send(cast).reference,
        title="After a fall",
        minutes=10,
        points="Who visits?",
        owner=None,
        needs=[invited(cast, "tess")],
        key=new_key(),
    )
    contribute.write_contribution(
        by=cast.reader("tess"),
        reference=meeting.reference,
        item=item.pk,
        body="Twice a week",
        version=0,
    )
    Guest.objects.create(item=item, kind="carer", wishes="A break", comes=True, invited_by=cast.sam)
    start = now().replace(second=0, microsecond=0)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=start, ends_at=start + timedelta(minutes=60)
    )
    sam = cast.reader("sam")
    holding.begin(by=sam, reference=meeting.reference)
    holding.end_item(by=sam, reference=meeting.reference, item=item.pk, put_off=True)
    came = all_came(meeting) | {
        part.pk: Attendance.MISSING for part in meeting.participants.filter(user=cast.tess)
    }
    holding.end_meeting(by=sam, reference=meeting.reference, came=came)
    item.refresh_from_db()
    return item


def test_one_press_takes_it_to_the_next_meeting_with_all_that_belongs_to_it(
    cast: Cast, as_: As, left: Item
) -> None:
    assert left.state == ItemState.PUT_OFF
    minutes = f"/meetings/{left.meeting.reference}/minutes/"
    assert "Carry to the next meeting" in as_("sam").get(minutes).content.decode()
    for _ in range(2):
        pressed = as_("sam").post(f"/meetings/{left.meeting.reference}/items/{left.pk}/carry/")
        assert pressed.status_code == 302
    carried = Item.objects.exclude(pk=left.pk).get()
    assert carried.meeting.starts_at > left.meeting.starts_at
    assert (carried.points, carried.minutes, carried.owner) == ("Who visits?", 10, left.owner)
    assert Contribution.objects.get(item=carried).body == "Twice a week"
    guest = Guest.objects.get(item=carried)
    assert (guest.wishes, guest.comes) == ("A break", None)
    assert carried.meeting.participants.get(user=cast.tess).starts_at == carried.starts_at
    page = as_("sam").get(minutes).content.decode()
    assert "Carry to the next meeting" not in page
    assert "On the agenda of" in page
    verbs = MeetingEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["arranged", "put-off", "arranged"]


def test_nobody_carries_on_what_is_not_theirs_or_has_been_talked_about(
    cast: Cast, left: Item
) -> None:
    with pytest.raises((NotYours, NotAllowed)):
        carrying.carry(by=cast.reader("oscar"), reference=left.meeting.reference, item=left.pk)
    Item.objects.filter(pk=left.pk).update(state=ItemState.DONE, safe_online=True)
    with pytest.raises(Refused, match="Only what has been put off"):
        carrying.carry(by=cast.reader("sam"), reference=left.meeting.reference, item=left.pk)


def test_without_room_it_says_so(cast: Cast, left: Item) -> None:
    Meeting.objects.filter(starts_at__gt=now()).update(minutes=5)
    with pytest.raises(Refused, match="10 minutes left"):
        carrying.carry(by=cast.reader("sam"), reference=left.meeting.reference, item=left.pk)

"""Held: clocks, decisions and actions on the referral, the end; and who reads what of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from meetings.actions import holding, outcome
from meetings.models import Action, Decision, Item, Meeting
from meetings.states import Attendance, ItemState, Status
from portal.core.clock import now, today
from portal.core.refused import NotYours, Refused
from portal.notifications.models import Notification
from referrals.models import MeetingEntry
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.conftest import new_key
from tests.meetings.held import all_came, begun, booked, ended, two_items

As = Callable[[str], Client]


def agree(cast: Cast, meeting: Meeting, item: Item, **changes: object) -> None:
    given = {
        "text": "Ring the daughter",
        "owner": cast.alice.pk,
        "due_on": today() + timedelta(days=3),
        "key": new_key(),
        **changes,
    }
    outcome.agree(by=cast.reader("sam"), reference=meeting.reference, item=item.pk, **given)


def decide(cast: Cast, meeting: Meeting, item: Item, body: str, key: str = "") -> None:
    outcome.decide(
        by=cast.reader("sam"),
        reference=meeting.reference,
        item=item.pk,
        body=body,
        key=key or new_key(),
    )


def test_it_begins_an_hour_before_at_the_earliest_and_once(cast: Cast) -> None:
    later = booked(cast, start=now() + timedelta(hours=3))
    with pytest.raises(Refused, match="It can begin from an hour before"):
        holding.begin(by=cast.reader("sam"), reference=later.reference)
    meeting = booked(cast, start=now() + timedelta(minutes=50))
    holding.begin(by=cast.reader("sam"), reference=meeting.reference)
    holding.begin(by=cast.reader("alice"), reference=meeting.reference)
    meeting.refresh_from_db()
    assert meeting.note_taker == cast.sam
    assert meeting.changes.count() == 1


def test_one_item_runs_at_a_time(cast: Cast) -> None:
    one = send(cast).reference
    meeting, item = begun(cast, items=two_items(cast, one, one), minutes=30)
    other = meeting.items.exclude(pk=item.pk).get()
    sam = cast.reader("sam")
    with pytest.raises(Refused, match="End the item “Support at home” first"):
        holding.begin_item(by=sam, reference=meeting.reference, item=other.pk)
    holding.end_item(by=sam, reference=meeting.reference, item=item.pk, safe_online=True)
    assert holding.begin_item(by=sam, reference=meeting.reference, item=other.pk).begun_at


def test_an_item_about_a_person_ends_with_a_choice_about_seeing_it_online(cast: Cast) -> None:
    meeting, item = begun(cast, send(cast).reference)
    sam, where = cast.reader("sam"), {"reference": meeting.reference, "item": item.pk}
    with pytest.raises(Refused, match="whether it is safe for the person to see this online"):
        holding.end_item(by=sam, **where)
    with pytest.raises(Refused, match="Say why it must be hidden"):
        holding.end_item(by=sam, **where, safe_online=False, hide_because=" ")
    holding.end_item(by=sam, **where, safe_online=False, hide_because="Her son reads her post")
    item.refresh_from_db()
    assert (item.state, item.hide_because) == (ItemState.DONE, "Her son reads her post")
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(hide_because="")


def test_a_decision_stands_on_the_referral_once_however_often_it_is_sent(
    cast: Cast, as_: As
) -> None:
    referral = send(cast)
    meeting, item = begun(cast, referral.reference)
    key = new_key()
    decide(cast, meeting, item, "Try the step-down bed", key)
    decide(cast, meeting, item, "Try the step-down bed", key)
    assert Decision.objects.get().referral == referral
    for name in ("alice", "ada", "sam", "tess"):
        html = as_(name).get(f"/referrals/{referral.reference}/").content.decode()
        assert "Decided at the meeting: Try the step-down bed" in html


def test_an_action_belongs_to_somebody_who_may_read_the_item(cast: Cast) -> None:
    meeting, item = begun(cast, send(cast).reference, must=("alice", "sam", "oscar"))
    with pytest.raises(Refused, match="somebody who takes part and may read this item"):
        agree(cast, meeting, item, owner=cast.oscar.pk)
    with pytest.raises(Refused, match="somebody who takes part"):
        agree(cast, meeting, item, owner=cast.tess.pk)
    with pytest.raises(Refused, match="a day that has not passed"):
        agree(cast, meeting, item, due_on=today() - timedelta(days=1))
    agree(cast, meeting, item)
    told = Notification.objects.get(kind="meeting.action", channel="app")
    assert told.recipient == cast.alice
    assert "daughter" not in str(told.facts)
    entry = MeetingEntry.objects.get(verb="action")
    assert entry.text.startswith("Ring the daughter (Dr Alice Abbot, by ")


def test_whoever_has_no_part_in_somebody_reads_a_time_and_no_more(cast: Cast, as_: As) -> None:
    ours = send(cast, why_now="PLANTED")
    theirs = send(cast, by="gina", team="grove", to="other_front_door")
    meeting = booked(
        cast, items=two_items(cast, ours.reference, ours.reference), must=("alice", "sam", "oscar")
    )
    Item.objects.filter(meeting=meeting, position=2).update(referral=theirs)
    points = {"sam": ("Who visits?", "Where to?"), "oscar": ("Where to?", "Who visits?")}
    for name, (mine, other) in points.items():
        for page in ("at/", "minutes/"):
            html = as_(name).get(f"/meetings/{meeting.reference}/{page}").content.decode()
            assert mine in html
            assert other not in html
            assert "An item of 15 minutes" in html
    item = meeting.items.get(position=2)
    holding.begin(by=cast.reader("sam"), reference=meeting.reference)
    with pytest.raises(NotYours):
        holding.begin_item(by=cast.reader("sam"), reference=meeting.reference, item=item.pk)


def test_the_end_keeps_who_came_how_and_tells_everybody(cast: Cast) -> None:
    referral = send(cast)
    meeting, item = begun(cast, referral.reference, must=("alice", "sam", "tess"))
    sam = cast.reader("sam")
    came = all_came(meeting)
    with pytest.raises(Refused, match="End the item “What can be done at home"):
        holding.end_meeting(by=sam, reference=meeting.reference, came=came)
    holding.end_item(by=sam, reference=meeting.reference, item=item.pk, safe_online=True)
    with pytest.raises(Refused, match="Say of everybody how they took part"):
        holding.end_meeting(by=sam, reference=meeting.reference, came={})
    first = min(came)
    holding.end_meeting(
        by=sam, reference=meeting.reference, came={**came, first: Attendance.MISSING}
    )
    meeting.refresh_from_db()
    assert meeting.status == Status.HELD
    assert meeting.participants.get(pk=first).came == Attendance.MISSING
    assert MeetingEntry.objects.get(verb="held").referral == referral
    told = Notification.objects.filter(kind="meeting.minutes", channel="app")
    assert {each.recipient for each in told} >= {cast.alice, cast.tess}
    assert cast.sam not in {each.recipient for each in told}


def test_what_nobody_came_to_is_put_off_and_leaves_nothing(cast: Cast) -> None:
    one, two = send(cast), send(cast)
    meeting, item = begun(cast, items=two_items(cast, one.reference, two.reference), minutes=30)
    ended(cast, meeting, item)
    assert meeting.items.get(position=2).state == ItemState.PUT_OFF
    assert list(MeetingEntry.objects.filter(verb="held").values_list("referral", flat=True)) == [
        one.pk
    ]


def test_the_screen_follows_for_those_who_read(cast: Cast, as_: As) -> None:
    meeting, item = begun(cast, send(cast).reference)
    here = f"/meetings/{meeting.reference}/at/news/"
    meeting.refresh_from_db()
    since = {"since": meeting.changed_at.isoformat()}
    assert as_("alice").get(here, since).status_code == 204
    decide(cast, meeting, item, "It is decided")
    assert "It is decided" in as_("alice").get(here, since).content.decode()
    line = as_("sam").get(here, since).content.decode()
    assert "Something has changed" in line
    assert "It is decided" not in line


def test_without_scripts_a_form_with_errors_comes_back_with_what_was_typed(
    cast: Cast, as_: As
) -> None:
    meeting, item = begun(cast, send(cast).reference)
    here = f"/meetings/{meeting.reference}/at/items/{item.pk}/"
    page = as_("sam").post(f"{here}action/", {"key": "x" * 12, "text": "Half an action"})
    html = page.content.decode()
    assert page.status_code == 422
    assert "Half an action" in html
    assert 'href="#action-owner"' in html
    assert not Action.objects.exists()
    end = as_("sam").post(f"{here}end/", {"safe_online": "hide", "hide_because": ""})
    assert 'href="#end-hide_because"' in end.content.decode()


def test_an_action_is_recorded_on_the_screen(cast: Cast, as_: As) -> None:
    meeting, item = begun(cast, send(cast).reference)
    due = today() + timedelta(days=20)
    here = f"/meetings/{meeting.reference}/at/items/{item.pk}/action/"
    typed = {"due_on-day": due.day, "due_on-month": due.month, "due_on-year": due.year}
    form = {"key": "y" * 12, "text": "Visit", "owner": cast.sam.pk, **typed}
    assert as_("sam").post(here, form).status_code == 302
    assert Action.objects.get().due_on == date(due.year, due.month, due.day)

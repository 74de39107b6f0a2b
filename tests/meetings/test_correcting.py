"""Minutes are set right afterwards: under what was written, for everybody who reads them."""

from collections.abc import Callable

import pytest
from django.db import InternalError, transaction
from django.test import Client

from meetings.actions.correcting import correct
from meetings.models import Correction, Item, Meeting
from portal.core.refused import NotYours, Refused
from portal.notifications.models import Notification
from referrals.models import MeetingEntry
from tests.cast import Cast
from tests.conftest import send
from tests.contacts.sheets import pages_of
from tests.meetings.conftest import new_key
from tests.meetings.held import begun, ended, two_items

As = Callable[[str], Client]
WORDS = "The visit is on Thursday, not on Tuesday."


@pytest.fixture
def held(cast: Cast) -> tuple[Meeting, Item, str]:
    """A meeting that Alice and Sam had about Alice's referral, with the reference of that."""
    referral = send(cast).reference
    meeting, item = begun(cast, referral)
    ended(cast, meeting, item)
    Notification.objects.all().delete()
    return meeting, item, referral


def by_sam(cast: Cast, meeting: Meeting, item: Item) -> None:
    correct(
        by=cast.reader("sam"),
        reference=meeting.reference,
        item=item.pk,
        body=WORDS,
        key=new_key(),
        safe_online=True,
    )


def test_who_was_there_sets_it_right_and_everybody_who_reads_it_is_told(
    held: tuple[Meeting, Item, str], as_: As
) -> None:
    meeting, item, referral = held
    minutes = f"/meetings/{meeting.reference}/minutes/"
    address = f"/meetings/{meeting.reference}/items/{item.pk}/correct/"
    assert f'href="{address}"' in as_("alice").get(minutes).content.decode()
    assert "It took 1 minute." in as_("alice").get(address).content.decode()  # what was written
    empty = as_("alice").post(address, {"key": new_key(), "body": " "})
    assert (empty.status_code, "Write what is to be set right" in empty.content.decode()) == (
        422,
        True,
    )
    typed = {"key": new_key(), "body": WORDS}
    asked = as_("alice").post(address, typed)
    assert "Say whether it is safe for the person to see this online" in asked.content.decode()
    form, browser = {**typed, "safe_online": "yes"}, as_("alice")
    for _ in range(2):  # pressed twice
        page = browser.post(address, form, follow=True).content.decode()
        assert "Set right. Those who take part and both sides are told." in page
    assert Correction.objects.count() == 1
    for path in (minutes, f"/meetings/{meeting.reference}/part/{referral}/"):
        shown = as_("sam").get(path).content.decode()
        assert WORDS in shown
        assert "Corrected by Dr Alice Abbot, GP" in shown
    on_paper = " ".join(pages_of(as_("sam").get(f"{minutes}minutes.pdf").content))
    assert WORDS in on_paper
    card = as_("sam").get(f"/referrals/{referral}/").content.decode()
    assert WORDS in card.partition("Corrected in the minutes")[2]
    assert MeetingEntry.objects.filter(verb="corrected", text=WORDS).count() == 1
    told = Notification.objects.filter(kind="meeting.corrected")
    assert set(told.values_list("recipient__name", flat=True)) >= {"Sam Sharp", "Tess Tate"}
    assert not told.filter(recipient__name="Dr Alice Abbot").exists()
    paths = list(told.filter(channel="email").values_list("recipient", flat=True))
    assert len(paths) == len(set(paths))


def test_nobody_sets_right_what_has_not_been_held_or_is_not_theirs(cast: Cast, as_: As) -> None:
    ours = send(cast).reference
    theirs = send(cast, by="gina", team="grove", to="other_front_door")
    meeting, item = begun(
        cast, items=two_items(cast, ours, ours), minutes=30, must=("sam", "oscar")
    )
    other = meeting.items.exclude(pk=item.pk).get()
    Item.objects.filter(pk=other.pk).update(referral=theirs)
    given = {"reference": meeting.reference, "body": WORDS, "safe_online": True}
    with pytest.raises(Refused, match="once the meeting has been held"):
        correct(by=cast.reader("sam"), item=item.pk, key=new_key(), **given)
    minutes = f"/meetings/{meeting.reference}/minutes/"
    assert "Correct this" not in as_("sam").get(minutes).content.decode()
    ended(cast, meeting, item)
    # Sam and Oscar were there; each may read one of the two.
    for name, item_of_others in (("sam", other), ("oscar", item), ("hugo", item)):
        address = f"/meetings/{meeting.reference}/items/{item_of_others.pk}/correct/"
        assert as_(name).get(address).status_code == 404
        with pytest.raises(NotYours):
            correct(by=cast.reader(name), item=item_of_others.pk, key=new_key(), **given)
    assert as_("sam").get(minutes).content.decode().count("Correct this") == 1
    assert not Correction.objects.exists()


def test_who_arranged_it_without_taking_part_is_told_too(cast: Cast) -> None:
    meeting, item = begun(cast, send(cast, by="ada").reference, must=("sam", "tess"))
    ended(cast, meeting, item)
    assert meeting.organiser == cast.alice
    by_sam(cast, meeting, item)
    told = Notification.objects.filter(kind="meeting.corrected", recipient=cast.alice)
    assert told.exists()


def test_what_was_set_right_stays(held: tuple[Meeting, Item, str], cast: Cast) -> None:
    meeting, item, _ = held
    by_sam(cast, meeting, item)
    with pytest.raises(InternalError), transaction.atomic():
        Correction.objects.update(body="Another")
    with pytest.raises(InternalError), transaction.atomic():
        Correction.objects.all().delete()


def test_what_is_set_right_can_hide_the_whole(held: tuple[Meeting, Item, str], as_: As) -> None:
    meeting, item, referral = held
    address = f"/meetings/{meeting.reference}/items/{item.pk}/correct/"
    words = {"key": new_key(), "body": WORDS, "safe_online": "hide"}
    assert as_("sam").post(address, words).status_code == 422
    as_("sam").post(address, {**words, "hide_because": "Her son reads her post"})
    part = as_("alice").get(f"/meetings/{meeting.reference}/part/{referral}/").content.decode()
    assert "Hide, because: Her son reads her post" in part
    assert "Her son reads her post" in as_("sam").get(address).content.decode()

"""The note-taker's notes: one pen, versions, both texts where two have written."""

from collections.abc import Callable

import pytest
from django.test import Client

from meetings.actions import notes, pen
from meetings.models import Note
from portal.core.refused import NotAllowed, NotYours, Refused, Stale
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.held import begun, booked

As = Callable[[str], Client]


def write(cast: Cast, meeting, item, body: str, version: int = 0, by: str = "sam") -> Note:
    return notes.save_note(
        by=cast.reader(by), reference=meeting.reference, item=item.pk, body=body, version=version
    )


def test_what_is_written_is_kept_with_its_versions(cast: Cast) -> None:
    meeting, item = begun(cast, send(cast).reference)
    first = write(cast, meeting, item, "She wants to stay")
    second = write(cast, meeting, item, "She wants to stay at home", first.version)
    assert (first.version, second.version) == (1, 2)
    assert write(cast, meeting, item, "She wants to stay at home", 1).version == 2
    assert Note.pgh_event_model.objects.values_list("body", flat=True).order_by("pk")[0] == (
        "She wants to stay"
    )


def test_two_windows_of_one_person_lose_nothing(cast: Cast) -> None:
    meeting, item = begun(cast, send(cast).reference)
    write(cast, meeting, item, "In the first window")
    with pytest.raises(Stale) as stale:
        write(cast, meeting, item, "In the second window", 0)
    assert stale.value.details["other"] == "In the first window"
    assert Note.objects.get(item=item).body == "In the first window"


def test_whoever_has_lost_the_pen_reads_who_has_it(cast: Cast) -> None:
    meeting, item = begun(cast, send(cast).reference)
    pen.take_pen(by=cast.reader("alice"), reference=meeting.reference, held_by=cast.sam.pk)
    with pytest.raises(Stale, match="Dr Alice Abbot has the pen now"):
        write(cast, meeting, item, "I was still typing")
    assert write(cast, meeting, item, "Mine now", by="alice").saved_by == cast.alice


def test_the_pen_is_taken_only_from_whom_one_sees(cast: Cast) -> None:
    meeting, _ = begun(cast, send(cast).reference, must=("alice", "sam", "tess"))
    pen.take_pen(by=cast.reader("alice"), reference=meeting.reference, held_by=cast.sam.pk)
    with pytest.raises(Stale, match="Dr Alice Abbot has taken the pen"):
        pen.take_pen(by=cast.reader("tess"), reference=meeting.reference, held_by=cast.sam.pk)


def test_the_pen_is_handed_to_somebody_who_takes_part(cast: Cast) -> None:
    meeting, _ = begun(cast, send(cast).reference)
    sam = cast.reader("sam")
    with pytest.raises(Refused, match="somebody who takes part"):
        pen.hand_pen(by=sam, reference=meeting.reference, to=cast.oscar.pk)
    pen.hand_pen(by=sam, reference=meeting.reference, to=cast.alice.pk)
    meeting.refresh_from_db()
    assert meeting.note_taker == cast.alice


def test_nobody_writes_before_it_begins_or_without_a_part(cast: Cast) -> None:
    meeting = booked(cast, send(cast).reference)
    item = meeting.items.get()
    with pytest.raises(Refused, match="Begin the meeting first"):
        write(cast, meeting, item, "Too soon")
    with pytest.raises(NotYours):
        write(cast, meeting, item, "Not mine", by="oscar")


def test_a_lead_who_looks_on_does_not_write(cast: Cast) -> None:
    meeting, item = begun(cast, send(cast).reference, by="alice")
    with pytest.raises((NotAllowed, NotYours)):
        write(cast, meeting, item, "Mine", by="mina")


def test_saving_as_one_writes_says_when_and_which_version(cast: Cast, as_: As) -> None:
    meeting, item = begun(cast, send(cast).reference)
    here = f"/meetings/{meeting.reference}/at/items/{item.pk}/note/"
    saved = as_("sam").post(f"{here}save/", {"body": "As I go", "version": "0"})
    assert saved.json()["version"] == "1"
    clash = as_("sam").post(f"{here}save/", {"body": "Elsewhere", "version": "0"})
    assert (clash.status_code, clash.json()["compare"]) == (409, "See both texts")
    both = as_("sam").post(here, {"body": "Elsewhere", "version": "0"})
    html = both.content.decode()
    assert both.status_code == 409
    assert "As I go" in html
    assert "Elsewhere" in html
    assert 'name="version" value="1"' in html


def test_what_was_typed_without_the_pen_is_shown_and_not_lost(cast: Cast, as_: As) -> None:
    meeting, item = begun(cast, send(cast).reference)
    pen.take_pen(by=cast.reader("alice"), reference=meeting.reference, held_by=cast.sam.pk)
    here = f"/meetings/{meeting.reference}/at/items/{item.pk}/note/"
    html = as_("sam").post(here, {"body": "My last words", "version": "0"}).content.decode()
    assert "My last words" in html
    assert "Dr Alice Abbot has the pen" in html
    again = {"body": "My last words", "version": "0", "take": "1", "held_by": str(cast.sam.pk)}
    late = as_("sam").post(here, again)
    assert (late.status_code, "My last words" in late.content.decode()) == (409, True)
    assert as_("sam").post(here, {**again, "held_by": str(cast.alice.pk)}).status_code == 302
    assert Note.objects.get(item=item).body == "My last words"

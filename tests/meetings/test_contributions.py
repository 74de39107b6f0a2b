"""Answers in writing: they stand first, and no meeting ends before it has used them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from meetings.actions import contribute, holding
from meetings.actions.reminding import remind_of_writing
from meetings.models import Contribution, Meeting
from meetings.states import Status
from portal.core.clock import now
from portal.core.refused import NotAllowed, NotYours, Refused, Stale
from portal.notifications.models import Notification
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.held import all_came, begun, booked

As = Callable[[str], Client]
ANSWER = "She was steady on Tuesday; physio can come."


def wrote(cast: Cast, meeting: Meeting, body: str = ANSWER, version: int = 0) -> Contribution:
    item = meeting.items.order_by("position").first()
    return contribute.write_contribution(
        by=cast.reader("alice"),
        reference=meeting.reference,
        item=item.pk,
        body=body,
        version=version,
    )


def test_it_stands_first_under_its_item_for_everybody(cast: Cast, as_: As) -> None:
    meeting, _ = begun(cast, send(cast).reference, must=["sam", "tess"], writes=["alice"])
    wrote(cast, meeting)
    html = as_("tess").get(f"/meetings/{meeting.reference}/at/").content.decode()
    assert html.index(ANSWER) < html.index("Notes") if "Notes" in html else ANSWER in html
    assert "In writing from Dr Alice Abbot, GP" in html
    assert "Not taken into account yet." in html


def test_a_meeting_does_not_end_before_it_says_how_it_used_what_was_written(cast: Cast) -> None:
    meeting, item = begun(cast, send(cast).reference, must=["sam", "tess"], writes=["alice"])
    paper, sam = wrote(cast, meeting), cast.reader("sam")
    holding.end_item(by=sam, reference=meeting.reference, item=item.pk, safe_online=True)
    with pytest.raises(Refused, match="Record how what Dr Alice Abbot wrote was taken into"):
        holding.end_meeting(by=sam, reference=meeting.reference, came=all_came(meeting))
    with pytest.raises(Refused, match="Say how it was taken into account"):
        use(cast, meeting, paper, "  ")
    use(cast, meeting, paper, "Physiotherapy comes first")
    holding.end_meeting(by=sam, reference=meeting.reference, came=all_came(meeting))
    meeting.refresh_from_db()
    assert meeting.status == Status.HELD


def use(cast: Cast, meeting: Meeting, paper: Contribution, used: str) -> Contribution:
    return contribute.use_contribution(
        by=cast.reader("sam"),
        reference=meeting.reference,
        contribution=paper.pk,
        used=used,
        version=paper.version,
    )


def test_the_page_says_what_must_be_recorded(cast: Cast, as_: As) -> None:
    meeting, _ = begun(cast, send(cast).reference, must=["sam", "tess"], writes=["alice"])
    paper, sam = wrote(cast, meeting), as_("sam")
    came = {f"came_{pk}": "whole" for pk in all_came(meeting)}
    end = sam.post(
        f"/meetings/{meeting.reference}/at/end/", {**came, "key": "x" * 12, "sure": "on"}
    )
    assert end.status_code == 409
    assert "Record how what Dr Alice Abbot wrote" in end.content.decode()
    item = meeting.items.get().pk
    address = f"/meetings/{meeting.reference}/at/items/{item}/used/{paper.pk}/"
    assert sam.post(address, {"version": "1", "used": ""}).status_code == 422
    assert sam.post(address, {"version": "1", "used": "It was"}).status_code == 302


def test_changed_meanwhile_it_is_read_again_before_it_is_used(cast: Cast) -> None:
    meeting, _ = begun(cast, send(cast).reference, must=["sam", "tess"], writes=["alice"])
    paper = wrote(cast, meeting)
    wrote(cast, meeting, "Something else altogether", paper.version)
    with pytest.raises(Stale, match="Dr Alice Abbot has changed it"):
        use(cast, meeting, paper, "As it was")


def test_two_windows_show_both_texts(cast: Cast, as_: As) -> None:
    meeting = booked(cast, send(cast).reference, must=["sam", "tess"], writes=["alice"])
    item, alice = meeting.items.get(), as_("alice")
    address = f"/meetings/{meeting.reference}/items/{item.pk}/write/"
    assert "Your answer" in alice.get(address).content.decode()
    assert alice.post(address, {"body": "First window", "version": "0"}).status_code == 302
    clash = alice.post(address, {"body": "Second window", "version": "0"})
    html = clash.content.decode()
    assert clash.status_code == 409
    assert "First window" in html
    assert "Second window" in html
    assert 'value="1"' in html
    assert alice.post(address, {"body": "Second window", "version": "1"}).status_code == 302
    assert Contribution.objects.get().body == "Second window"


def test_only_who_takes_part_writes_and_nobody_after_it_was_used(cast: Cast) -> None:
    meeting, _ = begun(cast, send(cast).reference, must=["sam", "tess"], writes=["alice"])
    with pytest.raises(NotYours):
        contribute.write_contribution(
            by=cast.reader("oscar"),
            reference=meeting.reference,
            item=meeting.items.get().pk,
            body="x",
            version=0,
        )
    paper = wrote(cast, meeting)
    use(cast, meeting, paper, "It was")
    with pytest.raises(Refused, match="has taken what you wrote into account already"):
        wrote(cast, meeting, "A second thought", paper.version + 1)


def test_a_lead_who_looks_on_writes_nothing(cast: Cast) -> None:
    meeting = booked(cast, must=["sam", "tess"], by="sam", items=None)
    with pytest.raises((NotAllowed, NotYours)):
        contribute.write_contribution(
            by=cast.reader("mina"), reference=meeting.reference, item=1, body="x", version=0
        )


def reminders() -> list[str]:
    rows = Notification.objects.filter(kind="meeting.write", channel="app")
    return [row.recipient.email.partition("@")[0] for row in rows]


def test_the_day_before_whoever_has_not_written_is_reminded_once(cast: Cast) -> None:
    tomorrow = now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
    booked(cast, send(cast).reference, must=["sam", "tess"], writes=["alice"], start=tomorrow)
    other = booked(cast, send(cast).reference, must=["sam"], writes=["alice"], start=tomorrow)
    wrote(cast, other)
    booked(
        cast,
        send(cast).reference,
        must=["sam"],
        writes=["alice"],
        start=tomorrow + timedelta(days=1),
    )
    remind_of_writing()
    remind_of_writing()
    assert reminders() == ["alice"]

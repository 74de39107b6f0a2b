"""What cannot be kept is said in words, and what was typed stays."""

from datetime import timedelta
from typing import Any

import pytest

from contacts.whole import whole_of
from portal.core.clock import london, now
from tests.contacts.conftest import World
from tests.contacts.editing import (
    fields_of,
    form,
    front_door,
    send,
    text_of,
)

pytestmark = pytest.mark.django_db


# --- bad input ---
@pytest.mark.parametrize(
    ("slug", "changes", "says"),
    [
        ("reach", {"contact-0-value": "ring the bell"}, "a telephone number has digits"),
        ("reach", {"contact-0-value": "javascript:x", "contact-0-kind": "web"}, "https://"),
        ("reach", {"contact-0-value": "a\x00b"}, "cannot be kept"),
        ("reach", {"contact-1-value": "0161 496 0123"}, "is there twice"),
        ("reach", {"contact-0-kind": "fax"}, "choose one of the answers shown"),
        ("hours", {"monday": "17:00 to 08:30"}, "closes before it opens"),
        ("hours", {"monday": "08:30 to 13:00, 12:00 to 17:00"}, "overlap"),
        ("hours", {"monday": "mornings"}, "is not clear"),
        ("hours", {"monday": "25:00 to 26:00"}, "no time of day"),
        ("hours", {"always_open": "on"}, "no opening hours beside that"),
        ("about", {"name": ""}, "Enter the name of the service."),
        ("about", {"name": "Emergency duty team"}, "an entry of this name already"),
        ("about", {"summary": "x" * 100_000}, "400 characters at most"),
        ("needs", {"what_it_needs": "\n".join("abcdefghi")}, "8 lines at most"),
        ("needs", {"what_it_needs": "x" * 161}, "160 characters at most"),
        ("referrals", {"routine": "soon"}, "is not clear"),
        ("referrals", {"routine": "", "today": "2 hours"}, "Say how soon"),
        ("referrals", {"routine": "1 hour"}, "no later than"),
        ("referrals", {"receiving_team": "999999"}, "choose one of the answers shown"),
        ("notices", {"text": "Down"}, "Say until what time"),
        ("notices", {"text": "Down", "clock": "00:01"}, "is over"),
        ("notices", {"text": "Down", "clock": "soon"}, "no time of day"),
        ("notices", {"clock": "14:00"}, "Write what people need to know."),
        ("notices", {"text": "x" * 201, "clock": "23:59"}, "200 characters at most"),
        ("notices", {"text": "Down", "clock": "23:59", "day-day": "31", "day-month": "2"}, "day"),
        ("about", {"version": "x"}, "part of the form was lost"),
        ("about", {"summary": "New", "key": "x"}, "one-time key"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    world: World, slug: str, changes: dict[str, Any], says: str
) -> None:
    before = whole_of(front_door(world))
    answer = send(world, slug, form(world, slug, **changes), act="save")
    assert answer.status_code in (409, 422)
    assert says in text_of(answer)
    assert "There is a problem" in text_of(answer)
    for name, typed in changes.items():
        if name not in ("version", "key", "contact-0-kind", "always_open", "receiving_team"):
            kept = fields_of(answer)[name][0]
            assert kept.replace("\ufffd", "\x00") == typed, name
    assert whole_of(front_door(world)) == before


def test_a_notice_until_another_day(world: World) -> None:
    day = london(now()).date() + timedelta(days=2)
    boxes = {"day-day": str(day.day), "day-month": str(day.month), "day-year": str(day.year)}
    sent = form(world, "notices", text="Moving house", clock="2pm", **boxes)
    assert send(world, "notices", sent, act="save").status_code == 302
    ends = london(front_door(world).notices.get().ends_at)
    assert (ends.date(), ends.hour) == (day, 14)

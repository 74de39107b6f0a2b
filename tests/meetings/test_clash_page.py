"""What has come to lie on a meeting stands at the top of its page, with the ways out."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from tests.cast import Cast
from tests.conftest import send
from tests.meetings.clinics import at, booked_for, works
from tests.meetings.conftest import arranged, next_monday

As = Callable[[str], Client]
MARK = "A clinic has come to lie on it"
SAYS = "Something has come to lie on this meeting"


def test_both_read_it_and_the_organiser_has_ways_out(cast: Cast, as_: As) -> None:
    day = next_monday()
    works(cast, "sam", [], starts_on=day - timedelta(days=30))
    works(cast, "alice", [(0, "08:30", "11:30")], starts_on=day - timedelta(days=30))
    must = ["sam", "tess", "alice"]
    meeting = arranged(cast, by="sam", must=must, about=send(cast).reference)
    booked_for(meeting, at(day, "13:00"))
    here = f"/meetings/{meeting.reference}/"
    assert SAYS not in as_("sam").get(here).content.decode()
    assert MARK not in as_("sam").get("/meetings/").content.decode()
    works(cast, "alice", [(0, "12:30", "15:30")], starts_on=day - timedelta(days=30))
    page = as_("sam").get(here).content.decode()
    assert "Dr Alice Abbot is now in clinic then (13:00 to 13:30)." in page
    assert "30 minutes of meetings inside clinics until it is resolved" in page
    assert f'href="{here}find/"' in page
    assert "Keep the time" in page
    assert f"{MARK}</strong>" in as_("sam").get("/meetings/").content.decode()
    assert "Find another time" in as_("sam").get("/meetings/").content.decode()
    listed = as_("alice").get("/meetings/").content.decode()
    assert MARK in listed
    assert "Find another time" not in listed
    own = as_("alice").get(here).content.decode()
    assert "You are now in clinic then" in own
    assert "Find another time" not in own
    works(cast, "alice", [(0, "08:30", "11:30")], starts_on=day - timedelta(days=30))
    assert SAYS not in as_("sam").get(here).content.decode()

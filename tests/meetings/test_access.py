"""Who sees a meeting, and which of its items."""

import pytest
from django.http import Http404

from meetings import access
from portal.accounts.models import Membership
from portal.core.clock import today
from portal.core.refused import NotAllowed
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.conftest import arranged, topic


def test_those_invited_and_the_leads_of_the_team_see_it_and_nobody_else(cast: Cast) -> None:
    meeting = arranged(cast, by="sam", must=["sam", "alice"])
    for name in ("sam", "alice", "tess", "mina"):
        assert access.get_meeting(cast.reader(name), meeting.reference) == meeting
    for name in ("ada", "gina", "hugo", "oscar", "dora", "olga", "pru"):
        with pytest.raises(Http404):
            access.get_meeting(cast.reader(name), meeting.reference)


def test_the_organiser_who_does_not_come_sees_it(cast: Cast) -> None:
    meeting = arranged(cast, by="ada", must=["alice", "sam"])
    assert access.get_meeting(cast.reader("ada"), meeting.reference, "organise") == meeting


def test_whoever_leaves_the_team_sees_it_no_more(cast: Cast) -> None:
    meeting = arranged(cast)
    Membership.objects.filter(user=cast.sam).update(until=today())
    with pytest.raises(Http404):
        access.get_meeting(cast.reader("sam"), meeting.reference)


def test_another_team_may_read_and_write_notes_but_not_arrange(cast: Cast) -> None:
    meeting = arranged(cast)
    sam = cast.reader("sam")
    assert access.get_meeting(sam, meeting.reference, "note") == meeting
    with pytest.raises(NotAllowed):
        access.get_meeting(sam, meeting.reference, "organise")


def test_items_about_others_are_not_there(cast: Cast) -> None:
    ours = send(cast, by="gina", team="grove", to="other_front_door").reference
    items = [
        topic(cast, "Weekly", 10),
        topic(cast, "Theirs", 10, referral=ours),
        topic(cast, "Needed", 10, referral=ours, needs=["sam"]),
    ]
    meeting = arranged(cast, by="gina", must=["gina", "sam", "phil"], items=items)
    seen = {
        name: [item.title for item in access.items_for(cast.reader(name), meeting)]
        for name in ("gina", "sam", "phil")
    }
    assert seen == {
        "gina": ["Weekly", "Theirs", "Needed"],
        "sam": ["Weekly", "Needed"],
        "phil": ["Weekly"],
    }

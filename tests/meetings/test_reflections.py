"""Service reflections: what was agreed last time is looked at first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client

from meetings.actions.reflect import arrange_reflection
from meetings.models import Action, Item, Meeting
from meetings.reflections import REST
from meetings.states import ActionState, How, Kind, Status
from portal.core.clock import now, today
from portal.core.refused import Refused
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.clinics import booked_for
from tests.meetings.conftest import invited, new_key

As = Callable[[str], Client]
TITLES = [title for title, _, _ in REST]


def reflect(cast: Cast, by: str = "mina", key: str = "", **changes: object) -> Meeting:
    """Park and the front door look back."""
    ours, theirs = ("front_door", "park") if by in ("mina", "sam") else ("park", "front_door")
    given = {
        "team_id": cast.teams[ours].pk,
        "other_id": cast.teams[theirs].pk,
        "people": [invited(cast, name) for name in ("mina", "alice")],
        "how": How.VIDEO,
        "weeks": 4,
        "key": key or new_key(),
        **changes,
    }
    return arrange_reflection(by=cast.reader(by), **given)  # type: ignore[arg-type]


def held(meeting: Meeting, days_ago: int = 90) -> Meeting:
    booked_for(meeting, now() - timedelta(days=days_ago))
    Meeting.objects.filter(pk=meeting.pk).update(status=Status.HELD.value)
    return meeting


def improvement(cast: Cast, meeting: Meeting, text: str, **changes: object) -> Action:
    given = {"owner": cast.alice, "due_on": today(), "is_improvement": True, "by": cast.mina}
    return Action.objects.create(meeting=meeting, text=text, **{**given, **changes})


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in Item.objects.filter(meeting=meeting)]


@pytest.fixture(autouse=True)
def _shared(cast: Cast) -> None:
    send(cast)


def test_the_first_one_has_the_three_of_every_reflection(cast: Cast) -> None:
    meeting = reflect(cast)
    assert (meeting.kind, meeting.minutes) == (Kind.REFLECTION, 30)
    assert titles(meeting) == TITLES


def test_open_improvements_come_first_and_each_by_itself(cast: Cast) -> None:
    last = held(reflect(cast))
    later = improvement(cast, last, "One number for both", due_on=today() + timedelta(days=9))
    soon = improvement(cast, last, "Answer within a day", due_on=today() - timedelta(days=9))
    improvement(
        cast,
        last,
        "A list of duty days",
        state=ActionState.DONE,
        words="On the wall since May",
        ended_by=cast.alice,
        ended_at=now(),
    )
    improvement(cast, last, "Send the minutes", is_improvement=False)
    meeting = reflect(cast, by="alice")
    assert titles(meeting) == [
        "Answer within a day",
        "One number for both",
        "What has been improved",
        *TITLES,
    ]
    assert meeting.minutes == 45
    items = list(Item.objects.filter(meeting=meeting))
    assert [item.follows_id for item in items[:3]] == [soon.pk, later.pk, None]
    assert items[0].owner == cast.alice
    assert items[2].points == "Done (On the wall since May): A list of duty days"


def test_what_goes_on_is_looked_at_until_it_ends(cast: Cast) -> None:
    """Of the one before last only what is still open."""
    older = held(reflect(cast), days_ago=180)
    improvement(cast, older, "Still open")
    improvement(
        cast, older, "Long done", state=ActionState.DONE, ended_by=cast.alice, ended_at=now()
    )
    held(reflect(cast), days_ago=90)
    assert titles(reflect(cast)) == ["Still open", *TITLES]


def test_of_other_teams_nothing(cast: Cast) -> None:
    send(cast, to="hub")
    improvement(cast, held(reflect(cast)), "Ours")
    other = reflect(
        cast,
        by="alice",
        other_id=cast.teams["hub"].pk,
        people=[invited(cast, name) for name in ("alice", "hugo")],
    )
    assert titles(other) == TITLES


def test_a_title_that_cannot_stand_in_a_calendar_is_replaced(cast: Cast) -> None:
    improvement(cast, held(reflect(cast)), "Ring back about 999 012 3454")
    improvement(cast, Meeting.objects.get(), "x" * 200)
    assert all("agreed on" in title for title in titles(reflect(cast))[:2])


def test_an_agenda_is_never_longer_than_a_meeting_may_be(cast: Cast) -> None:
    last = held(reflect(cast))
    for number in range(40):
        improvement(cast, last, f"Number {number}")
    improvement(cast, last, "Done", state=ActionState.DONE, ended_by=cast.alice, ended_at=now())
    assert reflect(cast).minutes == 120


def test_one_at_a_time_and_the_same_press_twice_is_one(cast: Cast) -> None:
    key = new_key()
    meeting = reflect(cast, key=key)
    assert reflect(cast, key=key) == meeting
    with pytest.raises(Refused, match=meeting.reference):
        reflect(cast, by="alice")


def test_both_teams_are_there(cast: Cast) -> None:
    with pytest.raises(Refused, match="Park Practice"):
        reflect(cast, people=[invited(cast, name) for name in ("mina", "sam")])


def test_only_of_teams_that_share_referrals(cast: Cast) -> None:
    with pytest.raises(Http404):
        reflect(cast, other_id=cast.teams["grove"].pk)
    with pytest.raises(Http404):
        reflect(cast, by="oscar")


def test_the_page_shows_what_is_looked_at_and_promises_nothing(cast: Cast, as_: As) -> None:
    improvement(cast, held(reflect(cast)), "Answer within a day")
    here = f"/meetings/together/{cast.teams['park'].pk}/{cast.teams['front_door'].pk}/reflection/"
    page = as_("alice").get(here).content.decode()
    assert "Service reflection with Trafford front door" in page
    assert "Answer within a day" in page
    assert "1 improvement" in page
    assert "figure" not in page.lower()
    wrong = as_("alice").post(here, {"key": new_key(), "how": "video", "weeks": "4"})
    assert wrong.status_code == 422
    assert "Choose somebody of Park Practice" in wrong.content.decode()

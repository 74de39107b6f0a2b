"""Service reflections: what was agreed last time is looked at first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import Http404, HttpResponse
from django.test import Client

from meetings.actions import holding
from meetings.actions.reflect import arrange_reflection
from meetings.models import Action, Item, Meeting
from meetings.reflections import REST
from meetings.states import ActionState, How, Kind, Status
from portal.core.clock import now, today
from portal.core.refused import Refused
from portal.notifications.models import Notification
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
    ended = {"state": ActionState.DONE, "ended_by": cast.alice}
    improvement(cast, older, "Long done", ended_at=now() - timedelta(days=100), **ended)
    held(reflect(cast), days_ago=90)
    assert titles(reflect(cast)) == ["Still open", *TITLES]
    Meeting.objects.filter(kind=Kind.REFLECTION).exclude(status=Status.HELD).update(
        status=Status.CANCELLED
    )
    improvement(cast, older, "Done since", ended_at=now(), **ended)
    assert titles(reflect(cast)) == ["Still open", "What has been improved", *TITLES]


@pytest.fixture
def item(cast: Cast) -> Item:
    """The item of an improvement of last time, that runs; Mina has the pen."""
    improvement(cast, held(reflect(cast)), "Answer within a day")
    meeting = booked_for(reflect(cast), now())
    holding.begin(by=cast.reader("mina"), reference=meeting.reference)
    first = Item.objects.filter(meeting=meeting, follows__isnull=False).get()
    holding.begin_item(by=cast.reader("mina"), reference=meeting.reference, item=first.pk)
    return first


def said(client: Client, item: Item, ending: str, **typed: object) -> HttpResponse:
    """What became of it, by the form of the screen."""
    day = today() + timedelta(days=30)
    given = {
        "key": new_key(),
        "version": Action.objects.get(pk=item.follows_id).version,
        "ending": ending,
        "words": "",
        "due_on-day": day.day,
        "due_on-month": day.month,
        "due_on-year": day.year,
        **typed,
    }
    here = f"/meetings/{item.meeting.reference}/at/"
    return client.post(f"{here}items/{item.pk}/improvement/", given)


def test_what_became_of_it_is_said_at_the_meeting(cast: Cast, as_: As, item: Item) -> None:
    mina, here = as_("mina"), f"/meetings/{item.meeting.reference}/at/"
    assert "What became of it?" in mina.get(here).content.decode()
    assert "What became of it?" not in as_("alice").get(here).content.decode()
    assert said(mina, item, "open").status_code == 302
    row = Action.objects.get(pk=item.follows_id)
    assert (row.state, row.due_on) == (ActionState.OPEN, today() + timedelta(days=30))
    told = Notification.objects.filter(kind="meeting.action", recipient=cast.alice)
    assert told.exists()
    assert said(mina, item, "open", version=1).status_code == 409
    no = said(mina, item, "explained")
    assert no.status_code == 422
    assert "Say why it is not done" in no.content.decode()
    assert said(mina, item, "done", words="Since May").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.words, row.ended_by) == (ActionState.DONE, "Since May", cast.mina)
    page = mina.get(here).content.decode()
    assert "What became of it?" not in page
    assert "Done: Since May" in page


def test_only_whoever_has_the_pen_says_it(cast: Cast, as_: As, item: Item) -> None:
    assert said(as_("alice"), item, "done").status_code == 409
    assert said(as_("oscar"), item, "done").status_code == 404
    other = Item.objects.filter(meeting=item.meeting, follows__isnull=True)[0]
    here = f"/meetings/{item.meeting.reference}/at/items/{other.pk}/improvement/"
    typed = {"key": new_key(), "version": 1, "ending": "done", "words": ""}
    assert as_("mina").post(here, typed).status_code == 404


def test_what_is_agreed_there_is_an_improvement_where_it_is_ticked(
    cast: Cast, as_: As, item: Item
) -> None:
    day = today() + timedelta(days=30)
    here = f"/meetings/{item.meeting.reference}/at/items/{item.pk}/action/"
    typed = {
        "owner": cast.alice.pk,
        "due_on-day": day.day,
        "due_on-month": day.month,
        "due_on-year": day.year,
    }
    tick = {"text": "One number for both", "is_improvement": "on"}
    assert as_("mina").post(here, {**typed, **tick, "key": new_key()}).status_code == 302
    plain = {**typed, "text": "Send the minutes", "key": new_key()}
    assert as_("mina").post(here, plain).status_code == 302
    kept = dict(Action.objects.filter(item=item).values_list("text", "is_improvement"))
    assert kept == {"One number for both": True, "Send the minutes": False}


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

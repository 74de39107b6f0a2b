"""What is to be done: in its owner's list, reminded once a day, done or explained."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from meetings.actions.finish import finish
from meetings.actions.hand_over import hand_over
from meetings.actions.reminding import remind_of_actions
from meetings.models import Action
from meetings.states import ActionState
from portal.accounts.desks import desk_of_team
from portal.core.clock import today
from portal.core.refused import NotYours, Refused, Stale
from portal.notifications.models import Notification
from referrals.models import MeetingEntry
from tests.cast import Cast
from tests.conftest import send
from tests.meetings.conftest import new_key
from tests.meetings.held import begun
from tests.meetings.test_outcome import agree
from tests.referrals.test_budget import queries

As = Callable[[str], Client]


def agreed(cast: Cast, days: int = 3, text: str = "Ring the daughter") -> Action:
    meeting, item = begun(cast, send(cast).reference)
    agree(cast, meeting, item, text=text)
    action = Action.objects.latest("pk")
    Action.objects.filter(pk=action.pk).update(due_on=today() + timedelta(days=days))
    action.refresh_from_db()
    return action


def end(cast: Cast, action: Action, ending: ActionState, words: str, **changes: object) -> Action:
    given = {"version": action.version, "key": new_key(), "by": cast.reader("alice"), **changes}
    return finish(action=action.pk, ending=ending, words=words, **given)  # type: ignore[arg-type]


def reminders() -> int:
    return Notification.objects.filter(kind="meeting.action-due", channel="app").count()


@pytest.mark.parametrize(("days", "told"), [(1, 0), (0, 1), (-1, 1), (-40, 1)])
def test_whoever_owns_it_is_reminded_when_it_is_due_and_once_a_day(
    cast: Cast, days: int, told: int
) -> None:
    agreed(cast, days)
    remind_of_actions()
    remind_of_actions()
    assert reminders() == told


def test_a_reminder_that_fails_waits_at_the_desk_of_its_owner(cast: Cast) -> None:
    meeting, item = begun(cast, send(cast).reference)
    agree(cast, meeting, item, owner=cast.sam.pk, due_on=today())
    assert meeting.team == cast.teams["park"]
    remind_of_actions()
    due = Notification.objects.filter(kind="meeting.action-due")
    assert set(due.values_list("desk", flat=True)) == {desk_of_team(cast.teams["front_door"].pk)}


def test_the_next_day_they_are_reminded_again_until_it_has_ended(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = agreed(cast, 0)
    remind_of_actions()
    tomorrow: date = today() + timedelta(days=1)
    monkeypatch.setattr("meetings.actions.reminding.today", lambda: tomorrow)
    remind_of_actions()
    assert reminders() == 2
    end(cast, action, ActionState.DONE, "")
    monkeypatch.setattr("meetings.actions.reminding.today", lambda: tomorrow + timedelta(days=1))
    remind_of_actions()
    assert reminders() == 2


def test_what_is_done_leaves_the_open_ones_and_stands_on_the_referral(cast: Cast, as_: As) -> None:
    action = agreed(cast)
    end(cast, action, ActionState.DONE, "She comes on Friday")
    entry = MeetingEntry.objects.get(verb="done")
    assert entry.text == "Ring the daughter. She comes on Friday"
    html = as_("sam").get(f"/referrals/{action.referral.reference}/").content.decode()
    assert "Done by Dr Alice Abbot, GP: Ring the daughter. She comes on Friday" in html
    assert 'nhsuk-heading-xs">To do' not in html


def test_what_is_not_done_is_explained(cast: Cast) -> None:
    action = agreed(cast)
    with pytest.raises(Refused, match="Say why it was not done"):
        end(cast, action, ActionState.EXPLAINED, "  ")
    end(cast, action, ActionState.EXPLAINED, "She has no telephone")
    assert MeetingEntry.objects.get(verb="explained").by == cast.alice
    with pytest.raises(Refused, match="explained already"):
        end(cast, action, ActionState.DONE, "", version=2)


def test_it_ends_once_however_often_it_is_sent_and_never_from_an_old_page(cast: Cast) -> None:
    action, key = agreed(cast), new_key()
    with pytest.raises(Stale):
        end(cast, action, ActionState.DONE, "", version=7)
    end(cast, action, ActionState.DONE, "Rung", key=key)
    again = end(cast, action, ActionState.DONE, "Rung", key=key)
    assert (again.version, MeetingEntry.objects.filter(verb="done").count()) == (2, 1)


def test_nobody_ends_what_is_another_s(cast: Cast, as_: As) -> None:
    action = agreed(cast)
    for name in ("sam", "oscar"):
        with pytest.raises(NotYours):
            end(cast, action, ActionState.DONE, "", by=cast.reader(name))
        assert as_(name).post(f"/meetings/actions/{action.pk}/", {}).status_code == 404


def test_the_list_says_what_is_due_and_keeps_what_was_typed(cast: Cast, as_: As) -> None:
    action, alice = agreed(cast, -2), as_("alice")
    html = alice.get("/meetings/actions/").content.decode()
    assert "Ring the daughter" in html
    assert "2 days overdue" in html
    bad = alice.post(
        f"/meetings/actions/{action.pk}/",
        {"key": "x" * 12, "version": "1", "ending": "explained", "words": ""},
    )
    assert bad.status_code == 422
    assert f'href="#action-{action.pk}-words"' in bad.content.decode()
    good = {"key": "x" * 12, "version": "1", "ending": "done", "words": "Rung"}
    assert alice.post(f"/meetings/actions/{action.pk}/", good).status_code == 302
    assert "Nothing to do" in alice.get("/meetings/actions/").content.decode()


def test_as_many_queries_for_25_actions_as_for_one(cast: Cast, as_: As) -> None:
    meeting, item = begun(cast, send(cast).reference)
    agree(cast, meeting, item)
    alice = as_("alice")
    alice.get("/meetings/actions/")
    one = queries(alice, "/meetings/actions/")
    for _ in range(24):
        agree(cast, meeting, item)
    assert queries(alice, "/meetings/actions/") == one
    assert one <= 12


@pytest.mark.parametrize(
    ("people", "heir"), [(("sam", "alice", "ada"), "ada"), (("sam", "alice"), "tess")]
)
def test_what_a_leaver_was_to_do_goes_to_a_colleague_who_was_there_or_the_organiser(
    cast: Cast, people: tuple[str, ...], heir: str
) -> None:
    meeting, item = begun(cast, send(cast).reference, must=people)
    meeting.organiser = cast.tess
    meeting.save()
    agree(cast, meeting, item)
    hand_over(user=cast.alice, teams=[cast.teams["front_door"]], by=None)
    assert Action.objects.get().owner == cast.alice
    hand_over(user=cast.alice, teams=[cast.teams["park"]], by=None)
    assert Action.objects.get().owner == cast.users[heir]
    told = Notification.objects.filter(kind="meeting.action", channel="app").latest("pk")
    assert told.recipient == cast.users[heir]

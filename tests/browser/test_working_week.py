"""A GP sets a working week in a few presses; a colleague who keeps the rota sets another's."""

import pytest

from portal.worktime.models import Pattern
from tests.browser.conftest import Visitor
from tests.browser.stack import Portal

FEW = 5


@pytest.mark.parametrize("scripts", [True, False])
def test_two_surgeries_a_day_and_not_wednesdays_in_four_presses(
    visitor: Visitor, portal: Portal, scripts: bool
) -> None:
    alice = visitor("alice", scripts=scripts)
    alice.goes_to("/account/").reads("Your working week is not set")
    alice.follows("Set your working week").follows("Set the week")
    alice.is_on("Set your working week")

    presses = [
        lambda: alice.chooses("GP, two surgeries a day"),
        lambda: alice.chooses("Wednesday"),
        lambda: alice.presses("Show the week"),
        lambda: alice.presses("Keep this week"),
    ]
    for press in presses:
        press()

    assert len(presses) <= FEW
    alice.looks().is_on("Your working week")
    alice.reads("08:30 to 11:30 Clinic or surgery", "Not at work", "Park Practice")
    pattern = Pattern.objects.get(user=portal.cast.alice)
    assert {session.weekday for session in pattern.sessions.all()} == {0, 1, 3, 4}


def test_times_are_put_right_and_what_is_wrong_is_said(visitor: Visitor) -> None:
    alice = visitor("alice")
    alice.goes_to("/account/week/").follows("Set the week")
    alice.chooses("GP, mornings").presses("Show the week")
    alice.types(**{"line0-starts": "nine"}).presses("Keep this week")
    alice.reads("There is a problem", "must be a time such as 08:30")
    assert alice.field("line0-starts").input_value() == "nine"
    alice.types(**{"line0-starts": "9:00"}).presses("Keep this week")
    alice.is_on("Your working week").reads("09:00 to 11:30 Clinic or surgery")


def test_the_practice_administrator_sets_it_for_a_colleague(visitor: Visitor) -> None:
    ada = visitor("ada")
    ada.goes_to("/account/week/team/").looks().reads("Dr Alice Abbot", "Not set.")
    ada.follows("Set it for Dr Alice Abbot")
    ada.chooses("GP, mornings").presses("Show the week").presses("Keep this week")
    ada.is_on("Dr Alice Abbot’s working week")


def test_the_page_of_calendars(visitor: Visitor) -> None:
    alice = visitor("alice")
    alice.goes_to("/account/calendars/").looks()
    alice.types(address="http://example.org/a.ics").presses("Add this calendar")
    alice.reads("The address must begin with https:// or webcal://")
    assert alice.field("address").input_value() == "http://example.org/a.ics"
    alice.types(address="https://example.org/a.ics").presses("Add this calendar")
    alice.looks().reads("It is being read", "Calendar at example.org")

"""A clinic is set on top of a booked meeting: those concerned read it, and it gets another time."""

import re

from meetings.models import Participant
from portal.core.clock import london
from tests.browser.conftest import Visitor
from tests.browser.people import Somebody
from tests.browser.stack import Portal
from tests.browser.steps import given_a_referral_has_been_sent
from tests.meetings.conftest import arranged, booked, works

MARK = "A clinic has come to lie on it"


def given_a_meeting_between_her_surgeries(portal: Portal) -> str:
    """Of Sam with Dr Abbot, booked for the best of the times; the address of its page."""
    works(portal.cast, "alice")
    about = given_a_referral_has_been_sent(portal)
    meeting = arranged(portal.cast, by="sam", must=("sam", "alice"), about=about)
    return f"/meetings/{booked(portal.cast, meeting, by='sam').reference}/"


def when_she_has_a_clinic_then(gp: Somebody, meeting: str) -> None:
    """On the day of the meeting, from its beginning on."""
    starts = london(Participant.objects.get(user=gp.portal.cast.alice).starts_at)
    gp.goes_to("/account/week/")
    gp.page.get_by_text("Add a single day", exact=True).click()
    day = {"day-day": starts.day, "day-month": starts.month, "day-year": starts.year}
    gp.types(**{name: str(number) for name, number in day.items()})
    gp.field("kind").select_option(label="Clinic or surgery")
    gp.types(starts=f"{starts:%H:%M}", ends=f"{starts.replace(minute=55):%H:%M}")
    gp.presses("Add the day").reads("Kept: meetings go round it from now on.")


def test_both_read_it_and_another_time_is_chosen(visitor: Visitor, portal: Portal) -> None:
    meeting = given_a_meeting_between_her_surgeries(portal)
    sam, alice = visitor("sam"), visitor("alice", width=320)
    sam.goes_to(meeting).does_not_read("Something has come to lie on this meeting")

    when_she_has_a_clinic_then(alice, meeting)

    alice.goes_to("/meetings/").reads(MARK)
    alice.goes_to(meeting).reads("You are now in clinic then", "Sam Sharp has been told")
    sam.goes_to("/meetings/").reads(MARK, "Find another time")
    sam.goes_to(meeting).reads("Dr Alice Abbot is now in clinic then", "until it is resolved")
    sam.follows("Find another time")
    sam.page.get_by_role("button", name=re.compile("^Move it here")).first.click()
    sam.page.wait_for_url(f"**{meeting}")
    sam.looks().does_not_read("Something has come to lie on this meeting")
    alice.goes_to("/meetings/").does_not_read(MARK)
    assert Participant.objects.get(user=portal.cast.alice).clash == ""

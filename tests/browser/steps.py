"""What people do, in their own words. Each step ends on a page that has been looked at."""

import re
from datetime import time, timedelta

from playwright.sync_api import expect

from contacts.models import Contact, Service, ServiceHours
from portal.core.clock import london, now
from portal.worktime.words import moment_words
from referrals.models import Referral
from tests.browser.people import Somebody
from tests.browser.stack import Portal
from tests.conftest import send

PERSON = "Margaret Example"
FIRST_POINT = "Can she stay at home safely?"
SIX_ANSWERS = {
    "person_name": PERSON,
    "born_on-day": "4",
    "born_on-month": "2",
    "born_on-year": "1941",
    "nhs_number": "999 012 3454",
    "address": "12 Invented Road, Sale",
    "point_1": FIRST_POINT,
    "point_2": "A carer's assessment for her husband?",
    "why_now": "Two falls in ten days",
    "with_person": "Husband, 87",
    "call_back": "0161 496 0321, between surgeries",
}


# --- given ---
def given_a_referral_has_been_sent(portal: Portal, to: str = "front_door") -> str:
    """Dr Abbot of Park Practice has sent one; its reference."""
    return str(send(portal.cast, to=to).reference)


def given_a_referral_that_sam_holds(sam: Somebody) -> str:
    """It has been sent to the front door, and Sam has claimed it; its reference."""
    reference = given_a_referral_has_been_sent(sam.portal)
    sam.goes_to("/referrals/inbox/").presses(f"Claim {reference}")
    return reference


def given_the_front_door_is_closed(portal: Portal) -> str:
    """It opens the day after tomorrow, until then the emergency duty team is there; the words."""
    service = portal.cast.services["front_door"]
    opens = (london(now()) + timedelta(days=2)).replace(hour=8, minute=30, second=0, microsecond=0)
    duty = _emergency_duty_team(service)
    ServiceHours.objects.create(
        service=service, weekday=opens.weekday(), opens=time(8, 30), closes=time(17)
    )
    Service.objects.filter(pk=service.pk).update(is_always_open=False, out_of_hours=duty)
    return moment_words(opens, now())


def _emergency_duty_team(of: Service) -> Service:
    duty, made = Service.objects.get_or_create(
        organisation=of.organisation,
        name="Emergency duty team",
        defaults={
            "kind": Service.Kind.EMERGENCY_DUTY,
            "basis": of.basis,
            "nation": of.nation,
            "is_always_open": True,
        },
    )
    if made:
        Contact.objects.create(
            service=duty,
            kind=Contact.Kind.TELEPHONE,
            value="0161 496 0199",
            visibility=Contact.Visibility.PUBLIC,
        )
    return duty


# --- when: the sender ---
def when_they_ask_who_to_contact_for(reader: Somebody, postcode: str) -> Somebody:
    """Type a postcode into the box on the first page."""
    return reader.goes_to("/").types(postcode=postcode).presses("Show who to contact")


def when_she_begins_a_referral(gp: Somebody, postcode: str = "m332rh") -> Somebody:
    """From the answer to the page with the six questions."""
    return when_they_ask_who_to_contact_for(gp, postcode).presses("Make a referral")


def when_she_gives_the_six_answers(gp: Somebody, **changes: str) -> Somebody:
    """Fill in the page; nothing is sent."""
    gp.types(**{**SIX_ANSWERS, **changes})
    return gp.chooses("Routine").chooses("Told, and agrees")


def when_she_refers(gp: Somebody, **changes: str) -> str:
    """The whole of it, from the postcode to the referral that was sent; the reference."""
    when_she_begins_a_referral(gp)
    when_she_gives_the_six_answers(gp, **changes)
    gp.presses("Send").is_on("Sent. Not yet received")
    gp.follows("Open the referral")
    return gp.reference


def when_she_answers(gp: Somebody, reference: str, words: str) -> Somebody:
    """In the thread, where the question stands."""
    gp.goes_to(f"/referrals/{reference}/").reads("The team asks you")
    form = gp.page.locator(f'form[action="/referrals/{reference}/answer/"]')
    form.locator("[name=body]").fill(words)
    return gp.presses("Send the answer")


# --- when: the team ---
def when_he_claims_it(worker: Somebody, reference: str) -> Somebody:
    """From the inbox."""
    worker.goes_to("/referrals/inbox/")
    return worker.presses(f"Claim {reference}")


def when_he_asks(worker: Somebody, reference: str, words: str) -> Somebody:
    """A question to the sender, from the referral's page."""
    worker.goes_to(f"/referrals/{reference}/").follows("Ask")
    return worker.types(body=words).presses("Ask")


def when_he_accepts_for(worker: Somebody, reference: str, colleague: str) -> Somebody:
    """With a named worker."""
    worker.goes_to(f"/referrals/{reference}/").follows("Accept").chooses("A named worker")
    worker.field("worker").select_option(label=colleague)
    return worker.presses("Accept")


# --- then ---
def then_it_has_been_saved(gp: Somebody) -> None:
    """The page has saved itself, and says when."""
    status = gp.page.locator("[data-autosave-status]")
    expect(status).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))


def then_there_is_one_referral() -> None:
    """However often something was pressed."""
    assert Referral.objects.count() == 1


def timeline_of(reader: Somebody, reference: str) -> list[str]:
    """What the reader sees under "Where it is", without the button to undo their own part."""
    reader.goes_to(f"/referrals/{reference}/")
    lines = (
        reader.page.get_by_role("region", name="Where it is")
        .get_by_role("listitem")
        .all_inner_texts()
    )
    return [re.sub(r"\s*Undo \(until \d\d:\d\d\)\s*", "", line) for line in lines]


def then_both_see_the_same(one: Somebody, other: Somebody, reference: str, *lines: str) -> None:
    """One timeline for both sides, with these lines in it, in this order."""
    seen, seen_too = timeline_of(one, reference), timeline_of(other, reference)
    assert seen == seen_too
    found = [next((i for i, text in enumerate(seen) if line in text), None) for line in lines]
    assert None not in found, f"{lines} in {seen}"
    assert found == sorted(found), f"{lines} in this order in {seen}"  # type: ignore[type-var]

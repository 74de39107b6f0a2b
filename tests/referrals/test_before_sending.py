"""Before and after a referral is sent: the banner, the letter, what is open already, the truth."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from contacts.models import Contact, Service
from portal.api.actions import create_token
from portal.core.clock import today
from referrals.actions.claim import claim
from referrals.actions.end import withdraw
from referrals.actions.send import PersonDetails
from referrals.models import Draft, Referral
from tests.cast import Cast
from tests.conftest import send
from tests.contacts.test_pages import words as words_of
from tests.referrals.test_api import SIX as API_SIX
from tests.referrals.test_pages import SIX, As, started

BANNER = (
    "EXAMPLE, Margaret (Mrs)  Born 12-Mar-1948 (78y)  NHS No. 999 012 3454"
    "  Tel 0161 496 0321  Address 12 Invented Road, Sale, M33 2RH"
)
MARGARET = PersonDetails(
    name="Margaret EXAMPLE", nhs_number="9990123454", born_on=date(1948, 3, 12)
)
LETTER = "Dear colleague,\n\nshe fell twice.\n\nYours"


def field_of(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', html)
    return found[1] if found else ""


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in SIX.items() if name not in names}


# --- the banner ---
def test_a_banner_fills_what_is_empty_and_leaves_what_is_typed(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    typed = {"person_name": "Peggy Example", "address": "12 invented road, SALE"}
    page = browser.post(address, {**typed, "banner": BANNER, "fill": "1", "version": "1"})
    html = page.content.decode()
    assert page.status_code == 200
    assert field_of(html, "person_name") == "Peggy Example"
    assert field_of(html, "nhs_number") == "999 012 3454"
    assert field_of(html, "born_on-year") == "1948"
    assert field_of(html, "telephone") == "0161 496 0321"
    assert field_of(html, "postcode") == "M33 2RH"
    assert 'value="person_name:Margaret Example"' in html
    assert 'value="address:' not in html  # the same words, written otherwise
    assert "Filled in: date of birth, NHS number, postcode and telephone." in html
    assert "There is a problem" not in html
    assert "The name was not found" not in html
    assert Draft.objects.get().typed["nhs_number"] == "999 012 3454"
    assert "banner" not in Draft.objects.get().typed


def test_what_was_found_is_used_when_asked(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    typed = {"person_name": "Peggy", "born_on-day": "1", "banner": BANNER, "version": "1"}
    html = browser.post(address, {**typed, "use": "born_on:1948-03-12"}).content.decode()
    boxes = [field_of(html, f"born_on-{part}") for part in ("day", "month", "year")]
    assert boxes == ["12", "3", "1948"]
    assert field_of(html, "person_name") == "Peggy"


def test_with_scripts_the_page_saves_itself(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    typed = {"banner": BANNER, "fill": "1", "version": "1"}
    html = browser.post(address, typed, headers={"HX-Request": "true"}).content.decode()
    assert field_of(html, "nhs_number") == "999 012 3454"
    assert Draft.objects.get().version == 1


def test_two_numbers_are_both_offered(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    two = "NHS No 999 000 0018  NHS No 943 476 5919"
    html = browser.post(address, {"banner": two, "fill": "1"}).content.decode()
    assert field_of(html, "nhs_number") == ""
    assert 'value="nhs_number:999 000 0018"' in html
    assert 'value="nhs_number:943 476 5919"' in html


def test_a_whole_record_is_too_much_and_says_so(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    html = browser.post(address, {"banner": BANNER * 50, "fill": "1"}).content.decode()
    assert "Copy only the line at the top." in html
    assert field_of(html, "person_name") == ""


# --- the letter ---
def test_a_letter_stands_in_place_of_the_points(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    sent = browser.post(address, {**without("point_1"), "letter": LETTER, "version": "1"})
    assert sent.status_code == 302
    referral = Referral.objects.get()
    assert (referral.letter, referral.points.count()) == (LETTER, 0)
    page = f"/referrals/{referral.reference}/"
    for name in ("alice", "sam"):
        html = as_(name).get(page).content.decode()
        assert "<li>In the letter</li>" in html
        assert "Dear colleague,\n\nshe fell twice." in html
    assert "In the letter" in as_("sam").get("/referrals/inbox/").content.decode()


def test_programs_send_a_letter_and_who_was_rung(cast: Cast) -> None:
    body = {k: v for k, v in API_SIX.items() if k != "points"}
    body |= {"service": cast.services["front_door"].reference, "letter": LETTER}
    body |= {"urgency": "today", "rung_whom": "Duty desk", "rung_at": "2026-11-20T10:20:00Z"}
    headers = {"Authorization": f"Bearer {create_token(owner=cast.alice, days=1)}"}
    answer = Client().post(
        "/api/v1/referrals/",
        json.dumps(body),
        content_type="application/json",
        headers={**headers, "Idempotency-Key": "with-a-letter"},
    )
    told = answer.json()
    assert answer.status_code == 201, told
    assert (told["letter"], told["points"], told["rung_whom"]) == (LETTER, [], "Duty desk")
    assert told["rung_at"] == "2026-11-20T10:20:00Z"
    neither = {k: v for k, v in body.items() if k != "letter"}
    answer = Client().post(
        "/api/v1/referrals/",
        json.dumps(neither),
        content_type="application/json",
        headers={**headers, "Idempotency-Key": "with-neither"},
    )
    assert answer.json()["fields"]["points"]


# --- nothing else is required, and nothing bars ---
def test_nothing_that_speaks_against_it_bars_sending(cast: Cast, as_: As) -> None:
    """Under 18, a doubtful number, a need that is not met, a team that is closed."""
    with time_machine.travel(datetime(2026, 12, 6, 12, 0, tzinfo=UTC), tick=False):  # a Sunday
        browser, address = started(cast, as_)
        born = {"born_on-day": "1", "born_on-month": "1", "born_on-year": "2015"}
        odd = {"call_back": "ask the ward", "telephone": "12"}
        sent = browser.post(address, {**SIX, **born, **odd}, follow=True)
        html = sent.content.decode()
    assert "Sent. Not yet received" in html
    assert "Nobody will read this before tomorrow 08:30" in html
    assert "Under 18: children&#39;s services are another door" in html
    assert "there is no telephone number in this" in html
    page = as_("sam").get(f"/referrals/{Referral.objects.get().reference}/").content.decode()
    assert "under 18: children&#39;s services" in page


@pytest.mark.parametrize("name", sorted(SIX))
def test_each_of_the_six_is_asked_for_and_nothing_else(cast: Cast, as_: As, name: str) -> None:
    browser, address = started(cast, as_)
    page = browser.post(address, without(name))
    assert page.status_code == 422
    assert f'href="#id_{name}"' in page.content.decode()


def test_a_birth_date_ahead_says_so(cast: Cast, as_: As) -> None:
    browser, address = started(cast, as_)
    born = {"born_on-day": "1", "born_on-month": "1", "born_on-year": str(today().year + 1)}
    html = browser.post(address, {**SIX, **born}).content.decode()
    assert "The date of birth cannot be in the future" in html


# --- the button and the page after it ---
@pytest.fixture
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    """Monday, just before the front door closes at 17:00."""
    with time_machine.travel(datetime(2026, 12, 7, 16, 59, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def duty_team(cast: Cast) -> None:
    front_door = cast.services["front_door"]
    duty = Service.objects.create(
        organisation=front_door.organisation,
        name="Emergency duty team",
        kind=Service.Kind.EMERGENCY_DUTY,
        basis=front_door.basis,
        nation="England",
        is_always_open=True,
    )
    Contact.objects.create(
        service=duty,
        kind=Contact.Kind.TELEPHONE,
        value="0161 496 0199",
        visibility=Contact.Visibility.PUBLIC,
    )
    Service.objects.filter(pk=front_door.pk).update(out_of_hours=duty)


def test_the_button_tells_the_truth_at_every_moment(
    cast: Cast, as_: As, clock: time_machine.Traveller
) -> None:
    duty_team(cast)
    browser, address = started(cast, as_)
    html = browser.get(address).content.decode()
    assert ">Send</button>" in html
    clock.shift(120)
    live = browser.get(f"{address}check/").content.decode()
    page = browser.get(address).content.decode()
    assert "0161 496 0123</a>, closed. Opens tomorrow 08:30." in page
    assert "Send: nobody will read this before tomorrow 08:30" in live
    assert "0161 496 0199" in live
    # The page was open over closing time, and its button still says "Send".
    after = browser.post(address, {**SIX, "version": "1"}, follow=True).content.decode()
    assert "Nobody will read this before tomorrow 08:30: the team is closed." in after
    # It is routine: the duty team is for what cannot wait.
    assert "If it cannot wait, ring the emergency duty team" in after
    assert "0161 496 0199" in after
    referral = Referral.objects.get()
    assert referral.readable_from == datetime(2026, 12, 8, 8, 30, tzinfo=UTC)
    path = f"/referrals/{referral.reference}/"
    assert "the team is closed until Tue 8 Dec 08:30" in browser.get(path).content.decode()
    clock.move_to(datetime(2026, 12, 8, 8, 31, tzinfo=UTC))
    assert "the team was closed until today 08:30" in as_("alice").get(path).content.decode()


def test_withdrawn_before_the_team_ever_opened_it_took_none_of_its_time(
    cast: Cast, as_: As, clock: time_machine.Traveller
) -> None:
    clock.shift(120)
    sent = send(cast)
    withdraw(
        by=cast.reader("alice"),
        reference=sent.reference,
        version=sent.version,
        reason="sent-in-error",
    )
    page = words_of(as_("alice").get(f"/referrals/{sent.reference}/").content.decode())
    assert "0 min working time" in page
    board = words_of(as_("alice").get("/referrals/").content.decode())
    assert "Nobody" in board
    assert "Nobody yet" not in board


def test_without_a_duty_team_the_services_own_number_stands_there(
    cast: Cast, as_: As, clock: time_machine.Traveller
) -> None:
    clock.shift(120)
    browser, address = started(cast, as_)
    assert "0161 496 0123" in browser.get(f"{address}check/").content.decode()


@pytest.mark.parametrize("whom", ["", "nobody yet"])
def test_urgent_and_nobody_rung_is_said_loudly(
    cast: Cast, as_: As, clock: time_machine.Traveller, whom: str
) -> None:
    browser, address = started(cast, as_)
    html = browser.post(
        address, {**SIX, "urgency": "today", "rung_whom": whom}, follow=True
    ).content.decode()
    assert "Ring now: it is for today, and nobody has been rung." in html
    assert "If it cannot wait" not in html
    assert "0161 496 0123" in html
    page = as_("sam").get(f"/referrals/{Referral.objects.get().reference}/").content.decode()
    assert "Nobody yet, when it was sent" in page


@pytest.mark.parametrize(
    ("when", "words"),
    [("16:20", "Duty desk, Mon 7 Dec 16:20"), ("before lunch", "Duty desk, before lunch")],
)
def test_whom_and_when_is_shown_to_the_team(
    cast: Cast, as_: As, clock: time_machine.Traveller, when: str, words: str
) -> None:
    browser, address = started(cast, as_)
    urgent = {"urgency": "today", "rung_whom": "Duty desk", "rung_at": when}
    html = browser.post(address, {**SIX, **urgent}, follow=True).content.decode()
    assert "Ring now" not in html
    page = as_("sam").get(f"/referrals/{Referral.objects.get().reference}/").content.decode()
    assert words in page


def test_a_time_without_a_name_is_shown(cast: Cast, as_: As, clock: time_machine.Traveller) -> None:
    browser, address = started(cast, as_)
    urgent = {"urgency": "today", "rung_whom": "", "rung_at": "16:20"}
    html = browser.post(address, {**SIX, **urgent}, follow=True).content.decode()
    assert "Ring now" not in html
    page = as_("sam").get(f"/referrals/{Referral.objects.get().reference}/").content.decode()
    assert "Somebody, Mon 7 Dec 16:20" in page


def test_once_it_is_acknowledged_the_referral_itself_is_shown(cast: Cast, as_: As) -> None:
    reference = send(cast).reference
    browser = as_("alice")
    assert "Not yet received" in browser.get(f"/referrals/{reference}/sent/").content.decode()
    claim(by=cast.reader("sam"), reference=reference)
    answer = browser.get(f"/referrals/{reference}/sent/")
    assert answer["Location"] == f"/referrals/{reference}/"

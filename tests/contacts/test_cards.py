"""A practice's single points of access: the page, and the one sheet of paper."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from contacts.actions.practices import save_catchment
from contacts.actions.services import save_service
from contacts.cards import practice_doors
from contacts.models import Contact, Council, Practice, Responsibility, Service
from contacts.presenters.card import card_of
from contacts.rules import ContactFacts
from contacts.states import Channel, Kind, Visibility
from portal.core.models import RateCount
from tests.contacts.conftest import MANCHESTER, PRACTICE_THERE, TRAFFORD, World, entry, organisation
from tests.contacts.sheets import pages_of
from tests.contacts.test_pages import words

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGE = f"/who-to-contact/practices/{PRACTICE_THERE}/"
PDF = f"{PAGE}card.pdf"


# --- what stands on it ----------------------------------------------------------------------------
def test_its_own_council_first_then_by_share(world: World, catchment: Practice) -> None:
    found = practice_doors(PRACTICE_THERE, AT)
    assert found is not None
    assert [(one.authority.short_name, one.share, one.is_own) for one in found.councils] == [
        ("Manchester", 0.79, True),
        ("Trafford", 0.2, False),
    ]
    trafford = found.councils[1]
    assert trafford.front_door
    assert trafford.front_door.reference == world.services["front_door"].reference
    assert trafford.safeguarding
    assert trafford.safeguarding.reference == world.services["safeguarding"].reference
    assert trafford.out_of_hours
    assert trafford.out_of_hours.reference == world.services["duty"].reference


def test_where_nobody_has_said_where_its_people_live_its_own_council_stands_alone(
    world: World,
) -> None:
    found = practice_doors(PRACTICE_THERE, AT)
    assert found is not None
    assert [(one.authority.gss, one.share) for one in found.councils] == [(MANCHESTER, None)]


def test_a_council_that_has_ended_is_on_no_card(world: World, catchment: Practice) -> None:
    Responsibility.objects.filter(authority=organisation(TRAFFORD)).update(
        authority=organisation(MANCHESTER), authority_gss=MANCHESTER
    )
    found = practice_doors(PRACTICE_THERE, AT)
    assert found is not None
    assert [one.authority.gss for one in found.councils] == [MANCHESTER]


def test_a_council_without_an_entry_has_its_main_number(world: World, catchment: Practice) -> None:
    Service.objects.filter(organisation=organisation(MANCHESTER)).update(closed_on="2026-01-01")
    Council.objects.filter(gss=MANCHESTER).update(main_telephone="0161 496 0555")
    found = practice_doors(PRACTICE_THERE, AT)
    assert found is not None
    card = card_of(found, AT)
    assert card.councils[0].doors == []
    assert card.councils[0].instead.endswith("Ring its main number: 0161 496 0555.")


# --- what trusts and others run -------------------------------------------------------------------
def shared_door(covers: list[str], **changes: Any) -> Service:
    """A front door that a trust runs together with the councils."""
    telephone = ContactFacts(Channel.TELEPHONE, "0161 496 0444")
    facts = {"name": "Joint front door", "covers": covers, "contacts": [telephone], **changes}
    return save_service(
        facts=entry(**facts),
        organisation=organisation("R0A"),
        by=None,
    )


def test_a_door_that_a_trust_shares_stands_where_the_council_has_none(
    world: World, catchment: Practice
) -> None:
    for gss in (MANCHESTER, TRAFFORD):
        rows = Service.objects.filter(organisation=organisation(gss), kind=Kind.FRONT_DOOR)
        rows.update(closed_on="2026-01-01")
    shared = shared_door([MANCHESTER, TRAFFORD])
    found = practice_doors(PRACTICE_THERE, AT)
    assert found is not None
    for one in found.councils:
        assert one.front_door
        assert one.front_door.reference == shared.reference
        assert shared.reference not in {other.reference for other in one.others}
    with time_machine.travel(AT, tick=False):
        html = Client().get(PAGE).content.decode()
        (text,) = pages_of(Client().get(PDF).content)
    for said in (html, text):
        assert "0161 496 0444" in said
        assert "is entered here yet" not in said


def test_the_councils_own_door_stands_before_one_that_it_shares(
    world: World, catchment: Practice
) -> None:
    shared = shared_door([MANCHESTER])
    found = practice_doors(PRACTICE_THERE, AT)
    assert found is not None
    own = found.councils[0]
    assert own.front_door
    assert own.front_door.reference == world.services["other_front_door"].reference
    assert shared.reference in {one.reference for one in own.others}


def test_the_nhs_single_points_of_access_stand_on_page_and_sheet(
    world: World, catchment: Practice
) -> None:
    found = practice_doors(PRACTICE_THERE, AT)
    assert found is not None
    manchester, trafford = found.councils
    there = world.services["nursing_there"].reference
    assert [one.reference for one in manchester.others] == [there]
    # What goes by registration is that of the practice's own area, wherever its people live.
    assert trafford.others == ()
    with time_machine.travel(AT, tick=False):
        html = Client().get(PAGE).content.decode()
        (text,) = pages_of(Client().get(PDF).content)
    for said in (html, text):
        assert "Manchester district nursing" in said
        assert "0161 496 0360" in said
        assert "Goes by the practice they are registered with." in said
        assert "0161 496 0260" not in said
    # It is the trust's, and no council's.
    assert "Contact centre of Manchester" in words(html)
    assert "Manchester district nursing of" not in words(html)


def test_what_goes_by_the_home_stands_with_each_council_it_covers_whole(
    world: World, catchment: Practice
) -> None:
    falls = shared_door([MANCHESTER, TRAFFORD], kind=Kind.COMMUNITY_HEALTH)
    found = practice_doors(PRACTICE_THERE, AT)
    assert found is not None
    for council in found.councils:
        assert falls.reference in {one.reference for one in council.others}
    # Of a county only some district: nobody knows whether the people live in that one.
    Responsibility.objects.filter(area_gss="E08000006").update(
        authority=organisation(TRAFFORD), authority_gss=TRAFFORD
    )
    found = practice_doors(PRACTICE_THERE, AT)
    assert found is not None
    assert falls.reference in {one.reference for one in found.councils[0].others}
    assert falls.reference not in {one.reference for one in found.councils[1].others}


def test_what_is_no_single_point_of_access_or_another_councils_stands_on_no_card(
    world: World, catchment: Practice
) -> None:
    shared_door([MANCHESTER], is_single_point_of_access=False)
    save_service(
        facts=entry(name="Neighbour's door", covers=[MANCHESTER]),
        organisation=organisation("E08000006"),
        by=None,
    )
    found = practice_doors(PRACTICE_THERE, AT)
    assert found is not None
    assert [one.name for one in found.councils[0].others] == ["Manchester district nursing"]


@pytest.mark.parametrize("address", [PAGE, PDF])
def test_anybody_may_have_it(world: World, catchment: Practice, address: str) -> None:
    assert Client().get(address).status_code == 200
    assert Client().post(address).status_code == 405


def test_the_page_in_words(world: World, catchment: Practice) -> None:
    with time_machine.travel(AT, tick=False):
        html = Client().get(PAGE).content.decode()
    for said in (
        '<h1 class="cg-title">Your single points of access</h1>',
        "ring 999",
        "The practice&#39;s own council. 79% of the practice&#39;s people live here.",
        "20% of the practice&#39;s people live here.",
        '<a class="cg-telephone" href="tel:01614960123">0161 496 0123</a>',
        "Monday to Friday 08:30 to 17:00. Not on bank holidays.",
        "Day and night.",
        "They need to know: What has changed.",
        f'href="{PDF}"',
    ):
        assert said in html


@pytest.mark.parametrize("ods", ["S12345", "P9", "x" * 300, "P84035'--", "é"])
def test_a_practice_that_no_list_has_is_not_known_here(world: World, ods: str) -> None:
    for address in (
        f"/who-to-contact/practices/{ods}/",
        f"/who-to-contact/practices/{ods}/card.pdf",
    ):
        answer = Client().get(address)
        assert answer.status_code == 404
        html = answer.content.decode()
        assert "is not known here" in html
        assert "not found" not in html.lower()


def test_a_code_in_small_letters_is_the_same_practice(world: World) -> None:
    assert Client().get(PAGE.lower()).status_code == 200


def test_the_way_to_it(world: World, catchment: Practice) -> None:
    gina, dora = world.signed_in("gina"), world.signed_in("dora")
    for page in (gina.get("/"), gina.post("/who-to-contact/", {"postcode": "M33 2RH"})):
        assert f'href="{PAGE}"' in page.content.decode()
    for page in (dora.get("/"), Client().get("/")):
        assert "/practices/" not in page.content.decode()


def test_the_address_on_it_is_the_portals_public_one(world: World, settings: object) -> None:
    settings.BASE_URL = "https://portal.example.org"  # type: ignore[attr-defined]
    found = practice_doors(PRACTICE_THERE, AT)
    assert found is not None
    assert card_of(found, AT).address == f"https://portal.example.org{PAGE}"


# --- walls ----------------------------------------------------------------------------------------
def test_only_public_contacts_whoever_asks(world: World, catchment: Practice) -> None:
    Contact.objects.filter(value="0161 496 0123").update(visibility=Visibility.PROFESSIONAL)
    for browser in (Client(), world.signed_in("gina")):
        html = browser.get(PAGE).content.decode()
        (text,) = pages_of(browser.get(PDF).content)
        for hidden in ("0161 496 0123", "0161 496 0777", "refuge@example.org"):
            assert hidden not in html
            assert hidden not in text
        assert "No public number" in text


def test_sheets_are_limited_for_an_address(world: World) -> None:
    assert Client().get(PDF).status_code == 200
    RateCount.objects.update(count=20)
    assert Client().get(PDF).status_code == 429
    assert Client().get(PAGE).status_code == 200


def test_shares_of_a_thousandth_are_still_somebody(world: World) -> None:
    practice = Practice.objects.get(ods=PRACTICE_THERE)
    shares = {
        organisation(MANCHESTER).pk: Decimal("0.999"),
        organisation(TRAFFORD).pk: Decimal("0.001"),
    }
    save_catchment(practice=practice, parts=["M20"], shares=shares, is_invented=True, by=None)
    assert "1% of the practice&#39;s people" in Client().get(PAGE).content.decode()


def test_a_card_that_was_read_before_costs_one_query(
    world: World, catchment: Practice, django_assert_max_num_queries: object
) -> None:
    Client().get(PAGE)
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        Client().get(PAGE)

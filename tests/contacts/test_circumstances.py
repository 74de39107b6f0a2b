"""The answer page and the API, asked further: nothing but the form carries what has been said."""

import json
import logging
import re
from typing import Any

import pytest
from django.test import Client

from contacts.actions.services import save_service
from contacts.models import Service
from contacts.rules import ContactFacts
from contacts.states import Basis, Channel, Kind
from portal.core.models import RateCount
from referrals.models import Draft
from tests.contacts.conftest import HOME, MANCHESTER, World, entry, organisation
from tests.contacts.test_pages import asked, words

pytestmark = pytest.mark.django_db
ASK, API = "/who-to-contact/", "/api/v1/who-to-contact/"


def ask(browser: Client | None = None, status: int = 200, **said: Any) -> str:
    answer = (browser or Client()).post(ASK, {"postcode": HOME, **said})
    assert answer.status_code == status
    return answer.content.decode()


def post(status: int = 200, **said: Any) -> dict[str, Any]:
    body = json.dumps({"postcode": HOME, **said})
    answer = Client().post(API, body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return dict(answer.json())


def form_with(html: str, mark: str) -> dict[str, str]:
    """What a browser sends with the form that holds a mark, before anybody touches it."""
    forms = re.findall(r"<form.*?</form>", html, re.S)
    form = next(one for one in forms if mark in one)
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    ticked = re.findall(r'name="(\w+)" type="checkbox" value="1" checked', form)
    chosen = re.findall(r'name="(\w+)" type="radio" value="(\w+)" checked', form)
    return {**dict(hidden), **dict.fromkeys(ticked, "1"), **dict(chosen)}


def heading(html: str) -> str:
    found = re.search(r'id="answer-title">([^<]*)<', html)
    assert found
    return found[1]


# --- the page -------------------------------------------------------------------------------------
@pytest.mark.parametrize("postcode", ["BT1 5GS", "JE2 4WD", "AB11 3AG", "BT99 9ZZ", "BF1 1AA"])
def test_where_no_question_would_change_the_answer_none_is_asked(
    world: World, postcode: str
) -> None:
    assert "change the answer?" not in asked(postcode=postcode)


def test_about_abuse_or_neglect(world: World) -> None:
    html = ask(about="safeguarding")
    said = words(html)
    assert heading(html) == "Trafford Council: adult safeguarding"
    assert "Safeguarding goes by where the person is now" in said
    assert "Postcode where the person is now" in said
    assert "It is about care and support" in said
    assert form_with(html, "other-postcode")["about"] == "safeguarding"


def test_what_the_safeguarding_adults_board_has_set_is_said_where_it_is_entered(
    world: World,
) -> None:
    Service.objects.filter(pk=world.services["safeguarding"].pk).update(
        ring_first="Ring before you write.", threshold="From the second fall in a week."
    )
    said = words(ask(about="safeguarding"))
    assert "Ring first: Ring before you write." in said
    assert "What is for them: From the second fall in a week." in said
    first = post(about="safeguarding")["single_points_of_access"][0]
    assert first["ring_first"] == "Ring before you write."
    assert first["threshold"] == "From the second fall in a week."


def test_where_no_safeguarding_is_entered_the_same_councils_front_door_takes_it(
    world: World,
) -> None:
    Service.objects.filter(pk=world.services["safeguarding"].pk).update(closed_on="2026-01-01")
    html = ask(about="safeguarding")
    assert heading(html) == "Trafford Council: adult social care front door"
    assert "say at once that it is about abuse or neglect" in words(html)


def test_placed_by_a_council_that_is_then_named(world: World) -> None:
    html = ask(home="placed")
    assert heading(html) == "Trafford Council: adult social care front door"
    assert "Adult social care goes by where the person is now" in words(html)
    assert '<option value="E08000003">Manchester City Council</option>' in html
    # The browser sends what the form holds, with the council that was chosen.
    html = ask(**{**form_with(html, "placing-council"), "placing_council": MANCHESTER})
    assert heading(html) == "Manchester City Council: contact centre"
    assert "You said: placed there by Manchester City Council." in words(html)
    assert "stays with the council that placed the person" in words(html)
    # And the other question keeps it.
    html = ask(**{**form_with(html, 'id="further"'), "about": "safeguarding"})
    assert heading(html) == "Trafford Council: adult safeguarding"
    assert "Tell Manchester City Council too: it placed the person." in words(html)
    assert "0161 496 0223" in html


def test_a_placement_that_is_unticked_forgets_its_council(world: World) -> None:
    html = ask(placing_council=MANCHESTER)
    assert heading(html) == "Trafford Council: adult social care front door"


def test_one_thing_only_can_be_chosen_about_the_home(world: World) -> None:
    html = ask(home="no_settled_home", in_hospital="1")
    assert html.count('name="home" type="radio"') == 4
    assert 'name="home" type="radio" value="no_settled_home" checked' in html
    assert html.count('type="radio" value="placed" checked') == 0
    assert 'name="in_hospital" type="checkbox" value="1" checked' in html
    assert 'name="home" type="radio" value="" checked' in ask(in_hospital="1")


def test_in_hospital_the_hub_leads_and_the_front_door_follows(world: World) -> None:
    save_service(
        facts=entry(name="Care transfer hub", kind=Kind.TRANSFER_HUB, basis=Basis.LIVES),
        organisation=organisation("E08000009"),
        by=None,
    )
    assert heading(asked()) == "Trafford Council: adult social care front door"
    html = ask(in_hospital="1")
    assert heading(html) == "Trafford Council: care transfer hub"
    assert "Trafford Council: adult social care front door" in words(html)
    assert "A stay in hospital does not move it" in words(html)


def test_under_18_no_service_for_adults_is_named(world: World) -> None:
    html = ask(under_18="1")
    assert heading(html) == "Trafford Council: children’s services"
    assert "0161 496" not in html
    assert "ake a referral" not in html


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"home": "castle"}, "Choose again what is so about the home"),
        ({"home": "placed", "placing_council": "Atlantis"}, "“Atlantis” is no council that is"),
        ({"about": "weather"}, "Choose the question again"),
        ({"about": "x" * 100_000}, "Choose the question again"),
        ({"home": "placed", "placing_council": "x" * 100_000}, "can have 120 characters at most"),
        ({"home": "placed", "placing_council": "<b>\x00"}, "cannot be kept"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_said_is_kept(
    world: World, said: dict[str, str], sentence: str
) -> None:
    html = ask(status=422, **said)
    assert sentence in words(html)
    assert f'value="{HOME}"' in html
    if said.get("home") == "placed":
        assert 'name="home" type="radio" value="placed" checked' in html


def test_a_postcode_that_is_not_loaded_is_answered_by_its_area(world: World) -> None:
    html = asked(postcode="TD1 1AA")
    assert heading(html) == "No council can be named"
    assert "could be in either Scotland or England" in words(html)
    assert form_with(html, "other-postcode") is not None
    assert 'value="TD1 1AA"' in html
    assert "https://www.gov.uk/find-local-council" in html
    for nowhere in ("BT99 9ZZ", "JE9 9ZZ", "BF1 1AA"):
        assert "find-local-council" not in asked(postcode=nowhere)


def test_services_that_are_not_arranged_here_are_said(world: World) -> None:
    for html in (asked(), asked(postcode="BT1 5GS"), Client().get("/about/").content.decode()):
        for one in ("transport", "medicines", "equipment", "brokerage", "payment"):
            assert one in html.lower()


# --- the referral goes on with the postcode -------------------------------------------------------
def test_the_other_services_take_a_referral_with_the_postcode(world: World) -> None:
    team = world.services["front_door"].receiving_team
    hub = save_service(
        facts=entry(
            name="Care transfer hub",
            kind=Kind.TRANSFER_HUB,
            contacts=[ContactFacts(Channel.TELEPHONE, "0161 496 0155")],
        ),
        organisation=organisation("E08000009"),
        receiving_team=team,
        by=None,
    )
    gina = world.signed_in("gina")
    html = asked(gina)
    address = f"/referrals/new/{hub.reference}/"
    sent = form_with(html, address)
    assert sent["postcode"] == HOME
    assert gina.post(address, sent).status_code == 302
    draft = Draft.objects.get()
    assert (draft.service.pk, draft.typed["postcode"]) == (hub.pk, HOME)
    assert address not in asked()  # a stranger signs in by the first button


# --- the API --------------------------------------------------------------------------------------
def test_the_api_takes_the_same(world: World) -> None:
    safe = post(about="safeguarding")
    assert safe["basis"] == "is-now"
    assert safe["single_points_of_access"][0]["id"] == world.services["safeguarding"].reference
    assert post(about="carer")["basis"] == "cared-for"
    assert post(no_settled_home=True)["basis"] == "is-now"
    assert post(in_hospital=True)["authority"]["gss"] == "E08000009"
    assert post(about="aftercare")["basis"] == "lives"
    young = post(under_18=True)
    assert young["single_points_of_access"] == []
    assert "children's services" in young["explanation"][0]


@pytest.mark.parametrize("council", [MANCHESTER, "Manchester City Council", "manchester"])
def test_the_placing_council_by_code_or_name(world: World, council: str) -> None:
    body = post(placed=True, placing_council=council)
    assert body["authority"]["gss"] == MANCHESTER
    assert body["single_points_of_access"][0]["name"] == "Contact centre"
    safe = post(about="safeguarding", placed=True, placing_council=council)
    assert safe["authority"]["gss"] == "E08000009"
    assert safe["single_points_of_access"][-1]["name"] == "Contact centre"
    assert any("tell it too" in sentence for sentence in safe["explanation"])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"placing_council": "Atlantis"}, "unknown-council"),
        ({"placed": True, "arranged_own_home": True}, "contradicting-circumstances"),
        ({"about": "weather"}, "invalid"),
        ({"in_hospital": "perhaps"}, "invalid"),
        ({"placing_council": "x" * 100_000}, "invalid"),
        ({"placing_council": "M\x00"}, "invalid"),
    ],
)
def test_the_api_refuses_what_cannot_be(world: World, said: dict[str, Any], code: str) -> None:
    assert post(400, **said)["code"] == code


def test_the_api_says_in_its_404_what_holds_in_the_area(world: World) -> None:
    assert "AB (Aberdeen) is in Scotland" in post(404, postcode="AB99 9ZZ")["detail"]
    assert "none begins with ZZ" in post(404, postcode="ZZ1 1ZZ")["detail"]


def test_the_schema_has_every_circumstance(world: World) -> None:
    schema = Client().get("/api/v1/schema/", headers={"accept": "application/json"}).json()
    asked_for = schema["components"]["schemas"]["PlaceQuestion"]["properties"]
    for name in (
        *("about", "in_hospital", "placed", "placing_council", "arranged_own_home"),
        *("no_settled_home", "under_18"),
    ):
        assert asked_for[name]["description"]


# --- walls ----------------------------------------------------------------------------------------
def test_nothing_that_is_said_stands_in_a_log_or_an_address(
    world: World, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    planted = {"home": "placed", "placing_council": "Planted Council", "about": "safeguarding"}
    ask(status=422, **planted)
    post(400, placed=True, placing_council="Planted Council")
    html = ask(home="placed", placing_council=MANCHESTER, about="safeguarding")
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', html)
    logged = [one.getMessage() for one in caplog.records if one.name != "django.db.backends"]
    out, err = capsys.readouterr()
    for text in (*logged, out, err, *addresses):
        for hidden in ("Planted", "M33", "m33", "safeguarding", MANCHESTER):
            assert hidden not in text


def test_further_questions_count_for_the_limit(world: World) -> None:
    ask(about="carer")
    RateCount.objects.update(count=60)
    assert Client().post(ASK, {"postcode": HOME, "about": "safeguarding"}).status_code == 429


def test_every_question_keeps_to_its_budget(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for said in ({}, {"about": "safeguarding"}, {"home": "placed"}, {"about": "carer"}):
        ask(**said)
        with django_assert_max_num_queries(2):
            ask(**said)

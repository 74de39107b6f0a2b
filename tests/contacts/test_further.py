"""Which questions and circumstances are offered beside an answer: those that change it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from contacts.actions.services import save_service
from contacts.answers import Asked, UnknownPostcode, contact_answer
from contacts.facts import Question
from contacts.models import Service
from contacts.rules import ContactFacts
from contacts.states import About, Basis, Channel, Kind
from tests.contacts.conftest import HOME, MANCHESTER, TRAFFORD, World, entry, organisation
from tests.contacts.test_circumstances import API, ask, form_with, heading
from tests.contacts.test_pages import words

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
IN_A_COUNTY, CAMBRIDGESHIRE = "CB2 3QJ", "E10000003"


def further(postcode: str = HOME, **said: Any) -> set[About]:
    """The questions that are offered beside the answer to another."""
    found = contact_answer(
        postcode=postcode, asked=Asked(), at=AT, question=Question(**said), with_further=True
    )
    return set(found.further)


def offered(html: str) -> set[str]:
    """The same, as buttons of the page."""
    return set(re.findall(r'class="cg-linklike" type="submit" name="about" value="(\w+)"', html))


def enter(kind: Kind, basis: Basis, gss: str = TRAFFORD, covers: str = "", **more: Any) -> Service:
    telephone = ContactFacts(Channel.TELEPHONE, "0161 496 0888")
    facts = {"name": "Other door", "kind": kind, "basis": basis, "contacts": [telephone], **more}
    return save_service(
        facts=entry(covers=[covers or gss], **facts), organisation=organisation(gss), by=None
    )


# --- a question is there only where it changes something ------------------------------------------
def test_a_carer_is_not_asked_for_where_nothing_would_change(world: World) -> None:
    assert further(IN_A_COUNTY) == {About.SAFEGUARDING}
    assert further() == {About.SAFEGUARDING}
    html = ask(postcode=IN_A_COUNTY)
    assert offered(html) == {"safeguarding", "aftercare"}
    text = words(html)
    assert "It is for a carer" not in text
    assert "Abuse or neglect, in hospital, placed by a council?" in text
    # What the question would have said is said.
    assert (
        "A carer asks for support where the person they care for lives: for this home that is"
        " Cambridgeshire County Council as well." in text
    )


def test_a_carer_is_asked_for_where_they_have_a_door_of_their_own(world: World) -> None:
    enter(Kind.CARERS, Basis.CARED_FOR)
    assert further() == {About.SAFEGUARDING, About.CARER}
    html = ask()
    assert "It is for a carer" in html
    assert "Abuse or neglect, a carer, in hospital, placed by a council?" in words(html)
    assert "A carer asks for support where" not in html
    assert further(about=About.CARER) == {About.CARE, About.SAFEGUARDING}


def test_the_first_answer_asks_the_two_questions_and_hides_the_circumstances(world: World) -> None:
    enter(Kind.CARERS, Basis.CARED_FOR)
    html = ask()
    assert '<button class="cg-linklike" type="submit" name="about" value="safeguarding">' in html
    assert "It is about abuse or neglect" in html
    assert "It is for a carer" in html
    assert '<details class="cg-details">' in html
    assert "Which council placed" not in html


def test_safeguarding_goes_by_where_the_person_is_now_so_it_is_asked_for(world: World) -> None:
    """Without any entry: the place can be another, and so the council."""
    assert About.SAFEGUARDING in further(IN_A_COUNTY)
    assert further(IN_A_COUNTY, about=About.SAFEGUARDING) == {About.CARE, About.CARER}


def test_where_the_person_is_now_is_meant_anyway_it_is_asked_for_only_for_its_own_door(
    world: World,
) -> None:
    assert further(IN_A_COUNTY, no_settled_home=True) == set()
    assert further(no_settled_home=True) == {About.SAFEGUARDING}  # it has an entry of its own
    Service.objects.filter(pk=world.services["safeguarding"].pk).update(closed_on="2026-01-01")
    # The same front door, but what to say at once is another thing.
    assert further(no_settled_home=True) == {About.SAFEGUARDING}
    # In hospital the hospital's council is meant; a placing council is to be told.
    assert About.SAFEGUARDING in further(IN_A_COUNTY, no_settled_home=True, in_hospital=True)
    assert About.SAFEGUARDING in further(IN_A_COUNTY, placed=True)


def test_another_authority_is_a_change(world: World) -> None:
    found = contact_answer(
        postcode=IN_A_COUNTY, asked=Asked(), at=AT, placing_council=MANCHESTER, with_further=True
    )
    assert set(found.further) == {About.SAFEGUARDING}
    safe = contact_answer(
        postcode=IN_A_COUNTY, asked=Asked(), at=AT, placing_council=MANCHESTER,
        question=Question(About.SAFEGUARDING), with_further=True,
    )  # fmt: skip
    assert set(safe.further) == {About.CARE, About.CARER}


def test_programs_do_not_pay_for_it(world: World) -> None:
    assert contact_answer(postcode=HOME, asked=Asked(), at=AT).further == ()


# --- a postcode that is not loaded ----------------------------------------------------------------
LEEDS = "LS1 1AA"


def test_by_area_the_questions_and_circumstances_can_be_given(world: World) -> None:
    html = ask(postcode=LEEDS)
    assert offered(html) == {"safeguarding", "carer", "aftercare"}
    assert "Abuse or neglect, a carer, in hospital, placed by a council?" in words(html)
    sent = form_with(html, 'id="further"')
    assert sent["postcode"] == LEEDS
    html = ask(**{**sent, "about": "safeguarding"})
    assert "Safeguarding goes by where the person is now" in words(html)
    assert "If another council has placed the person there, tell that council too." in words(html)
    assert "Postcode where the person is now" in words(html)


@pytest.mark.parametrize(
    ("said", "sentences"),
    [
        ({"in_hospital": "1"}, ["A stay in hospital does not move it"]),
        (
            {"home": "placed"},
            [
                "Someone whom a council has placed",
                "Until it is known which council that is, the council there acts first",
                "Which council placed the person there?",
            ],
        ),
        ({"home": "no_settled_home"}, ["Without a settled home", "Postcode where the person is"]),
        ({"home": "arranged_own_home"}, ["usually makes them resident there"]),
        (
            {"under_18": "1"},
            ["They go by where the child is.", "ring that council and ask for"],
        ),
        (
            {"about": "safeguarding", "in_hospital": "1"},
            ["the council of the hospital: give"],
        ),
    ],
)
@pytest.mark.parametrize("postcode", [LEEDS, "CF99 9ZZ", "TD1 1AA", "IV1 1AA"])
def test_each_circumstance_has_its_answer_by_area(
    world: World, postcode: str, said: dict[str, str], sentences: list[str]
) -> None:
    html = ask(postcode=postcode, **said)
    text = words(html)
    for one in sentences:
        assert one in text
    assert "is not loaded here, so" in text
    assert "You said:" in text
    if postcode != LEEDS:
        assert "Care Act 2014" not in text
    # It can be taken back: the form has it as it was given.
    sent = form_with(html, 'id="further"')
    assert {name: sent.get(name) for name in said if name != "about"} == {
        name: value for name, value in said.items() if name != "about"
    }


def test_the_council_that_placed_the_person_is_known_without_the_place(world: World) -> None:
    html = ask(postcode=LEEDS, home="placed")
    assert '<option value="E08000003">Manchester City Council</option>' in html
    html = ask(**{**form_with(html, "placing-council"), "placing_council": MANCHESTER})
    assert heading(html) == "Manchester City Council: contact centre"
    text = words(html)
    assert "Manchester City Council placed the person, so assessment and care stay with it." in text
    assert "although" not in text
    assert "LS1 1AA is not loaded here" in text
    html = ask(**{**form_with(html, 'id="further"'), "about": "safeguarding"})
    assert "Tell Manchester City Council too: it placed the person." in words(html)
    assert heading(html) == "No council can be named"


def test_a_placing_council_that_does_not_exist_is_refused_by_area_too(world: World) -> None:
    html = ask(status=422, postcode=LEEDS, home="placed", placing_council="Atlantis")
    assert "“Atlantis” is no council that is" in words(html)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("safeguarding", "In either an adult at risk is for the council where they are now"),
        ("carer", "In either support for a carer comes from where the person cared for lives."),
    ],
)
def test_on_a_border_it_says_what_holds_on_both_sides(world: World, about: str, said: str) -> None:
    assert said in words(ask(postcode="TD1 1AA", about=about))


@pytest.mark.parametrize("postcode", ["BT99 9ZZ", "JE9 9ZZ", "BF1 1AA"])
def test_where_no_council_can_answer_nothing_is_offered(world: World, postcode: str) -> None:
    html = ask(postcode=postcode)
    assert offered(html) == set()
    assert "#further" not in html


def test_programs_read_it_in_the_404(world: World) -> None:
    with pytest.raises(UnknownPostcode) as unknown:
        contact_answer(
            postcode=LEEDS, asked=Asked(), at=AT, question=Question(no_settled_home=True)
        )
    assert "the council where the person is now" in unknown.value.sentence
    body = {"postcode": LEEDS, "about": "safeguarding", "placing_council": MANCHESTER}
    answer = Client().post(API, body, content_type="application/json")
    assert answer.status_code == 404
    assert "Manchester City Council placed the person: tell it too." in answer.json()["detail"]


def test_by_area_costs_three_queries_at_most(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for said in ({}, {"home": "placed"}, {"about": "safeguarding"}):
        ask(postcode=LEEDS, **said)
        with django_assert_max_num_queries(3):
            ask(postcode=LEEDS, **said)

"""Councils and nations: who is responsible where, a test for each line of the field's facts."""

from datetime import UTC, date, datetime

import pytest

from contacts.answers import Asked, UnknownPostcode, contact_answer
from contacts.facts import Place, Question
from contacts.models import Postcode, Responsibility
from contacts.postal_areas import postal_area
from contacts.states import About, Basis, How
from contacts.who import Answer
from tests.contacts.asking import (
    CARDIFF,
    HIGHLAND,
    IN_HIGHLAND,
    IN_NORTHERN_IRELAND,
    IN_SCOTLAND,
    IN_WALES,
    SALFORD,
    TODAY,
    answer,
    said,
)
from tests.contacts.conftest import World


# --- the nations ----------------------------------------------------------------------------------
def test_in_wales_welsh_law_holds() -> None:
    found = answer(home=IN_WALES)
    assert (found.authority, found.nation) == (CARDIFF, "Wales")
    assert "Care Act" not in said(found)
    safe = answer(Question(About.SAFEGUARDING), IN_WALES)
    assert safe.basis == Basis.IS_NOW
    assert "section 126" in said(safe)


def test_in_scotland_through_partnerships() -> None:
    assert "partnership of Fife Council" in said(answer(home=IN_SCOTLAND))
    safe = said(answer(Question(About.SAFEGUARDING), IN_SCOTLAND))
    assert "Adult Support and Protection (Scotland) Act 2007" in safe
    assert "Carers (Scotland) Act 2016" in said(answer(Question(About.CARER), IN_SCOTLAND))


@pytest.mark.parametrize("home", [IN_WALES, IN_SCOTLAND, IN_HIGHLAND, IN_NORTHERN_IRELAND])
@pytest.mark.parametrize(
    "question",
    [
        *(Question(about) for about in About),
        Question(in_hospital=True),
        Question(placed=True),
        Question(placed=True, placed_by=SALFORD),
        Question(arranged_own_home=True),
        Question(no_settled_home=True),
        Question(under_18=True),
    ],
)
def test_no_english_law_beyond_england(home: Place, question: Question) -> None:
    words = said(answer(question, home))
    assert "Care Act 2014" not in words
    assert "Mental Health Act 1983" not in words


def test_in_highland_nhs_highland_runs_adult_social_care() -> None:
    found = answer(home=IN_HIGHLAND)
    assert found.authority == HIGHLAND
    assert "where NHS Highland, not the council, runs adult social care" in said(found)
    assert IN_HIGHLAND_SAID in said(found)
    assert "NHS Highland" not in said(answer(home=IN_SCOTLAND))


def test_in_northern_ireland_trusts_and_not_district_councils() -> None:
    found = answer(home=IN_NORTHERN_IRELAND)
    assert found.authority is None
    assert "Health and Social Care Trusts and not from the district councils" in said(found)


# --- by the letters of the postcode ---------------------------------------------------------------
def by_area(letters: str, question: Question | None = None) -> Answer:
    area = postal_area(f"{letters}11AA")
    assert area is not None
    nation = area.nations[0] if len(area.nations) == 1 else ""
    return answer(question, Place(f"{letters}1 1AA", nation, "", postal_area=area))


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("AB", "by its area only: AB (Aberdeen) is in Scotland."),
        ("CF", "by its area only: CF (Cardiff) is in Wales."),
        ("BT", "Health and Social Care Trusts"),
        ("LS", "by its area only: LS (Leeds) is in England."),
        ("JE", "JE1 1AA is in Jersey, outside the United Kingdom"),
        ("GY", "is in Guernsey, outside"),
        ("IM", "is in the Isle of Man, outside"),
        ("GX", "is in Gibraltar, outside"),
        ("BX", "Use the postcode of the person's home."),
        ("BF", "BF is British Forces"),
    ],
)
def test_a_postcode_that_is_not_loaded_goes_by_its_area(letters: str, words: str) -> None:
    found = by_area(letters)
    assert found.authority is None
    assert words in said(found)


@pytest.mark.parametrize(
    "letters", ["TD", "CA", "DG", "NE", "CH", "SY", "LL", "LD", "HR", "NP", "GL"]
)
def test_an_area_on_a_border_could_be_either(letters: str) -> None:
    area = postal_area(f"{letters}11AA")
    assert area is not None
    assert len(area.nations) == 2
    words = said(by_area(letters))
    assert f"could be in either {area.nations[0]} or {area.nations[1]}" in words
    assert "Care Act" not in words


def test_there_are_121_areas_in_the_united_kingdom_and_three_islands() -> None:
    letters = [one + two for one in " ABCDEFGHIJKLMNOPQRSTUVWXYZ" for two in
               "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]  # fmt: skip
    found = [area for one in letters if (area := postal_area(f"{one.strip()}11AA"))]
    kingdom = {"England", "Wales", "Scotland", "Northern Ireland"}
    assert sum(set(area.nations) <= kingdom and bool(area.nations) for area in found) == 121
    assert {area.letters for area in found if area.nations} - {
        area.letters for area in found if set(area.nations) <= kingdom
    } == {"JE", "GY", "IM", "GX"}
    assert postal_area("ZZ11ZZ") is None


IN_HIGHLAND_SAID = (
    "In Highland adult social care comes from NHS Highland; elsewhere in Scotland from the health"
    " and social care partnership."
)


@pytest.mark.parametrize(
    ("letters", "could_be"),
    [
        ("IV", "IV (Inverness) could be Highland or Moray."),
        ("KW", "KW (Kirkwall and Wick) could be Orkney or Highland."),
        ("PH", "PH (Perth) could be Perth and Kinross or Highland."),
    ],
)
def test_an_area_with_highland_in_it_has_an_answer_of_its_own(letters: str, could_be: str) -> None:
    words = said(by_area(letters))
    assert could_be in words
    assert IN_HIGHLAND_SAID in words
    assert "If that is Highland Council, ring NHS Highland; else ring that council." in words
    assert "Highland" not in said(by_area("EH"))
    # There the children's services are the council's.
    young = said(by_area(letters, Question(under_18=True)))
    assert "NHS Highland" not in young
    assert "ring that council and ask for children's services" in young


@pytest.mark.parametrize("letters", ["EH", "CB", "CH", "CF"])
def test_where_no_council_can_be_named_it_says_where_to_look(letters: str) -> None:
    words = said(by_area(letters))
    assert (
        "look it up on GOV.UK (Find your local council), then ring that council and ask for adult"
        " social care." in words
    )
    assert "GP practice" not in words
    trust = said(by_area("BT"))
    assert "look up its Trust on nidirect" in trust
    assert "GOV.UK" not in trust


@pytest.mark.django_db
def test_a_pseudo_postcode_is_said_to_be_one(world: World) -> None:
    with pytest.raises(UnknownPostcode) as homeless:
        asked("zz993vz")
    assert homeless.value.sentence == (
        "ZZ99 3VZ in a record means no fixed home. Give the postcode where the person is now."
    )
    assert homeless.value.no_fixed_home
    with pytest.raises(UnknownPostcode) as nowhere:
        asked("ZZ99 3CZ")
    assert "stands for no place" in nowhere.value.sentence
    assert not nowhere.value.no_fixed_home


# --- what only the open data can show -------------------------------------------------------------
def asked(postcode: str, on: date = TODAY) -> Answer:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return contact_answer(postcode=postcode, asked=Asked(), at=at).answer


@pytest.mark.django_db
def test_a_district_is_not_responsible_its_county_is(world: World) -> None:
    found = asked("CB2 3QJ")
    assert found.authority is not None
    assert (found.authority.gss, found.how) == ("E10000003", How.COUNTY)
    assert "the district council is not" in said(found)


@pytest.mark.django_db
def test_153_councils_are_responsible_in_england_and_no_district(world: World) -> None:
    today = Responsibility.objects.on(TODAY)
    assert today.authorities("England") == 153
    assert today.authorities("Wales") == 22
    assert not today.filter(authority_gss__startswith="E07").exists()


def _codes(area: str) -> list[tuple[str, date]]:
    rows = Responsibility.objects.filter(area_gss=area).order_by("from_date")
    return [(row.authority_gss, row.from_date) for row in rows][-2:]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("district", "before", "after", "on"),
    [
        ("E07000164", "E10000023", "E06000065", date(2023, 4, 1)),  # Hambleton, North Yorkshire
        ("E07000187", "E10000027", "E06000066", date(2023, 4, 1)),  # Mendip, Somerset
        ("E07000028", "E10000006", "E06000063", date(2023, 4, 1)),  # Carlisle, Cumbria: one half
        ("E07000031", "E10000006", "E06000064", date(2023, 4, 1)),  # South Lakeland: the other
        ("E07000150", "E10000021", "E06000061", date(2021, 4, 1)),  # Corby, Northamptonshire
        ("E07000154", "E10000021", "E06000062", date(2021, 4, 1)),  # Northampton: the other half
        ("E08000038", "E08000016", "E08000038", date(2025, 4, 1)),  # Barnsley, the same council
        ("E08000039", "E08000019", "E08000039", date(2025, 4, 1)),  # Sheffield
    ],
)
def test_councils_come_and_go_on_known_dates_by_district(
    world: World, district: str, before: str, after: str, on: date
) -> None:
    earlier, later = _codes(district)
    assert (earlier[0], later) == (before, (after, on))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("postcode", "name"), [("RH2 0SH", "East Surrey Council"), ("GU2 4BB", "West Surrey Council")]
)
def test_surrey_splits_on_1_april_2027(world: World, postcode: str, name: str) -> None:
    eve, day = asked(postcode, date(2027, 3, 31)), asked(postcode, date(2027, 4, 1))
    assert eve.authority
    assert day.authority
    assert (eve.authority.gss, day.authority.name) == ("E10000030", name)
    assert f"From 1 April 2027 it will be {name}." in said(eve)


@pytest.mark.django_db
def test_scottish_and_irish_practices_are_not_known_here_never_not_found(world: World) -> None:
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    found = contact_answer(postcode="EH1 1YJ", asked=Asked(), at=at, practice_ods="S70123")
    words = " ".join(found.sentences)
    assert "The practice S70123 is not known here" in words
    assert "not found" not in words


@pytest.mark.django_db
def test_every_loaded_postcode_lies_in_a_nation_of_its_area(world: World) -> None:
    for key, nation in Postcode.objects.values_list("key", "nation"):
        area = postal_area(key)
        assert area is not None, key
        assert nation in area.nations, key


@pytest.mark.django_db
def test_an_area_that_does_not_exist_is_no_answer(world: World) -> None:
    with pytest.raises(UnknownPostcode) as unknown:
        asked("ZZ1 1ZZ")
    assert unknown.value.by_area is None
    with pytest.raises(UnknownPostcode) as known:
        asked("LS1 1AA")
    assert known.value.by_area is not None
    assert "LS (Leeds) is in England" in known.value.sentence

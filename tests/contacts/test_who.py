"""The pure function, line by line of the law it rests on."""

import ast
from datetime import date
from pathlib import Path

import pytest

from contacts import who as module
from contacts.states import About, Basis, How
from contacts.who import Answer, Authority, Place, PracticeFacts, Question, Tenure, who

TODAY = date(2026, 11, 22)
LONG_AGO = date(2015, 4, 1)
TRAFFORD = Authority("Trafford Metropolitan Borough Council", "E08000009", "Trafford", 1)
MANCHESTER = Authority("Manchester City Council", "E08000003", "Manchester", 2)
CAMBRIDGESHIRE = Authority("Cambridgeshire County Council", "E10000003", "Cambridgeshire", 3)
SURREY = Authority("Surrey County Council", "E10000030", "Surrey", 4)
WEST_SURREY = Authority("West Surrey Council", None, "West Surrey", 5)


def tenure(authority: Authority | None, how: How = How.COUNCIL) -> tuple[Tenure, ...]:
    return (Tenure(authority, how, LONG_AGO),)


HOME = Place("M33 2RH", "England", "E08000009", "Trafford", tenures=tenure(TRAFFORD))


def asked(
    place: Place = HOME,
    *,
    about: About = About.CARE,
    practice: PracticeFacts | None = None,
    on: date = TODAY,
) -> Answer:
    return who(Question(about), place, practice, on)


def practice(
    authority: Authority | None = MANCHESTER,
    *,
    own: bool = True,
    covers_home: bool | None = None,
) -> PracticeFacts:
    return PracticeFacts(
        ods="P84035",
        name="Bodey Medical Centre",
        nation="England",
        area_gss="E08000003" if authority else "",
        tenures=tenure(authority) if authority else (),
        covers_home=covers_home,
        is_readers_own=own,
    )


def test_it_asks_nobody() -> None:
    """No database, no clock, no Django: it and its words import only plain modules of ours."""
    for name in (
        *("who.py", "who_by_area.py", "bases.py", "who_words.py", "area_words.py", "list_words.py"),
        *("facts.py", "states.py", "codes.py", "timelines.py"),
    ):
        tree = ast.parse(Path(module.__file__).with_name(name).read_text())
        imported = {
            node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
        } | {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        ours = {one for one in imported if one.startswith(("contacts", "portal", "django"))}
        assert ours <= {
            "contacts", "contacts.bases", "contacts.codes", "contacts.facts", "contacts.states",
            "contacts.timelines", "contacts.who_by_area", "contacts.who_words", "portal.ui.words",
        }  # fmt: skip


def test_care_goes_by_where_the_person_lives() -> None:
    answer = asked()
    assert answer.authority == TRAFFORD
    assert answer.basis == Basis.LIVES
    assert answer.wanted[0] == Basis.LIVES
    assert "Care Act 2014, section 39" in answer.explanation[0]
    assert answer.explanation[1] == (
        "M33 2RH is in Trafford, where Trafford Metropolitan Borough Council is responsible for"
        " adult social care."
    )
    assert any("A stay in hospital does not change it" in said for said in answer.explanation)
    assert any("the council where they are now acts first" in said for said in answer.explanation)


@pytest.mark.parametrize(
    ("about", "basis", "said"),
    [
        (About.SAFEGUARDING, Basis.IS_NOW, "where the person is now, whether or not they live"),
        (About.SAFEGUARDING, Basis.IS_NOW, "ring 999"),
        (About.SAFEGUARDING, Basis.IS_NOW, "If another council has placed the person there, tell"),
        (About.CARER, Basis.CARED_FOR, "Care Act 2014, section 20"),
        (About.AFTERCARE, Basis.LIVES, "Mental Health Act 1983, section 117"),
        (About.AFTERCARE, Basis.LIVES, "Check it"),
    ],
)
def test_each_question_has_its_own_basis(about: About, basis: Basis, said: str) -> None:
    answer = asked(about=about)
    assert answer.basis == basis
    assert said in " ".join(answer.explanation)


def test_a_district_council_is_not_responsible_its_county_is() -> None:
    place = Place(
        "CB2 3QJ",
        "England",
        "E07000008",
        "Cambridge",
        tenures=tenure(CAMBRIDGESHIRE, How.COUNTY),
    )
    answer = asked(place)
    assert answer.authority == CAMBRIDGESHIRE
    assert answer.explanation[1] == (
        "CB2 3QJ is in Cambridge, a district of Cambridgeshire. Cambridgeshire County Council is"
        " responsible for adult social care there; the district council is not."
    )


SPLIT = Place(
    "GU2 4BB",
    "England",
    "E07000209",
    "Guildford",
    tenures=(
        Tenure(SURREY, How.COUNTY, LONG_AGO, date(2027, 4, 1)),
        Tenure(WEST_SURREY, How.COUNCIL, date(2027, 4, 1)),
    ),
)


def test_a_council_that_is_to_end_says_who_comes_after_it() -> None:
    answer = asked(SPLIT, on=date(2027, 3, 31))
    assert answer.authority == SURREY
    assert "From 1 April 2027 it will be West Surrey Council." in answer.explanation


def test_a_tenure_ends_on_the_day_before_until() -> None:
    answer = asked(SPLIT, on=date(2027, 4, 1))
    assert answer.authority == WEST_SURREY
    assert answer.authority.gss is None
    assert not any("it will be" in said for said in answer.explanation)


def test_a_day_on_which_nobody_is_recorded() -> None:
    answer = asked(on=date(2014, 1, 1))
    assert answer.authority is None
    assert answer.explanation == (
        "Which council answers for M33 2RH on 1 January 2014 is not recorded here.",
        "From 1 April 2015 it will be Trafford Metropolitan Borough Council.",
    )


def elsewhere(nation: str, authority: Authority | None, how: How, area: str) -> Answer:
    place = Place("ZZ1 1ZZ", nation, "X", area, tenures=tenure(authority, how))
    return asked(place)


def test_wales() -> None:
    cardiff = Authority("City of Cardiff Council", "W06000015", "Cardiff", 6)
    answer = elsewhere("Wales", cardiff, How.COUNCIL, "Cardiff")
    assert answer.authority == cardiff
    assert "Social Services and Well-being (Wales) Act 2014" in answer.explanation[0]
    assert not any("Care Act" in said for said in answer.explanation)


def test_scotland_through_the_partnership() -> None:
    aberdeen = Authority("Aberdeen City Council", "S12000033", "Aberdeen City", 7)
    answer = elsewhere("Scotland", aberdeen, How.PARTNERSHIP, "Aberdeen City")
    assert answer.authority == aberdeen
    assert "health and social care partnerships" in answer.explanation[0]
    assert "partnership of Aberdeen City Council" in answer.explanation[1]


def test_in_highland_the_health_board_runs_adult_social_care() -> None:
    board = Authority("NHS Highland", "S08000022", "Highland", 8)
    answer = elsewhere("Scotland", board, How.HEALTH_BOARD, "Highland")
    assert answer.authority == board
    assert "NHS Highland, not the council, runs adult social care" in answer.explanation[1]


def test_northern_ireland_has_trusts_and_no_council() -> None:
    answer = elsewhere("Northern Ireland", None, How.HEALTH_TRUST, "Belfast")
    assert answer.authority is None
    assert answer.how == How.HEALTH_TRUST
    assert (
        "Health and Social Care Trusts and not from the district councils"
        in (answer.explanation[0])
    )


@pytest.mark.parametrize(
    ("postcode", "nation", "area", "said"),
    [
        ("JE2 4WD", "Channel Islands", "L99999999", "Jersey, outside the United Kingdom"),
        ("GY1 1AA", "Channel Islands", "L99999999", "Guernsey, outside the United Kingdom"),
        ("IM1 1AA", "Isle of Man", "M99999999", "the Isle of Man, outside the United Kingdom"),
    ],
)
def test_outside_the_united_kingdom(postcode: str, nation: str, area: str, said: str) -> None:
    answer = asked(Place(postcode, nation, area))
    assert answer.authority is None
    assert said in answer.explanation[0]
    assert "Its own government" in answer.explanation[1]


def test_a_terminated_postcode_says_so_and_is_still_answered() -> None:
    place = Place("M33 2RH", "England", "E08000009", "Trafford", date(1996, 6, 1), tenure(TRAFFORD))
    answer = asked(place)
    assert answer.authority == TRAFFORD
    assert answer.explanation[0] == (
        "M33 2RH was taken out of use in June 1996. This is the answer for its place."
    )


def test_a_terminated_postcode_that_is_nowhere() -> None:
    answer = asked(Place("AB11 3AG", "Scotland", "", terminated_on=date(1997, 7, 1)))
    assert answer.authority is None
    assert len(answer.explanation) == 1
    assert "July 1997" in answer.explanation[0]


def test_a_postcode_in_use_that_is_nowhere() -> None:
    answer = asked(Place("M60 1AA", "England", ""))
    assert answer.explanation == (
        "The postcode directory does not say where M60 1AA is."
        " Use the postcode of the person's home.",
    )


def test_home_and_practice_in_different_areas() -> None:
    answer = asked(practice=practice())
    assert answer.authority == TRAFFORD
    assert answer.areas_differ
    assert answer.practice_explanation == (
        "Your practice is in Manchester, this home is in Trafford.",
        "Social care comes from Trafford, because it follows the home.",
        "District nursing and the GP come through your practice, because they follow registration.",
    )
    assert answer.stressed in answer.practice_explanation[1]


def test_a_practice_that_is_not_the_readers_is_named() -> None:
    answer = asked(practice=practice(own=False))
    assert answer.practice_explanation[0].startswith("Bodey Medical Centre is in Manchester")
    assert "come through the practice" in answer.practice_explanation[2]


def test_home_and_practice_in_the_same_area_need_no_paragraph() -> None:
    answer = asked(practice=practice(TRAFFORD))
    assert not answer.areas_differ
    assert answer.practice_explanation == ()


def test_two_districts_of_one_county_are_one_area() -> None:
    place = Place(
        "CB2 3QJ", "England", "E07000008", "Cambridge",
        tenures=tenure(CAMBRIDGESHIRE, How.COUNTY),
    )  # fmt: skip
    assert not asked(place, practice=practice(CAMBRIDGESHIRE)).areas_differ


def test_someone_registered_from_outside_the_catchment() -> None:
    answer = asked(practice=practice(covers_home=False))
    assert (
        "This home is outside the area that your practice covers."
        in (answer.practice_explanation[-1])
    )
    assert (
        asked(practice=practice(covers_home=True))
        .practice_explanation[-1]
        .startswith("District nursing")
    )


def test_a_practice_whose_area_nobody_knows() -> None:
    answer = asked(practice=practice(None))
    assert answer.practice_explanation == (
        "Which council's area your practice is in is not known here."
        " Social care follows the home in any case.",
    )


def test_every_sentence_is_whole() -> None:
    answers = [
        *(asked(about=about, practice=practice(covers_home=False)) for about in About),
        asked(SPLIT),
        elsewhere("Wales", MANCHESTER, How.COUNCIL, "A"),
        elsewhere("Scotland", MANCHESTER, How.PARTNERSHIP, "A"),
        elsewhere("Northern Ireland", None, How.HEALTH_TRUST, "A"),
    ]
    for answer in answers:
        for sentence in (*answer.explanation, *answer.practice_explanation):
            assert sentence[0].isupper()
            assert sentence.endswith(".")
            assert "  " not in sentence
            assert "None" not in sentence

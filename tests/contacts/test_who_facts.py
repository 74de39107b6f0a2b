"""Which council? The four questions and their bases, a test for each line of the field's facts."""

from dataclasses import replace

import pytest

from contacts import who_words
from contacts.facts import Authority, Place, PracticeFacts, Question, Tenure
from contacts.states import About, Basis, How
from tests.contacts.asking import (
    IN_HIGHLAND,
    IN_NORTHERN_IRELAND,
    IN_WALES,
    MANCHESTER,
    SALFORD,
    SINCE,
    TRAFFORD,
    answer,
    place,
    said,
)


def registered_in(authority: Authority, covers: bool | None = None) -> PracticeFacts:
    return PracticeFacts(
        "P84035",
        "Grove Practice",
        "England",
        "E08000003",
        (Tenure(authority, How.COUNCIL, SINCE),),
        covers,
    )


# --- 1. assessment and care -----------------------------------------------------------------------
def test_care_goes_by_ordinary_residence() -> None:
    found = answer()
    assert (found.authority, found.basis) == (TRAFFORD, Basis.LIVES)
    assert "ordinary residence (Care Act 2014, section 39)" in said(found)


def test_being_in_hospital_does_not_move_it() -> None:
    found = answer(Question(in_hospital=True))
    assert (found.authority, found.basis) == (TRAFFORD, Basis.LIVES)
    assert "A stay in hospital does not move it" in said(found)
    assert "care transfer hub (pathways 1 to 3)" in said(found)


def test_a_placement_elsewhere_stays_the_placing_councils() -> None:
    found = answer(Question(placed=True, placed_by=SALFORD))
    assert (found.authority, found.basis) == (SALFORD, Basis.LIVES)
    assert "care home, supported living or shared lives" in said(found)
    assert "Salford City Council placed the person" in said(found)
    assert not found.asks_who_placed


def test_a_placement_of_a_council_that_nobody_has_named() -> None:
    """When unsure, the council where the person is acts first; the page asks which it was."""
    found = answer(Question(placed=True))
    assert (found.authority, found.basis) == (TRAFFORD, Basis.IS_NOW)
    assert found.asks_who_placed
    assert "Until it is known which council that is, Trafford Council acts first" in said(found)


def test_somebody_placed_who_is_now_in_hospital_stays_the_placing_councils() -> None:
    found = answer(Question(placed=True, placed_by=SALFORD, in_hospital=True))
    assert found.authority == SALFORD
    assert "A stay in hospital does not move it" in said(found)


def test_a_home_that_the_person_arranged_and_pays_for_makes_them_resident() -> None:
    found = answer(Question(arranged_own_home=True))
    assert (found.authority, found.basis) == (TRAFFORD, Basis.LIVES)
    assert "arranged and pays for usually makes them resident there" in said(found)


def test_without_a_settled_home_it_is_the_council_where_they_are() -> None:
    found = answer(Question(no_settled_home=True))
    assert (found.authority, found.basis) == (TRAFFORD, Basis.IS_NOW)
    assert "Without a settled home it is the council where the person is now" in said(found)


# --- 2. safeguarding and urgent need --------------------------------------------------------------
def test_safeguarding_goes_by_where_the_person_is_now() -> None:
    found = answer(Question(About.SAFEGUARDING))
    assert (found.authority, found.basis) == (TRAFFORD, Basis.IS_NOW)
    assert "whether or not they live there (Care Act 2014, section 42)" in said(found)


def test_safeguarding_tells_the_placing_council_too() -> None:
    found = answer(Question(About.SAFEGUARDING, placed=True, placed_by=SALFORD))
    assert (found.authority, found.tell_too) == (TRAFFORD, SALFORD)
    assert "Salford City Council placed the person: tell it too." in said(found)
    assert who_words.TELL_THE_PLACING_COUNCIL not in found.explanation
    assert answer(Question(About.SAFEGUARDING)).tell_too is None


def test_safeguarding_of_somebody_in_hospital_is_the_hospitals_council() -> None:
    found = answer(Question(About.SAFEGUARDING, in_hospital=True))
    assert "In hospital that is the council of the hospital" in said(found)


def test_urgent_need_goes_by_where_the_person_is_now() -> None:
    assert "When the need is urgent" in said(answer())
    assert "the council where they are now acts first" in said(answer())


def test_thresholds_are_each_safeguarding_adults_boards_own() -> None:
    assert "each Safeguarding Adults Board decides" in said(answer(Question(About.SAFEGUARDING)))


def test_immediate_danger_is_999() -> None:
    assert "In immediate danger ring 999" in said(answer(Question(About.SAFEGUARDING)))
    assert "In immediate danger ring 999" in said(answer(Question(under_18=True)))


# --- 3. carers ------------------------------------------------------------------------------------
def test_a_carers_support_comes_from_the_council_of_the_person_cared_for() -> None:
    found = answer(Question(About.CARER))
    assert (found.authority, found.basis) == (TRAFFORD, Basis.CARED_FOR)
    assert "Care Act 2014, section 20" in said(found)


def test_the_carer_of_somebody_placed_goes_to_the_placing_council() -> None:
    found = answer(Question(About.CARER, placed=True, placed_by=SALFORD))
    assert (found.authority, found.basis) == (SALFORD, Basis.CARED_FOR)


# --- 4. aftercare ---------------------------------------------------------------------------------
def test_aftercare_goes_by_the_home_before_detention_and_says_check() -> None:
    found = answer(Question(About.AFTERCARE))
    assert (found.authority, found.basis) == (TRAFFORD, Basis.LIVES)
    assert "before they were detained (Mental Health Act 1983, section 117)" in said(found)
    assert "Check it" in said(found)


def test_a_placement_does_not_move_aftercare() -> None:
    assert answer(Question(About.AFTERCARE, placed=True, placed_by=SALFORD)).authority == TRAFFORD


# --- when unsure; the bases; under 18 -------------------------------------------------------------
def test_when_unsure_the_council_where_the_person_is_acts_first() -> None:
    assert who_words.ACTS_FIRST in answer().explanation
    assert "a dispute about residence never delays an assessment or care" in who_words.ACTS_FIRST


@pytest.mark.parametrize("question", [Question(about) for about in About])
def test_the_answer_says_which_basis_it_used(question: Question) -> None:
    assert answer(question).basis in (Basis.LIVES, Basis.IS_NOW, Basis.CARED_FOR)
    assert answer(question).basis in answer(question).wanted


def test_under_18_is_another_door() -> None:
    found = answer(Question(under_18=True))
    assert (found.authority, found.basis, found.wanted) == (TRAFFORD, Basis.IS_NOW, ())
    assert "children's services, another door: ring Trafford Council" in said(found)


def test_under_18_the_councils_main_number_is_given_where_it_is_known() -> None:
    home = place(replace(TRAFFORD, telephone="0161 496 0100"))
    found = answer(Question(under_18=True), home)
    assert found.explanation[0] == (
        "Ring the council's main number 0161 496 0100 and ask for children's services."
    )
    assert "main number" not in said(answer(Question(under_18=True)))


def test_under_18_in_highland_names_no_authority() -> None:
    """NHS Highland runs care for adults; children's services are the council's."""
    assert answer(Question(under_18=True), IN_HIGHLAND).authority is None


# --- which questions are asked further ------------------------------------------------------------
def test_only_questions_that_could_change_the_answer_are_considered() -> None:
    assert answer().further == (About.SAFEGUARDING, About.CARER)
    assert answer(Question(About.SAFEGUARDING)).further == (About.CARE, About.CARER)
    assert answer(Question(under_18=True)).further == ()
    assert answer(home=IN_NORTHERN_IRELAND).further == ()
    assert answer(home=Place("JE2 4WD", "Channel Islands", "L99999999")).further == ()


# --- health ---------------------------------------------------------------------------------------
def test_health_usually_follows_registration_and_social_care_the_home() -> None:
    found = answer(practice=registered_in(MANCHESTER))
    assert found.authority == TRAFFORD
    assert "Social care comes from Trafford, because it follows the home" in said(found)
    assert "because they follow registration" in said(found)


def test_home_visits_do_not_follow_for_people_registered_from_outside() -> None:
    found = answer(practice=registered_in(MANCHESTER, covers=False))
    assert "possible since January 2015) home visits do not follow registration" in said(found)
    for home in (IN_NORTHERN_IRELAND, IN_WALES):  # another nation has no such rule
        found = answer(practice=registered_in(MANCHESTER, covers=False), home=home)
        assert "January 2015" not in said(found)


def test_some_health_services_go_by_address_and_in_an_emergency_by_where_the_person_is() -> None:
    words = said(answer(practice=registered_in(MANCHESTER)))
    assert "some community services go by the address" in words
    assert "in an emergency it is where the person is" in words


def test_health_and_social_care_can_rightly_come_from_two_areas() -> None:
    assert "can rightly come from two areas" in said(answer(practice=registered_in(MANCHESTER)))
    assert "two areas" not in said(answer(practice=registered_in(TRAFFORD)))


def test_registered_elsewhere_and_placed_by_a_third() -> None:
    question = Question(placed=True, placed_by=SALFORD)
    found = answer(question, practice=registered_in(MANCHESTER))
    assert "Grove Practice is in Manchester, this home is in Trafford." in said(found)
    assert "Social care comes from Salford, because it placed the person there." in said(found)


def test_registered_where_they_live_and_placed_by_another() -> None:
    question = Question(placed=True, placed_by=SALFORD)
    found = answer(question, practice=registered_in(TRAFFORD))
    assert "is in Trafford, this home is in Trafford" not in said(found)
    assert found.stressed == "Social care comes from Salford"

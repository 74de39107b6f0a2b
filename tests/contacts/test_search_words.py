"""What is typed becomes what is looked for: no order, both professions' words, places."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.search_words import Part, vocabulary, wanted, without_postcode, words_of
from contacts.states import Kind

TYPED = [
    "trafford", "carers", "in", "single", "point", "of", "access", "falls", "M33", "2RH", "SPA",
    "old", "district", "nursing", "care", "act", "assessment", "carer's", "front", "door", "sale",
    "children", "wheelchair", "reablement", "the", "MARAC", "hospital", "at", "home", "zzz",
]  # fmt: skip


def single(text: str) -> Part:
    """The only part of a text."""
    (part,) = wanted(text).parts
    return part


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TYPED), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_words_changes_nothing(words: list[str], chance: random.Random) -> None:
    shuffled = list(words)
    chance.shuffle(shuffled)
    assert wanted(" ".join(words)) == wanted(" ".join(shuffled))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_typed_is_understood_as_something(text: str) -> None:
    assert len(wanted(text).parts) <= 12


@pytest.mark.parametrize(
    ("health", "social"),
    [
        ("SPA", "front door"),
        ("single point of access", "adult access team"),
        ("discharge hub", "care transfer hub"),
        ("TOCH", "hospital discharge"),
        ("D2A", "home first"),
        ("MARAC", "domestic abuse"),
        ("rehab", "reablement"),
        ("safeguarding concern", "section 42 enquiry"),
        ("falls", "unsteady"),
    ],
)
def test_words_of_both_professions_find_the_same(health: str, social: str) -> None:
    one, other = single(health), single(social)
    assert (one.phrases, one.kinds) == (other.phrases, other.kinds)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("SPA", (Kind.FRONT_DOOR,)),
        ("MARAC", (Kind.SAFEGUARDING,)),
        ("carer's assessment", (Kind.CARERS, Kind.FRONT_DOOR)),
        ("EDT", (Kind.EMERGENCY_DUTY,)),
        ("community group", (Kind.VOLUNTARY,)),
    ],
)
def test_a_need_names_the_kinds_that_answer_to_it(text: str, kinds: tuple[Kind, ...]) -> None:
    assert single(text).kinds == kinds


def test_the_longest_phrase_is_taken_first() -> None:
    assert single("care act assessment").typed == ("act", "assessment", "care")
    assert [part.typed for part in wanted("old trafford").parts] == [("old", "trafford")]


def test_towns_and_halves_of_postcodes_are_places() -> None:
    assert single("Sale").areas == ("E08000009",)
    assert single("m33").outcode == "M33"
    # A whole postcode is no more than its first half, wherever its second one stands.
    for text in ("M33 2RH", "m332rh", "2rh M33"):
        assert single(text).outcode == "M33"
    # What the glossary knows is no postcode.
    assert single("D2A").outcode == ""


def test_a_whole_postcode_is_cut() -> None:
    assert without_postcode("carers M33 2RH please") == "carers M33 please"
    assert without_postcode("carersM332RH") == "carersM332RH"
    assert without_postcode("m332rh") == "m33"


def test_words_between_words_are_no_words() -> None:
    assert wanted("who is there to help us in the").parts == ()
    assert wanted("carers in Trafford") == wanted("Trafford carers")
    assert words_of("Carers’ assessments, a carer's break") == [
        *("carer", "assessment", "a", "carer", "break")
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("paediatrics", "adults"),
        ("children’s social worker", "adults"),
        ("transport to hospital", "Transport"),
        ("medication", "Medicines"),
        ("wheelchair", "Equipment"),
        ("brokerage", "Care is not sought"),
        ("direct payments", "Payments"),
    ],
)
def test_what_is_not_covered_says_who_to_ask_instead(text: str, says: str) -> None:
    (sentence,) = wanted(text).elsewhere
    assert says in sentence
    assert "sk " in sentence  # "Ask ..."


def test_what_is_covered_says_nothing_of_the_kind() -> None:
    assert wanted("carers in Trafford").elsewhere == ()


def test_the_vocabulary_has_the_words_of_phrases() -> None:
    assert {"reablement", "safeguarding", "altrincham"} <= vocabulary()

"""The words of both sides: complete, sourced, one meaning each, and respectful."""

import re
from typing import Any

import pytest

from portal.words import find
from portal.words.explainers import explainers
from portal.words.explainers import parse as parse_explainers
from portal.words.glossary import parse, terms
from portal.words.reading import read

# Words that we do not use of people, or of this portal, in sentences of our own.
UNWANTED = re.compile(
    r"\b(patients?|clients?|users?|cases?|caseloads?|submit\w*|tickets?|stakeholders?|workflows?"
    r"|bed.?blocker\w*|non-complian\w*|refus\w*|elderly|suffer\w*|feeders?|demented|problems?)\b",
    re.IGNORECASE,
)
ENTRY = {
    "term": "Front door",
    "also": ["first contact"],
    "side": "social",
    "meaning": "Where requests arrive.",
    "for_you": "Write to it.",
    "source": {"title": "Guidance", "date": "2014"},
}


def sentences() -> dict[str, str]:
    """All sentences of our own, by where they stand; sources and the "not" column left out."""
    found = {f"{term.term}: meaning": term.meaning for term in terms()}
    found |= {f"{term.term}: for you": term.for_you for term in terms()}
    for role in explainers().roles:
        found[role.name] = "; ".join((*role.does, *role.does_not, role.ring))
    for wording in explainers().wording:
        found[wording.say] = wording.say
    return found


def test_every_term_has_a_dated_source() -> None:
    for term in terms():
        assert len(term.source) > 5, term.term
        assert re.search(r"(19|20)\d\d", term.source_date), term.term


def test_every_term_is_explained_in_one_or_two_sentences() -> None:
    for term in terms():
        for text in (term.meaning, term.for_you):
            assert text.endswith("."), text
            assert len(text) < 300, text
            assert len(re.findall(r"[.?!](?:\s|$)", text)) <= 2, text


def test_both_directions_are_there() -> None:
    sides = [term.side for term in terms()]
    assert min(sides.count("social"), sides.count("health")) >= 15


def test_no_unwanted_word() -> None:
    found = {where: UNWANTED.findall(text) for where, text in sentences().items()}
    assert {where: words for where, words in found.items() if words} == {}


def test_slugs_are_unique() -> None:
    slugs = [term.slug for term in terms()]
    assert len(set(slugs)) == len(slugs)
    assert not {"roles", "words", "wording", "maincontent"} & set(slugs)


@pytest.mark.parametrize(
    ("asked", "term"),
    [
        ("ordinary residence", "Ordinary residence"),
        ("Ordinarily resident", "Ordinary residence"),
        ("carers’ assessments", "Carer's assessment"),
        ("CARERS ASSESSMENT", "Carer's assessment"),
        ("two week wait", "Two-week rule"),
        ("P2", "Pathway 2"),
        ("dols", "DoLS"),
        ("pcn", "PCN"),
    ],
)
def test_a_word_is_found_as_it_is_written(asked: str, term: str) -> None:
    found = find(asked)
    assert found is not None
    assert found.term == term


@pytest.mark.parametrize("asked", ["", "  ", "quantum", "residence", "care"])
def test_what_is_not_there_is_not_guessed(asked: str) -> None:
    assert find(asked) is None


def test_every_name_leads_to_its_term() -> None:
    for term in terms():
        assert all(find(name) is term for name in (term.term, *term.also)), term.term


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"side": "council"}, "side is 'council'"),
        ({"meaning": ""}, "meaning is empty"),
        ({"meaning": "Where requests arrive. "}, "spaces around"),
        ({"source": {"title": "Guidance"}}, "Front door, source: has"),
        ({"source": {"title": "Guidance", "date": ""}}, "date is empty"),
        ({"also": [""]}, "also has an empty text"),
        ({"extra": "x"}, "should have"),
    ],
)
def test_a_broken_entry_is_refused_by_name(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse([ENTRY | change])


def test_two_entries_for_one_word_are_refused() -> None:
    with pytest.raises(ValueError, match="'first contact' stands for"):
        parse([ENTRY, ENTRY | {"term": "First Contacts", "also": []}])


def test_a_broken_explainer_is_refused_by_name() -> None:
    content = read("explainers.json")
    with pytest.raises(ValueError, match="GP: ring is empty"):
        parse_explainers({**content, "roles": [content["roles"][0] | {"ring": ""}]})


def test_the_roles_of_both_sides_are_explained() -> None:
    names = {role.name for role in explainers().roles}
    assert names == {
        "GP",
        "Practice staff",
        "Hospital physician",
        "Ward co-ordinator",
        "Social worker",
        "Duty worker",
        "Care transfer hub",
    }

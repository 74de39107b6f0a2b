"""Facts with a day: shown with their source, and no longer than they hold; and the list of
practices with what is not in it."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

from contacts.answers import Asked, contact_answer
from contacts.dated import CARE_BOARDS, COUNTIES, bundled_practices, dated_fact
from contacts.facts import Authority, PracticeList, Question, Source, Tenure
from contacts.list_words import about_the_list
from contacts.models import Practice
from contacts.states import How
from portal.accounts.models import Organisation
from tests.contacts.asking import MANCHESTER, SINCE, TODAY, TRAFFORD, answer, place, said
from tests.contacts.conftest import World, organisation, run

COUNTY = Authority("Cambridgeshire County Council", "E10000003", "Cambridgeshire", 7)
IN_A_COUNTY = replace(
    place(COUNTY, How.COUNTY, area="Cambridge"), planned=dated_fact(COUNTIES), area_gss="E07000008"
)
IN_2028 = "Most county areas of England are planned to get new councils"


# --- counties -------------------------------------------------------------------------------------
def test_in_a_county_it_says_what_is_planned_for_most_with_source_and_date() -> None:
    words = said(answer(home=IN_A_COUNTY))
    assert f"{IN_2028}, in place of county and districts, on 1 April 2028." in words
    assert "Which one will answer here is not recorded yet." in words
    assert "Source: Ministry of Housing, Communities and Local Government" in words
    assert "5 February 2025." in words


def test_elsewhere_and_afterwards_it_does_not() -> None:
    trafford = replace(IN_A_COUNTY, tenures=(Tenure(TRAFFORD, How.COUNCIL, SINCE),))
    assert IN_2028 not in said(answer(home=trafford))
    assert IN_2028 in said(answer(home=IN_A_COUNTY, on=date(2028, 3, 31)))
    assert IN_2028 not in said(answer(home=IN_A_COUNTY, on=date(2028, 4, 1)))


def test_where_a_change_is_decided_that_is_said_instead_with_its_source() -> None:
    day, source = date(2027, 4, 1), Source("a statement", date(2025, 10, 28))
    new = Authority("East Surrey Council", None, "East Surrey", 8)
    tenures = (
        Tenure(COUNTY, How.COUNTY, SINCE, day),
        Tenure(new, How.COUNCIL, day, source=source),
    )
    words = said(answer(home=replace(IN_A_COUNTY, tenures=tenures)))
    assert (
        "From 1 April 2027 it will be East Surrey Council. Source: a statement, 28 October 2025."
        in words
    )
    assert IN_2028 not in words


def test_who_was_placed_there_by_another_council_is_told_nothing_of_the_county() -> None:
    words = said(answer(Question(placed=True, placed_by=MANCHESTER), IN_A_COUNTY))
    assert IN_2028 not in words


def asked(postcode: str, practice: str = "") -> str:
    at = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    found = contact_answer(postcode=postcode, asked=Asked(), at=at, practice_ods=practice)
    return " ".join(found.sentences)


@pytest.mark.django_db
def test_of_the_open_data(world: World) -> None:
    assert IN_2028 in asked("CB2 3QJ")
    for elsewhere in ("M33 2RH", "RH2 0SH", "CF10 3ND", "IV3 5NX"):
        assert IN_2028 not in asked(elsewhere)
    assert (
        "From 1 April 2027 it will be East Surrey Council. Source: written ministerial statement"
        " on local government reorganisation, 28 October 2025." in asked("RH2 0SH")
    )


# --- the list of practices ------------------------------------------------------------------------
BOARDS = "Integrated care boards changed on 1 April 2026 (12 abolished, 6 created)"


@pytest.mark.django_db
def test_a_practice_that_is_not_in_the_bundled_list_reads_which_list_that_is(world: World) -> None:
    words = asked("M33 2RH", practice="B86109")
    for one in (
        "The practice B86109 is not known here.",
        "NHS Organisation Data Service, epraccur, September 2025: 408 GP practices of Greater"
        " Manchester only.",
        "Practices elsewhere in England, and those in Wales, Scotland and Northern Ireland, are"
        " not in it.",
        f"{BOARDS}: the list is older than that. Source: NHS Business Services Authority",
        "Social care follows the home in any case.",
    ):
        assert one in words
    assert "England and Wales only" not in words
    card = Client().get("/who-to-contact/practices/B86109/")
    assert card.status_code == 404
    assert "408 GP practices of Greater Manchester only" in card.content.decode()


@pytest.mark.django_db
def test_another_list_is_described_by_what_is_in_it(world: World) -> None:
    new = Organisation.objects.create(
        kind="practice", code_scheme="ods", code="W99999", name="A", nation="Wales",
        opened_on=date(2026, 5, 1),
    )  # fmt: skip
    Practice.objects.create(organisation=new, ods="W99999")
    words = asked("M33 2RH", practice="B86109")
    assert "408 in England and 1 in Wales, the newest opened on 1 May 2026." in words
    assert "Others, and those in Scotland and Northern Ireland, are not in it." in words
    assert "Greater Manchester" not in words
    assert BOARDS not in words
    Organisation.objects.filter(pk=new.pk).update(closed_on=date(2026, 6, 1))
    assert "408 GP practices of Greater Manchester only" in asked("M33 2RH", practice="B86109")


def test_boards_are_named_only_beside_a_list_that_is_older() -> None:
    boards = dated_fact(CARE_BOARDS)
    older = PracticeList({"England": 1}, date(2026, 3, 31), None)
    newer = PracticeList({"England": 1}, date(2026, 4, 1), None)
    assert BOARDS in " ".join(about_the_list(older, boards))
    assert BOARDS not in " ".join(about_the_list(newer, boards))
    assert about_the_list(PracticeList({}, None, None), boards) == [
        "No list of GP practices is loaded."
    ]


def test_every_dated_fact_has_its_source_and_is_a_whole_sentence() -> None:
    for key in (COUNTIES, CARE_BOARDS):
        fact = dated_fact(key)
        assert fact.sentence.endswith(".")
        assert fact.source.name
        assert fact.source.on < fact.on or key == CARE_BOARDS


def test_the_bundled_list_has_as_many_as_are_said() -> None:
    known, codes = bundled_practices()
    assert (known.covers, known.as_of, len(codes)) == ("Greater Manchester", date(2025, 9, 1), 408)


# --- the original, where it is --------------------------------------------------------------------
def test_the_counts_of_the_original_list(shared: Path) -> None:
    with (shared / "ods" / "epraccur_2025-09.csv").open(encoding="utf-8", newline="") as file:
        active = [row for row in csv.reader(file) if row[12] == "A"]
    assert len(active) == 12_440
    practices = [row for row in active if row[25] == "4"]
    assert len(practices) == 6_618
    welsh = Counter(row[0].startswith("W") for row in practices)
    assert (welsh[False], welsh[True]) == (6_220, 398)


@pytest.mark.django_db
def test_the_original_list_is_described_by_its_counts(world: World, shared: Path) -> None:
    run("import_practices", shared / "ods" / "epraccur_2025-09.csv")
    words = asked("M33 2RH", practice="S70123")
    assert "6,220 in England and 398 in Wales, the newest opened on 1 May 2025." in words
    assert "Others, and those in Scotland and Northern Ireland, are not in it." in words
    assert BOARDS in words
    assert organisation("B86109").kind == "practice"

"""Asked whole: the place, the practice, and the services that go with the answer."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from contacts import directory
from contacts.actions.services import save_service
from contacts.answers import Asked, ContactAnswer, UnknownPostcode, asked_by, contact_answer
from contacts.directory import Directory
from contacts.models import Contact, Postcode, Practice, Responsibility, Service
from contacts.states import About, Basis, Kind, Visibility
from contacts.who import Question
from portal.accounts.access import reader_for
from portal.accounts.models import Organisation
from portal.core.refused import InvalidInput
from tests.contacts.conftest import (
    HOME,
    PRACTICE_HERE,
    PRACTICE_THERE,
    TRAFFORD,
    World,
    entry,
    organisation,
)

pytestmark = pytest.mark.django_db
STRANGER, COLLEAGUE = Asked(), Asked(signed_in=True)
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    directory._kept = Directory(None)
    yield
    directory._kept = Directory(None)


def ask(
    postcode: str = HOME,
    asked: Asked = STRANGER,
    *,
    practice: str = "",
    about: About = About.CARE,
    at: datetime = MONDAY_NOON,
) -> ContactAnswer:
    return contact_answer(
        postcode=postcode, asked=asked, practice_ods=practice, question=Question(about), at=at
    )


def names(found: ContactAnswer) -> list[str]:
    return [entry.name for entry in found.others]


def test_the_front_door_leads(world: World) -> None:
    found = ask("m332rh")
    assert found.leading is not None
    assert found.leading.reference == world.services["front_door"].reference
    assert found.leading.out_of_hours is not None
    assert found.leading.out_of_hours.telephone == "0161 496 0199"
    assert names(found) == ["Trafford district nursing", "Adult safeguarding"]


@pytest.mark.parametrize(
    ("postcode", "gss", "said"),
    [
        ("CB2 3QJ", "E10000003", "a district of Cambridgeshire"),
        ("OX1 1BX", "E10000025", "a district of Oxfordshire"),
        ("PO19 1RQ", "E10000032", "a district of West Sussex"),
        ("GU2 4BB", "E10000030", "From 1 April 2027 it will be West Surrey Council."),
        ("RH2 0SH", "E10000030", "From 1 April 2027 it will be East Surrey Council."),
        ("CF10 3ND", "W06000015", "Social Services and Well-being (Wales) Act"),
        ("EH1 1YJ", "S12000036", "partnership of City of Edinburgh Council"),
        ("IV3 5NX", "S08000022", "NHS Highland, not the council"),
        ("BT1 5GS", None, "not from the district councils"),
        ("JE2 4WD", None, "Jersey, outside the United Kingdom"),
        ("AB1 0AA", "S12000033", "taken out of use in June 1996"),
        ("AB11 3AG", None, "where it was is not recorded"),
        ("SE1P 5ZZ", "E09000028", "Southwark"),
    ],
)
def test_true_answers_everywhere(world: World, postcode: str, gss: str | None, said: str) -> None:
    found = ask(postcode)
    authority = found.answer.authority
    assert (authority.gss if authority else None) == gss
    assert said in " ".join(found.sentences)
    assert found.leading is None
    nobody = "No single point of access of" in found.sentences[-1]
    assert nobody == (gss is not None)


def test_surrey_by_district_on_the_day(world: World) -> None:
    day = datetime(2027, 4, 1, 0, 30, tzinfo=UTC)  # 01:30 in London
    for postcode, name in (("GU2 4BB", "West Surrey Council"), ("RH2 0SH", "East Surrey Council")):
        before = ask(postcode, at=day - timedelta(hours=2)).answer.authority
        after = ask(postcode, at=day).answer.authority
        assert before
        assert after
        assert before.gss == "E10000030"
        assert (after.name, after.gss) == (name, None)


def test_unknown_and_malformed(world: World) -> None:
    with pytest.raises(UnknownPostcode) as unknown:
        ask("ZZ1 1ZZ")
    assert (unknown.value.status, unknown.value.field) == (404, "postcode")
    assert "ZZ1 1ZZ is not among the postcodes" in unknown.value.sentence
    with pytest.raises(InvalidInput):
        ask("M33")
    with pytest.raises(InvalidInput) as wrong:
        ask(practice="P9'; --")
    assert wrong.value.field == "practice"


# --- the practice -----------------------------------------------------------------------------
def test_a_readers_own_practice_elsewhere(world: World) -> None:
    found = ask(asked=asked_by(reader_for(world.users["gina"])))
    assert found.answer.practice_explanation[0] == (
        "Your practice is in Manchester, this home is in Trafford."
    )
    assert "Manchester district nursing" in names(found)
    assert "Trafford district nursing" not in names(found)
    assert "Contact centre" not in names(found)


def test_a_readers_own_practice_here(world: World) -> None:
    found = ask(asked=asked_by(reader_for(world.users["tina"])))
    assert found.answer.practice_explanation == ()
    assert "Trafford district nursing" in names(found)


def test_a_named_practice_comes_before_the_readers_own(world: World) -> None:
    found = ask(asked=asked_by(reader_for(world.users["tina"])), practice=PRACTICE_THERE.lower())
    assert found.practice is not None
    assert found.practice.ods == PRACTICE_THERE
    assert not found.practice.is_readers_own


def test_a_reader_without_a_practice(world: World) -> None:
    assert asked_by(reader_for(world.users["dora"])) == Asked(signed_in=True)


def test_a_practice_that_is_not_known_here(world: World) -> None:
    found = ask(practice="S12345")
    assert found.practice is None
    assert "The practice S12345 is not known here" in found.sentences[-1]
    assert "not found" not in " ".join(found.sentences)


def test_the_catchment(world: World, catchment: Practice) -> None:
    found = ask(practice=PRACTICE_THERE)
    assert found.practice is not None
    assert found.practice.covers_home is True
    shares = [(share.authority.gss, share.share) for share in found.practice.shares]
    assert shares == [("E08000003", 0.79), ("E08000009", 0.2)]
    outside = ask("WA15 7XR", practice=PRACTICE_THERE)
    assert outside.practice is not None
    assert outside.practice.covers_home is False
    assert "This home is outside the area" in outside.sentences[-1]


def test_where_nobody_has_said_what_a_practice_covers(world: World) -> None:
    found = ask(practice=PRACTICE_HERE)
    assert found.practice is not None
    assert found.practice.covers_home is None


# --- which services -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("about", "leading"),
    [
        (About.CARE, "Adult social care front door"),
        (About.SAFEGUARDING, "Adult safeguarding"),
        (About.AFTERCARE, "Adult social care front door"),
    ],
)
def test_each_question_leads_elsewhere(world: World, about: About, leading: str) -> None:
    found = ask(about=about)
    assert found.leading is not None
    assert found.leading.name == leading
    assert found.leading.basis == found.answer.basis


def test_for_a_carer(world: World) -> None:
    save_service(
        facts=entry(name="Carers' line", kind=Kind.CARERS, basis=Basis.CARED_FOR),
        organisation=organisation(TRAFFORD),
        by=None,
    )
    found = ask(about=About.CARER)
    assert found.leading is not None
    assert found.leading.name == "Carers' line"


def test_a_council_that_has_handed_over_is_not_named(world: World) -> None:
    """Its entries stay until somebody closes them."""
    Responsibility.objects.filter(area_gss=TRAFFORD).update(
        authority=organisation("E08000003"), authority_gss="E08000003"
    )
    found = ask()
    assert found.leading is None
    assert "Adult safeguarding" not in names(found)


def test_a_closed_entry_is_not_named(world: World) -> None:
    Service.objects.filter(pk=world.services["front_door"].pk).update(closed_on=date(2026, 1, 1))
    assert ask().leading is None


def test_what_is_no_single_point_of_access_is_not_listed(world: World) -> None:
    assert "Emergency duty team" not in names(ask())


# --- who may see which contact ----------------------------------------------------------------
def test_contacts_by_who_is_asking(world: World) -> None:
    def seen(asked: Asked) -> set[str]:
        leading = ask(asked=asked).leading
        assert leading is not None
        return {way.value for way in leading.ways}

    assert seen(STRANGER) == {"0161 496 0123"}
    assert seen(COLLEAGUE) == {"0161 496 0123", "0161 496 0777"}
    assert seen(STRANGER) == {"0161 496 0123"}


def test_a_contact_that_becomes_professional_is_gone_at_once(world: World) -> None:
    assert ask().leading
    Contact.objects.filter(value="0161 496 0123").update(visibility=Visibility.PROFESSIONAL)
    found = ask()
    assert found.leading
    assert found.leading.ways == ()


# --- what is kept in memory -------------------------------------------------------------------
def test_a_second_question_reads_one_row(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(practice=PRACTICE_THERE)
    with django_assert_num_queries(1):
        ask("M33 7SS", practice=PRACTICE_THERE)


def test_the_first_question_has_a_budget(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        ask()


def test_a_change_is_seen_by_the_next_question(world: World) -> None:
    for change, now_said in (
        (lambda: Contact.objects.filter(value="0161 496 0123").update(value="0161 496 0555"),
         lambda found: found.leading.telephone == "0161 496 0555"),
        (lambda: Service.objects.filter(name__startswith="Adult social").update(name="Door"),
         lambda found: found.leading.name == "Door"),
        (lambda: Organisation.objects.filter(code=TRAFFORD).update(name="Trafford Borough"),
         lambda found: found.answer.authority.name == "Trafford Borough"),
    ):  # fmt: skip
        assert not now_said(ask())
        change()
        assert now_said(ask())


def test_a_change_that_is_taken_back_is_forgotten(world: World) -> None:
    assert ask().leading
    with transaction.atomic():
        Service.objects.filter(pk=world.services["front_door"].pk).update(
            closed_on=date(2026, 1, 1)
        )
        assert ask().leading is None
        transaction.set_rollback(True)
    assert ask().leading


def test_a_new_postcode_needs_no_new_directory(world: World) -> None:
    ask()
    kept = directory._kept
    Postcode.objects.create(key="ZZ11ZZ", nation="England", district_gss=TRAFFORD)
    assert ask("ZZ1 1ZZ").leading
    assert directory._kept is kept


def test_what_is_kept_is_of_its_day(world: World) -> None:
    with time_machine.travel(MONDAY_NOON, tick=False) as clock:
        front_door = Service.objects.filter(pk=world.services["front_door"].pk)
        front_door.update(closed_on=date(2026, 11, 24))
        assert ask().leading
        clock.move_to(MONDAY_NOON + timedelta(days=1))
        assert ask(at=MONDAY_NOON + timedelta(days=1)).leading is None


def test_practices_that_are_not_known_are_not_kept(world: World) -> None:
    for number in range(30):
        ask(practice=f"X{number:05}")
    assert not directory._kept._practices

"""Directory entries: who may change them, what they must be, what the database holds to."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, time
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from contacts.access import get_entry, get_service, service_for_referral, services_to_redirect_to
from contacts.actions.services import close_service, mark_checked, save_service
from contacts.models import Contact, Postcode, Responsibility, Service, ServiceArea
from contacts.rules import ContactFacts, Standards
from contacts.states import Basis, Channel, Visibility
from portal.accounts.access import reader_for
from portal.accounts.models import Team
from portal.core.clock import today
from portal.core.refused import InvalidInput, NotAllowed, PreconditionMissing, Refused, Stale
from portal.worktime.hours import Opening
from tests.contacts.conftest import MANCHESTER, TRAFFORD, World, entry, organisation

pytestmark = pytest.mark.django_db


def saved(world: World, **changes: Any) -> Service:
    """The front door, saved again with other facts by its editor."""
    service = Service.objects.get(pk=world.services["front_door"].pk)
    return save_service(
        facts=entry(**changes),
        organisation=organisation(TRAFFORD),
        service=service,
        version=service.version,
        by=reader_for(world.users["dora"]),
    )


def test_an_editor_changes_an_entry(world: World) -> None:
    before = world.services["front_door"]
    after = saved(world, what_it_needs=["One thing"], openings=[Opening(0, time(9), time(12))])
    assert after.version == before.version + 1
    assert after.what_it_needs == ["One thing"]
    assert after.hours().openings == (Opening(0, time(9), time(12)),)
    assert [one.value for one in after.contacts.all()] == ["0161 496 0123"]


def test_another_organisations_editor_does_not(world: World) -> None:
    mona = reader_for(world.users["mona"])
    front_door = world.services["front_door"]
    with pytest.raises(NotAllowed):
        save_service(facts=entry(name="Ours"), organisation=organisation(TRAFFORD), by=mona)
    # Nor by calling somebody else's entry their own.
    with pytest.raises(Service.DoesNotExist):
        save_service(
            facts=entry(), organisation=organisation(MANCHESTER), service=front_door, version=1,
            by=mona,
        )  # fmt: skip
    for name in ("gina", "mona"):
        with pytest.raises(NotAllowed):
            mark_checked(service=front_door, by=reader_for(world.users[name]))
        with pytest.raises(NotAllowed):
            close_service(
                service=front_door, version=1, reason="Moved", by=reader_for(world.users[name])
            )


def test_two_editors_at_once(world: World) -> None:
    dora = reader_for(world.users["dora"])
    service = world.services["front_door"]
    saved(world)
    for version, error in ((service.version, Stale), (None, PreconditionMissing)):
        with pytest.raises(error):
            save_service(
                facts=entry(), organisation=organisation(TRAFFORD), service=service,
                version=version, by=dora,
            )  # fmt: skip


def test_checking_says_who_and_when(world: World) -> None:
    mark_checked(service=world.services["front_door"], by=reader_for(world.users["dora"]))
    service = Service.objects.get(pk=world.services["front_door"].pk)
    assert service.last_checked_by == world.users["dora"]
    assert service.last_checked_on is not None


def test_a_closed_entry_is_found_by_nobody(world: World) -> None:
    service = Service.objects.get(pk=world.services["front_door"].pk)
    dora = reader_for(world.users["dora"])
    close_service(service=service, version=service.version, reason="Moved", by=dora)
    with pytest.raises(Http404):
        get_entry(service.reference, signed_in=True)
    assert Service.objects.filter(pk=service.pk).exists()


def test_an_authority_covers_all_its_districts(world: World) -> None:
    county = organisation("E10000003")
    service = save_service(facts=entry(covers=["E10000003"]), organisation=county, by=None)
    areas = ServiceArea.objects.filter(service=service).values_list("area_gss", flat=True)
    assert sorted(areas) == [f"E070000{number:02}" for number in range(8, 13)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"covers": ["E08000999"]}, "covers"),
        ({"what_it_needs": [""]}, "what_it_needs"),
        ({"what_it_needs": ["x" * 161]}, "what_it_needs"),
        ({"what_it_does_not_do": ["x"] * 9}, "what_it_does_not_do"),
        ({"contacts": [ContactFacts(Channel.TELEPHONE, "ring the bell")]}, "contacts"),
        ({"contacts": [ContactFacts(Channel.EMAIL, "nobody")]}, "contacts"),
        ({"contacts": [ContactFacts(Channel.WEB, "javascript:alert(1)")]}, "contacts"),
        ({"contacts": [ContactFacts(Channel.TELEPHONE, "0161 496 0123")] * 2}, "contacts"),
        ({"openings": [Opening(0, time(17), time(9))]}, "openings"),
        ({"openings": [Opening(7, time(9), time(17))]}, "openings"),
        ({"always_open": True}, "openings"),
        ({"standards": Standards(routine=10, this_week=20, today=5)}, "standards"),
        ({"standards": Standards(routine=10, this_week=10, today=0)}, "standards"),
    ],
)
def test_what_cannot_be_an_entry(world: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        saved(world, **changes)
    assert wrong.value.field == field


@pytest.mark.parametrize("missing", [{"standards": None}, {"openings": []}])
def test_a_team_that_takes_referrals_has_a_clock(world: World, missing: dict[str, Any]) -> None:
    team = Team.objects.get(name="Front door")
    with pytest.raises(InvalidInput):
        save_service(
            facts=entry(name="New", **missing), organisation=organisation(TRAFFORD),
            receiving_team=team, by=None,
        )  # fmt: skip


def test_a_team_of_another_organisation_receives_nothing(world: World) -> None:
    team = Team.objects.get(name="Front door")
    with pytest.raises(InvalidInput, match="another organisation"):
        save_service(
            facts=entry(name="New"), organisation=organisation(MANCHESTER), receiving_team=team,
            by=None,
        )  # fmt: skip


def test_an_entry_for_sending_is_read_by_one_statement(
    world: World, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for kept in world.services.values():
        with django_assert_num_queries(1):
            found = get_service(kept.reference)
            parts = (found.organisation.name, found.receiving_team, found.hours())
        assert found == kept
        assert parts == (kept.organisation.name, kept.receiving_team, kept.hours())
        for field in Service._meta.concrete_fields:
            value = getattr(Service.objects.get(pk=kept.pk), field.attname)
            assert getattr(found, field.attname) == value


def test_a_closed_entry_is_not_sent_to(world: World) -> None:
    front_door = world.services["front_door"]
    Service.objects.filter(pk=front_door.pk).update(closed_on=today())
    with pytest.raises(Http404):
        get_service(front_door.reference)


def test_one_name_once(world: World) -> None:
    with pytest.raises(InvalidInput, match="has an entry of this name already"):
        save_service(facts=entry(), organisation=organisation(TRAFFORD), by=None)


def test_a_referral_goes_where_somebody_reads_it(world: World) -> None:
    gina, front_door = reader_for(world.users["gina"]), world.services["front_door"]
    assert service_for_referral(gina, front_door.reference) == front_door
    with pytest.raises(Refused, match="does not take referrals here"):
        service_for_referral(gina, world.services["safeguarding"].reference)
    with pytest.raises(Http404):
        service_for_referral(gina, "SV-NONE-NONE")
    with pytest.raises(NotAllowed):
        service_for_referral(reader_for(world.users["dora"]), front_door.reference)
    assert services_to_redirect_to(world.services["safeguarding"], at_most=2) == [front_door]
    assert services_to_redirect_to(front_door, at_most=2) == []


# --- what the database itself refuses -----------------------------------------------------------
def refused(make: Any, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


def test_constraints_of_an_entry(world: World) -> None:
    service = world.services["front_door"]
    rows = Service.objects.filter(pk=service.pk)
    refused(lambda: rows.update(out_of_hours=service), "service_not_its_own_out_of_hours")
    refused(lambda: rows.update(today_minutes=None), "service_standards_all_or_none")
    refused(
        lambda: rows.update(routine_minutes=None, this_week_minutes=None, today_minutes=None),
        "service_that_takes_referrals_has_standards",
    )
    refused(
        lambda: rows.update(last_checked_by=world.users["dora"], last_checked_on=None),
        "service_checked_by_on",
    )
    refused(
        lambda: Contact.objects.create(
            service=service, kind="web", value="javascript:x", visibility="public"
        ),
        "contact_value_shape",
    )
    refused(
        lambda: ServiceArea.objects.create(service=service, area_gss="E10000003"),
        "service_area_code",
    )


def test_nobody_answers_for_a_district_twice_on_one_day(world: World) -> None:
    def another(begun: date, until: date | None) -> Any:
        return lambda: Responsibility.objects.create(
            area_gss="E08000009", area_name="Trafford", authority=organisation(MANCHESTER),
            authority_gss=MANCHESTER, how="council", from_date=begun, until=until,
        )  # fmt: skip

    refused(another(date(2026, 1, 1), None), "responsibility_one_a_day")
    refused(another(date(2014, 1, 1), date(2015, 4, 2)), "responsibility_one_a_day")
    refused(another(date(2014, 1, 1), date(2014, 1, 1)), "responsibility_ends_after_it_begins")
    another(date(2014, 1, 1), date(2015, 4, 1))()  # half-open: they touch, and that is all


def test_constraints_of_a_postcode(world: World) -> None:
    rows = Postcode.objects.filter(key="M332RH")
    refused(lambda: rows.update(longitude=None), "postcode_both_coordinates")
    refused(lambda: rows.update(latitude=99.999999), "postcode_both_coordinates")
    refused(lambda: rows.update(district_gss="E47000001"), "postcode_district")
    refused(lambda: rows.update(county_gss="E99999999"), "postcode_county")
    refused(lambda: Postcode.objects.create(key="M33 2RJ", nation="England"), "postcode_key")


def test_a_responsibility_names_somebody_except_in_northern_ireland(world: World) -> None:
    refused(
        lambda: Responsibility.objects.filter(area_gss="E08000009").update(authority=None),
        "responsibility_has_authority",
    )


def test_the_history_of_an_entry(world: World) -> None:
    """Its parts are replaced when it is edited; what was there is kept."""
    service = saved(world, contacts=[ContactFacts(Channel.TELEPHONE, "0161 496 0999")])
    events = Contact.pgh_event_model.objects.filter(service_id=service.pk)
    gone = events.filter(pgh_label="delete").values_list("value", flat=True)
    assert set(gone) == {"0161 496 0123", "0161 496 0777", "refuge@example.org"}
    assert events.filter(pgh_label="insert", value="0161 496 0999").count() == 1


def test_words_of_states_are_those_of_the_columns() -> None:
    assert Service.Basis is Basis
    assert Contact.Visibility is Visibility

"""Editors change single parts of an entry: tried out, saved, undone; two at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from contacts.access import get_entry, get_own_entry
from contacts.actions.editing import Clash, as_if_changed, change_entry, undo_change
from contacts.entry import entry_of
from contacts.models import Contact, DirectoryRevision, Service, ServiceChange, ServiceNotice
from contacts.states import Change, Visibility
from contacts.whole import whole_of
from portal.accounts.access import reader_for
from portal.accounts.models import Membership
from portal.accounts.roles import Role
from portal.core.clock import now, standing_at
from portal.core.references import new_opaque_id
from portal.core.refused import InvalidInput, NotYours, Refused, Stale
from tests.contacts.conftest import TRAFFORD, World, organisation
from tests.contacts.editing import change, dora, front_door, notice, numbers, undo

pytestmark = pytest.mark.django_db


# --- who may ---
@pytest.mark.parametrize("name", ["gina", "tina", "mona"])
def test_for_others_the_entry_is_not_there(world: World, name: str) -> None:
    service = front_door(world)
    with pytest.raises(NotYours):
        get_own_entry(reader_for(world.users[name]), service.reference)
    with pytest.raises(NotYours):
        change_entry(
            reference=service.reference,
            version=service.version,
            changes={"summary": "Ours now"},
            key=new_opaque_id(),
            by=reader_for(world.users[name]),
        )
    with pytest.raises(NotYours):
        undo_change(
            reference=service.reference, version=1, key="k" * 12, by=reader_for(world.users[name])
        )


@pytest.mark.parametrize("role", [Role.ORGANISATION_ADMINISTRATOR, Role.MANAGER])
def test_no_other_role_of_the_organisation_edits(world: World, role: Role) -> None:
    user = world.users["mona"]
    Membership.objects.create(
        user=user,
        organisation=organisation(TRAFFORD),
        team=front_door(world).receiving_team if role == Role.MANAGER else None,
        role=role,
    )
    with pytest.raises(NotYours):
        get_own_entry(reader_for(user), front_door(world).reference)


# --- changing ---
def test_one_part_is_changed_and_the_rest_stays(world: World) -> None:
    before = whole_of(front_door(world))
    after = change(world, summary="For adults in Trafford")
    assert after.version == front_door(world).version
    assert whole_of(after) == {**before, "summary": "For adults in Trafford"}


def test_a_change_keeps_who_when_the_old_and_the_new(world: World) -> None:
    # Read now: three days ago she was no editor yet.
    editor, moment = dora(world), now() - timedelta(days=3)
    with standing_at(moment):
        service = change(world, by=editor, contacts=[["telephone", "0161 496 0999", "", "public"]])
    kept = ServiceChange.objects.get(service=service, version=service.version)
    assert (kept.by, kept.at, kept.verb) == (world.users["dora"], moment, Change.CHANGED)
    assert [row[1] for row in kept.before["contacts"]] == [
        "0161 496 0123",
        "0161 496 0777",
        "refuge@example.org",
    ]
    assert kept.after == {"contacts": [["telephone", "0161 496 0999", "", "public"]]}
    # The triggers' own history says the same.
    events = Contact.pgh_event_model.objects.filter(service_id=service.pk)
    assert events.filter(pgh_label="insert", value="0161 496 0999").exists()


def test_every_change_is_in_the_next_answer(world: World) -> None:
    before = DirectoryRevision.objects.get().revision
    service = change(world, notices=[notice()])
    assert DirectoryRevision.objects.get().revision != before
    assert numbers(service) == ["0161 496 0123"]


def test_sent_again_it_happens_once(world: World) -> None:
    service, key = front_door(world), new_opaque_id()
    for _ in range(2):
        change_entry(
            reference=service.reference,
            version=service.version,
            changes={"summary": "Once"},
            key=key,
            by=dora(world),
        )
    assert front_door(world).version == service.version + 1
    with pytest.raises(Refused, match="sent before with other contents"):
        change_entry(
            reference=service.reference,
            version=service.version,
            changes={"summary": "Twice"},
            key=key,
            by=dora(world),
        )


def test_nothing_different_is_no_change(world: World) -> None:
    with pytest.raises(Refused, match="Nothing is different"):
        change(world, name=front_door(world).name)
    assert not ServiceChange.objects.filter(verb=Change.CHANGED).exists()


def test_a_promise_in_days_is_kept_when_the_days_change(world: World) -> None:
    """Two days of eight and a half hours become two days of four."""
    assert front_door(world).routine_minutes == 2 * 510
    service = change(world, openings=[[day, "09:00", "13:00"] for day in range(5)])
    assert (service.routine_minutes, service.this_week_minutes) == (480, 240)
    # Two hours are no whole day: they stay two hours.
    assert service.today_minutes == 120


def test_looked_at_whole_and_checked(world: World) -> None:
    service = front_door(world)
    change_entry(
        reference=service.reference,
        version=service.version,
        changes={"summary": "Checked too"},
        key=new_opaque_id(),
        checked=True,
        by=dora(world),
    )
    assert front_door(world).last_checked_by == world.users["dora"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"contacts": [["telephone", "ring the bell", "", "public"]]}, "contacts"),
        ({"contacts": [["web", "javascript:alert(1)", "", "public"]]}, "contacts"),
        ({"openings": [[0, "17:00", "08:30"]]}, "openings"),
        ({"openings": [[0, "08:30", "13:00"], [0, "12:00", "17:00"]]}, "openings"),
        ({"openings": []}, "openings"),
        ({"standards": [10, 20, 5]}, "standards"),
        ({"standards": None}, "standards"),
        ({"covers": ["E08000999"]}, "covers"),
        ({"name": "Emergency duty team"}, "name"),
        ({"threshold": "x" * 601}, "threshold"),
        ({"what_it_needs": ["x"] * 9}, "what_it_needs"),
        ({"receiving_team": 999_999}, "receiving_team"),
        ({"out_of_hours": "SV-NONE-NONE"}, "out_of_hours"),
    ],
)
def test_what_cannot_be(world: World, changes: dict[str, Any], field: str) -> None:
    before = whole_of(front_door(world))
    with pytest.raises(InvalidInput) as wrong:
        change(world, **changes)
    assert wrong.value.field == field
    assert whole_of(front_door(world)) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0},
        {"minutes": -5},
        {"minutes": 60 * 24 * 200},
        {"text": "x" * 201},
        {"text": " "},
        {"visibility": Visibility.PROTECTED},
    ],
)
def test_a_notice_that_cannot_be(world: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as said:
        change(world, notices=[notice(**wrong)])
    assert said.value.field == "notices"


# --- notices ---
def test_a_notice_goes_away_by_itself(world: World) -> None:
    service = change(world, notices=[notice(minutes=60)])
    found = entry_of(get_entry(service.reference, signed_in=False), signed_in=False)
    assert [one.text for one in found.notices_at(now())] == ["Telephones are down"]
    # An entry kept in memory says no more than it should.
    assert found.notices_at(now() + timedelta(minutes=61)) == []
    with standing_at(now() + timedelta(minutes=61)):
        again = entry_of(get_entry(service.reference, signed_in=False), signed_in=False)
        assert again.notices == ()


def test_a_notice_for_colleagues_is_not_for_strangers(world: World) -> None:
    service = change(world, notices=[notice(visibility=Visibility.PROFESSIONAL)])
    for signed_in in (True, False):
        found = entry_of(get_entry(service.reference, signed_in=signed_in), signed_in=signed_in)
        assert bool(found.notices) is signed_in


def test_a_notice_taken_down_and_one_that_stays(world: World) -> None:
    long, short = notice("Moved", 600), notice("Down", 60)
    change(world, notices=[short, long])
    service = change(world, notices=[long])
    assert [one.text for one in service.notices.all()] == ["Moved"]


def test_a_notice_that_is_over_is_in_nobodys_way(world: World) -> None:
    """It is no clash, stays in the history, and undoing it does nothing."""
    editor = dora(world)
    with standing_at(now() - timedelta(hours=3)):
        before = front_door(world).version
        changed = change(world, by=editor, notices=[notice(minutes=60)])
    change(world, before, notices=[notice("New", 60)])
    with pytest.raises(Refused):
        undo(world, changed.version)


# --- tried out ---
def test_trying_out_leaves_nothing(world: World) -> None:
    service, before = front_door(world), whole_of(front_door(world))
    changes = {"contacts": [["telephone", "0161 496 0555", "", "public"]], "notices": [notice()]}
    with as_if_changed(
        reference=service.reference, version=service.version, changes=changes, by=dora(world)
    ):
        assert numbers(service) == ["0161 496 0555"]
    assert numbers(service) == ["0161 496 0123"]
    assert whole_of(front_door(world)) == before
    assert front_door(world).version == service.version
    assert not ServiceNotice.objects.exists()


# --- two editors ---
def test_other_fields_changed_meanwhile_are_no_clash(world: World) -> None:
    opened = front_door(world).version
    change(world, summary="One editor")
    service = change(world, opened, ring_first="The other editor")
    assert (service.summary, service.ring_first) == ("One editor", "The other editor")


def test_the_same_field_is_a_clash_and_both_texts_are_there(world: World) -> None:
    opened = front_door(world).version
    change(world, summary="One editor")
    with pytest.raises(Clash) as clash:
        change(world, opened, summary="The other editor", ring_first="And this")
    assert isinstance(clash.value, Stale)
    assert clash.value.fields == ["summary"]
    assert clash.value.theirs["summary"] == "One editor"
    assert clash.value.change is not None
    assert clash.value.change.by == world.users["dora"]
    assert front_door(world).summary == "One editor"


def test_the_same_text_from_both_is_no_clash(world: World) -> None:
    opened = front_door(world).version
    change(world, summary="Both")
    service = change(world, opened, summary="Both", ring_first="And this")
    assert service.ring_first == "And this"


def test_a_version_from_before_anything_was_kept_is_a_clash(world: World) -> None:
    """As in a portal that has just got its history: what was opened cannot be known."""
    service = front_door(world)
    Service.objects.filter(pk=service.pk).update(version=9)
    with pytest.raises(Clash):
        change(world, 5, summary="Typed against something old")


def test_one_version_is_made_once(world: World) -> None:
    service = change(world, summary="New")
    with pytest.raises(IntegrityError, match="service_change_once"), transaction.atomic():
        ServiceChange.objects.create(
            service=service, version=service.version, verb=Change.CHANGED, at=now()
        )


def test_history_is_only_added_to(world: World) -> None:
    service = change(world, summary="New")
    rows = ServiceChange.objects.filter(service=service)
    for spoil in (lambda: rows.update(version=99), rows.delete):
        with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
            spoil()

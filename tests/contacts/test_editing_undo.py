"""Changes of an entry are taken back; closing is one of them; new entries."""

import pytest
from django.http import Http404

from contacts.access import get_entry
from contacts.actions.editing import BuiltOn
from contacts.actions.services import close_service, make_service
from contacts.models import ServiceChange
from contacts.states import Change
from contacts.whole import whole_of
from portal.core.references import new_opaque_id
from portal.core.refused import InvalidInput, Refused
from tests.contacts.conftest import TRAFFORD, World, entry, organisation
from tests.contacts.editing import address, change, dora, front_door, notice, undo

pytestmark = pytest.mark.django_db


# --- undo ---
def test_undo_restores_every_part(world: World) -> None:
    before = whole_of(front_door(world))
    service = change(
        world,
        name="Another name",
        contacts=[["web", "https://example.org/x", "", "public"]],
        openings=[[5, "10:00", "11:00"]],
        covers=["E08000003", "E08000009"],
        what_it_needs=["Nothing"],
        standards=[60, 60, 60],
        out_of_hours="",
        notices=[notice()],
    )
    after = undo(world, service.version)
    assert whole_of(after) == before
    kept = ServiceChange.objects.get(service=service, version=after.version)
    assert (kept.verb, kept.undoes.version) == (Change.UNDID, service.version)


def test_undo_of_undo(world: World) -> None:
    changed = change(world, summary="New")
    undone = undo(world, changed.version)
    assert undo(world, undone.version).summary == "New"


def test_what_was_undone_already_is_not_undone_again(world: World) -> None:
    first = change(world, summary="New")
    undo(world, first.version)
    # Also where the entry says the same again.
    for _ in range(2):
        with pytest.raises(Refused, match="has been undone already"):
            undo(world, first.version)
        page = world.signed_in("dora").get(address(world, f"history/{first.version}/undo"))
        assert page.status_code == 409
        assert "has been undone already" in page.content.decode()
        if front_door(world).summary == "":
            change(world, summary="New")


def test_undo_leaves_what_came_later_alone(world: World) -> None:
    first = change(world, summary="New")
    change(world, ring_first="Later")
    service = undo(world, first.version)
    assert (service.summary, service.ring_first) == ("", "Later")


def test_what_was_built_on_is_not_undone(world: World) -> None:
    first = change(world, summary="First")
    second = change(world, summary="Second", ring_first="x")
    with pytest.raises(BuiltOn) as no:
        undo(world, first.version)
    assert (no.value.later.version, no.value.fields) == (second.version, ["summary"])
    undo(world, second.version)
    assert undo(world, first.version).summary == ""


def test_the_first_version_is_not_undone(world: World) -> None:
    with pytest.raises(Refused, match="close the entry instead"):
        undo(world, 1)
    with pytest.raises(Http404):
        undo(world, 77)


def test_a_closing_is_undone_and_nothing_else_is_changed_meanwhile(world: World) -> None:
    service = front_door(world)
    for reason in ("", " ", "x" * 201):
        with pytest.raises(InvalidInput):
            close_service(service=service, version=service.version, reason=reason, by=dora(world))
    close_service(
        service=service, version=service.version, reason="Merged with the hub", by=dora(world)
    )
    closed = front_door(world)
    assert closed.closed_because == "Merged with the hub"
    with pytest.raises(Http404):
        get_entry(service.reference, signed_in=True)
    with pytest.raises(Refused, match="This entry is closed"):
        change(world, summary="New")
    undo(world, closed.version)
    assert get_entry(service.reference, signed_in=True) == service


def test_a_name_that_was_taken_meanwhile_cannot_come_back(world: World) -> None:
    service = front_door(world)
    close_service(service=service, version=service.version, reason="Moved", by=dora(world))
    make_service(
        facts=entry(), organisation=organisation(TRAFFORD), key=new_opaque_id(), by=dora(world)
    )
    with pytest.raises(InvalidInput, match="an entry of this name already"):
        undo(world, front_door(world).version)


def test_a_new_entry_is_made_once_per_key(world: World) -> None:
    made = [
        make_service(
            facts=entry(name="New"), organisation=organisation(TRAFFORD), key="one-key-1",
            by=dora(world),
        ).pk
        for _ in range(2)
    ]  # fmt: skip
    assert made[0] == made[1]
    assert ServiceChange.objects.get(service=made[0]).verb == Change.MADE

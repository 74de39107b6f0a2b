"""What the tests of editing do again and again: Dora of Trafford at the front door's entry."""

from datetime import timedelta
from typing import Any

from contacts.access import get_entry
from contacts.actions.editing import change_entry, undo_change
from contacts.entry import entry_of
from contacts.models import Service
from contacts.rules import NoticeFacts
from contacts.whole import notice_as_data
from portal.accounts.access import Reader, reader_for
from portal.core.clock import now
from portal.core.references import new_opaque_id
from tests.contacts.conftest import World


def front_door(world: World) -> Service:
    """As it stands."""
    return Service.objects.get(pk=world.services["front_door"].pk)


def dora(world: World) -> Reader:
    """Its editor."""
    return reader_for(world.users["dora"])


def change(
    world: World, version: int | None = None, *, by: Reader | None = None, **changes: Any
) -> Service:
    """Dora changes the front door as it stands, or as it was at a version."""
    service = front_door(world)
    return change_entry(
        reference=service.reference,
        version=version or service.version,
        changes=changes,
        key=new_opaque_id(),
        by=by or dora(world),
    )


def undo(world: World, version: int) -> Service:
    """Dora takes back the change that made a version."""
    return undo_change(
        reference=front_door(world).reference, version=version, key=new_opaque_id(), by=dora(world)
    )


def notice(text: str = "Telephones are down", minutes: int = 60, **more: Any) -> dict[str, str]:
    """A notice that begins now, as plain data."""
    at = now()
    facts = {"starts_at": at, "ends_at": at + timedelta(minutes=minutes), **more}
    return notice_as_data(NoticeFacts(text, **facts))


def numbers(service: Service, *, signed_in: bool = False) -> list[str]:
    """What a reader sees of its contacts."""
    found = entry_of(get_entry(service.reference, signed_in=signed_in), signed_in=signed_in)
    return [way.value for way in found.ways]

"""What the tests of editing do again and again: Dora of Trafford at the front door's entry."""

import html
import re
from datetime import timedelta
from typing import Any

from django.http import HttpResponse

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


# --- on its pages ---
def ref(world: World) -> str:
    """Its reference."""
    return front_door(world).reference


def address(world: World, slug: str = "") -> str:
    """Of the front door for its editors, or of one of its parts."""
    base = f"/directory/own/{front_door(world).reference}/"
    return f"{base}{slug}/" if slug else base


def text_of(answer: HttpResponse) -> str:
    """The words of a page."""
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", main).split()))


def fields_of(answer: HttpResponse) -> dict[str, list[str]]:
    """What the page's form would send, as it was filled: inputs, areas of text, choices."""
    page = answer.content.decode()
    page = page[page.index("<main") : page.index("</main>")]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if at.get("type") in ("checkbox", "radio") and not re.search(r"\schecked", tag):
            continue
        found.setdefault(at["name"], []).append(html.unescape(at.get("value", "")))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.S):
        found[name] = [html.unescape(text).lstrip("\n")]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
        first = re.search(r'<option value="([^"]*)"', options)
        found[name] = [(chosen or first)[1] if (chosen or first) else ""]
    return found


def form(world: World, slug: str, **changes: Any) -> dict[str, list[str]]:
    """A part's form as Dora finds it, with changes."""
    page = world.signed_in("dora").get(address(world, slug))
    assert page.status_code == 200
    return {**fields_of(page), **{k: v if isinstance(v, list) else [v] for k, v in changes.items()}}


def send(world: World, slug: str, sent: dict[str, Any], act: str = "look") -> HttpResponse:
    """Dora sends a part's form with one of its buttons."""
    return world.signed_in("dora").post(address(world, slug), {**sent, "act": act})

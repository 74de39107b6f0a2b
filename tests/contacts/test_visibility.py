"""Public, professional, protected: values planted in every way of reaching a service, then looked
for on every route of the directory. The routes come from the resolver: a new one is looked at."""

import json
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from contacts.actions.services import save_service
from contacts.models import Practice, Service
from contacts.rules import ContactFacts
from contacts.states import Channel, Kind, Visibility
from tests.contacts.conftest import HOME, MANCHESTER, PRACTICE_THERE, World, organisation
from tests.contacts.conftest import entry as facts
from tests.contacts.sheets import pages_of

pytestmark = pytest.mark.django_db
SEEN = {
    Visibility.PUBLIC: ("0161 496 0601", "public@planted.example"),
    Visibility.PROFESSIONAL: ("0161 496 0602", "professional@planted.example"),
    Visibility.PROTECTED: ("0161 496 0603", "protected@planted.example"),
}


def planted() -> list[ContactFacts]:
    """The hidden ones first: whoever takes the first without asking takes the wrong one."""
    found = []
    for visibility in (Visibility.PROTECTED, Visibility.PROFESSIONAL, Visibility.PUBLIC):
        telephone, mail = SEEN[visibility]
        found += [
            ContactFacts(Channel.TELEPHONE, telephone, visibility, f"Quokka{visibility}"),
            ContactFacts(Channel.EMAIL, mail, visibility),
            ContactFacts(Channel.WEB, f"https://{visibility}.planted.example/", visibility),
        ]
    return found


@pytest.fixture
def everywhere(world: World, catchment: Practice) -> list[Service]:
    """The same planted ways on each kind of entry, out of hours and of two councils."""
    trafford = organisation("E08000009")
    duty = save_service(
        facts=facts(
            name="Planted duty", kind=Kind.EMERGENCY_DUTY, contacts=planted(),
            openings=[], always_open=True, is_single_point_of_access=False,
        ),
        organisation=trafford,
        by=None,
    )  # fmt: skip
    kinds = [Kind.FRONT_DOOR, Kind.SAFEGUARDING, Kind.CARERS, Kind.TRANSFER_HUB]
    found = [
        save_service(
            facts=facts(name=f"Planted {kind}", kind=kind, covers=[covers], contacts=planted()),
            organisation=organisation(covers),
            out_of_hours=duty,
            by=None,
        )
        for covers in ("E08000009", MANCHESTER)
        for kind in kinds
    ]
    return [duty, *found]


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """The named routes whose views are the directory's."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one)
        elif "contacts" in getattr(one.callback, "__module__", ""):
            yield str(one.name), one


def addresses(service: Service) -> Iterator[str]:
    given = {
        "ods": PRACTICE_THERE,
        "reference": service.reference,
        "organisation": service.organisation_id,
    }
    for name, route in routes(get_resolver()):
        wanted = route.pattern.converters.items()
        yield reverse(
            name,
            kwargs={
                key: given.get(key, 1 if isinstance(converter, IntConverter) else "x")
                for key, converter in wanted
            },
        )


def text_of(answer: HttpResponse) -> str:
    if answer.get("Content-Type", "").startswith("application/pdf"):
        return " ".join(pages_of(answer.content))
    return answer.content.decode() if not answer.streaming else ""


def everything_for(browser: Client, services: list[Service]) -> str:
    """All that a reader can get out of the directory, as one text."""
    questions = [
        {},
        *({"about": about} for about in ("safeguarding", "carer", "aftercare")),
        {"in_hospital": True},
        {"placed": True},
        {"placed": True, "placing_council": MANCHESTER},
        {"about": "safeguarding", "placed": True, "placing_council": MANCHESTER},
        {"no_settled_home": True},
    ]
    texts = []
    for said in questions:
        body = {"postcode": HOME, **said}
        texts.append(text_of(browser.post("/who-to-contact/", body)))
        answer = browser.post("/api/v1/who-to-contact/", json.dumps(body), "application/json")
        assert answer.status_code == 200
        texts.append(text_of(answer))
    for service in services:
        texts += [text_of(browser.get(address)) for address in addresses(service)]
    texts.append(text_of(browser.get("/directory/", {"q": "planted"})))
    return "\n".join(texts)


@pytest.mark.parametrize("who", ["nobody", "gina", "mona"])
def test_who_sees_which_way_of_reaching_a_service(
    world: World, everywhere: list[Service], who: str
) -> None:
    """`mona` edits another organisation's entries; that gives her no more than any colleague."""
    browser = Client() if who == "nobody" else world.signed_in(who)
    theirs = [one for one in everywhere if one.organisation.code != MANCHESTER]
    text = everything_for(browser, theirs)
    assert SEEN[Visibility.PUBLIC][0] in text
    for value in (*SEEN[Visibility.PROTECTED], "protected.planted", "Quokkaprotected"):
        assert value not in text
    shown = SEEN[Visibility.PROFESSIONAL][0] in text
    assert shown == (who != "nobody")
    if who == "nobody":
        assert "professional.planted" not in text
        assert SEEN[Visibility.PROFESSIONAL][1] not in text


@pytest.mark.parametrize("words", [*SEEN[Visibility.PROTECTED], "Quokkaprotected"])
def test_search_does_not_find_by_what_is_protected(
    world: World, everywhere: list[Service], words: str
) -> None:
    """Found by it, an entry would say that the value is its own."""
    gina = world.signed_in("gina")
    found = text_of(gina.get("/directory/", {"q": words}))
    assert not any(service.reference in found for service in everywhere)
    assert everywhere[0].reference in text_of(gina.get("/directory/", {"q": "planted duty"}))

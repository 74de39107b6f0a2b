"""The list of an editor's entries; an entry's end, history and notices; nobody else's pages."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from contacts.models import Service
from portal.core.clock import london, now, standing_at
from tests.contacts.conftest import World
from tests.contacts.editing import (
    address,
    change,
    fields_of,
    form,
    front_door,
    notice,
    ref,
    send,
    text_of,
)

pytestmark = pytest.mark.django_db


PARTS = ["notices", "reach", "hours", "area", "about", "needs", "referrals"]


# --- the list, the entry, its end ---
def test_the_first_page(world: World) -> None:
    service = front_door(world)
    day = london(now()).date()
    Service.objects.exclude(pk=service.pk).update(last_checked_on=day)
    Service.objects.filter(pk=service.pk).update(last_checked_on=day - timedelta(days=400))
    change(world, notices=[notice()])
    page = text_of(world.signed_in("dora").get("/", follow=True))
    first, _, rest = page.partition("All others")
    assert service.name in first
    assert "Emergency duty team" in rest
    assert "Contact centre" not in page  # another council's
    assert "Notice until" in first
    assert "Due since" in first


def test_a_notice_stands_in_the_answer_until_it_is_over(world: World) -> None:
    """Nothing is changed or cleared when it ends: the same entry, kept in memory, says no more."""
    change(world, notices=[notice("Telephones are down", minutes=60)])
    browser, sent = Client(), {"postcode": "M33 2RH"}
    for path in ("/who-to-contact/", f"/who-to-contact/services/{ref(world)}/"):
        ask = (
            partial(browser.post, path, sent)
            if path == "/who-to-contact/"
            else partial(browser.get, path)
        )
        assert "Telephones are down" in text_of(ask())
        with standing_at(now() + timedelta(minutes=61)):
            assert "Telephones are down" not in text_of(ask())


def test_a_notice_stands_where_the_referral_is_written(world: World) -> None:
    change(world, notices=[notice("Telephones are down")])
    browser = world.signed_in("gina")
    page = browser.post(f"/referrals/new/{ref(world)}/", {"postcode": "M33 2RH"}, follow=True)
    assert "Telephones are down" in text_of(page)


def test_a_new_entry_and_its_errors(world: World) -> None:
    browser = world.signed_in("dora")
    sent = {**fields_of(browser.get("/directory/own/new/")), "name": "Reablement"}
    assert "Choose what kind of service it is" in text_of(browser.post("/directory/own/new/", sent))
    sent |= {"kind": "voluntary", "telephone": "bell"}
    assert "a telephone number has digits" in text_of(browser.post("/directory/own/new/", sent))
    preview = browser.post("/directory/own/new/", {**sent, "telephone": "0161 496 0222"})
    assert "0161 496 0222" in text_of(preview).partition("As a GP will see it")[2]
    assert not Service.objects.filter(name="Reablement").exists()
    kept = fields_of(browser.post("/directory/own/new/", {**fields_of(preview), "act": "back"}))
    assert kept["telephone"] == ["0161 496 0222"]
    made = browser.post("/directory/own/new/", {**fields_of(preview), "act": "save"})
    assert made.status_code == 302
    service = Service.objects.get(name="Reablement")
    assert [one.area_gss for one in service.areas.all()] == ["E08000009"]
    again = browser.post("/directory/own/new/", {**sent, "telephone": "", "key": "another-key-1"})
    assert "an entry of this name already" in text_of(again)


def test_closed_and_opened_again(world: World) -> None:
    browser = world.signed_in("dora")
    page = browser.get(address(world, "close"))
    assert "Say in a few words" in text_of(browser.post(address(world, "close"), fields_of(page)))
    sent = {**fields_of(page), "reason": "Merged with the hub"}
    assert browser.post(address(world, "close"), sent).status_code == 302
    assert browser.get(address(world, "reach")).status_code == 302
    assert "This entry is closed" in text_of(browser.get(address(world)))
    history = browser.get(address(world, "history"))
    undo = re.findall(r'href="([^"]*/undo/)"', history.content.decode())[0]
    page = browser.get(undo)
    assert "Merged with the hub" in text_of(page)
    assert browser.post(undo, fields_of(page)).status_code == 302
    assert browser.get(f"/who-to-contact/services/{ref(world)}/").status_code == 200


def test_the_history_says_the_old_and_the_new_and_refuses_what_was_built_on(world: World) -> None:
    first = change(world, openings=[[0, "09:00", "12:00"]])
    change(world, openings=[[0, "10:00", "12:00"]])
    browser = world.signed_in("dora")
    page = text_of(browser.get(address(world, "history")))
    assert "Dora changed it" in page
    assert "Was: Monday: 09:00 to 12:00 Now: Monday: 10:00 to 12:00" in page
    refused = browser.get(f"{address(world, 'history')}{first.version}/undo/")
    assert refused.status_code == 409
    assert "Monday: 10:00 to 12:00" in text_of(refused)
    assert "Undo the later one" in text_of(refused)


@pytest.mark.parametrize("name", ["gina", "tina", "mona"])
def test_nobody_else_finds_any_of_it(world: World, name: str) -> None:
    change(world, summary="New")
    browser = world.signed_in(name)
    pages = ["", *PARTS, "history", "close", "history/2/undo"]
    for slug in pages:
        assert browser.get(address(world, slug)).status_code == 404, slug
        assert browser.post(address(world, slug), {}).status_code in (404, 405), slug
    own = {"mona": 200}.get(name, 404)
    assert browser.get("/directory/own/").status_code == own
    assert browser.get("/directory/own/new/").status_code == own


def test_protected_contacts_stay_with_their_own_editors(world: World) -> None:
    """Their own editors see them in the form and in the history, and nobody anywhere else."""
    sent = form(world, "reach", **{"contact-0-value": "0161 496 0888"})
    assert "refuge@example.org" in str(sent)
    preview = send(world, "reach", sent)
    seen = preview.content.decode().partition("As a GP will see it")[2]
    assert "refuge@example.org" not in seen


def test_programs_get_the_notices_that_stand(world: World) -> None:
    change(world, notices=[notice("Telephones are down", minutes=60)])
    sent = {"postcode": "M33 2RH"}
    for minutes, said in ((0, ["Telephones are down"]), (61, [])):
        with standing_at(now() + timedelta(minutes=minutes)):
            answer = Client().post("/api/v1/who-to-contact/", sent, "application/json").json()
        first = answer["single_points_of_access"][0]
        assert [one["text"] for one in first["notices"]] == said

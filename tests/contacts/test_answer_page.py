"""What the answer page says beside the numbers: danger, colleagues, reports, and odd postcodes."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.models import Council, Report, Service
from contacts.states import Trouble
from tests.contacts.conftest import TRAFFORD, World
from tests.contacts.test_circumstances import ask, form_with
from tests.contacts.test_pages import FRIDAY_EVENING, MONDAY_NOON, asked, words

pytestmark = pytest.mark.django_db


def report(world: World, name: str, trouble: Trouble = Trouble.WRONG_NUMBER) -> None:
    Report.objects.create(
        reference=f"RP-{name[:4].upper()}-AAAA",
        service=world.services[name],
        trouble=trouble,
        reported_by=world.users["tina"],
        reported_at=MONDAY_NOON,
    )


def main_number() -> None:
    Council.objects.filter(gss=TRAFFORD).update(main_telephone="0161 496 0100")


def test_immediate_danger_stands_directly_under_the_first_number(world: World) -> None:
    with time_machine.travel(MONDAY_NOON, tick=False):
        said = words(asked())
    assert "Open now until 17:00 Immediate danger: ring 999" in said
    assert said.count("Immediate danger") == 1


def test_whom_to_ring_until_then_is_a_link_on_every_card(world: World) -> None:
    Service.objects.filter(pk=world.services["safeguarding"].pk).update(
        out_of_hours=world.services["duty"]
    )
    with time_machine.travel(FRIDAY_EVENING, tick=False):
        html = asked()
    card = html.partition("adult safeguarding</a></h3>")[2].partition("</div>")[0]
    assert (
        'Until then ring the emergency duty team <a class="cg-telephone" href="tel:016149' in card
    )


def test_a_report_is_said_beside_the_number_to_colleagues_only(world: World) -> None:
    main_number()
    report(world, "front_door")
    report(world, "nursing_there", Trouble.NOBODY_ANSWERED)
    with time_machine.travel(MONDAY_NOON, tick=False):
        said = words(asked(world.signed_in("gina")))
        assert "Reported by one person today: wrong number. Main number of Trafford" in said
        assert "0161 496 0100" in said
        assert said.count("Reported by one person today") == 2
        stranger = words(asked())
    assert "Reported by" not in stranger
    assert "0161 496 0100" not in stranger


@time_machine.travel(MONDAY_NOON, tick=False)
def test_reports_cost_one_query_however_many_entries(world: World) -> None:
    report(world, "front_door")
    report(world, "safeguarding")
    gina = world.signed_in("gina")
    asked(gina)
    with CaptureQueriesContext(connection) as found:
        asked(gina)
    reference = world.services["front_door"].reference
    assert sum(reference in one["sql"] for one in found) == 1
    with CaptureQueriesContext(connection) as found:
        asked()
    assert not any(reference in one["sql"] for one in found)


@time_machine.travel(MONDAY_NOON, tick=False)
def test_the_colleagues_number_stands_under_the_public_one(world: World) -> None:
    assert "Colleagues: 0161 496 0777" in words(asked(world.signed_in("gina")))
    assert "0161 496 0777" not in asked()


def test_under_18_the_councils_main_number_is_a_link(world: World) -> None:
    main_number()
    html = ask(under_18="1")
    assert '<a class="cg-telephone" href="tel:01614960100">0161 496 0100</a>' in html
    assert "main number 0161 496 0100 and ask for children" in words(html)


def test_no_fixed_home_is_chosen_already_when_the_box_comes_back(world: World) -> None:
    html = asked(postcode="ZZ99 3VZ", status=404)
    assert "ZZ99 3VZ in a record means no fixed home." in html
    assert "Postcode where the person is now" in html
    sent = form_with(html, 'name="postcode"')
    sent["postcode"] = "M33 2RH"
    assert "Without a settled home it is the council where the person is now" in ask(**sent)


def test_an_entry_leads_back_to_another_postcode(world: World) -> None:
    path = f"/who-to-contact/services/{world.services['front_door'].reference}/"
    came = Client().get(path, headers={"Referer": "http://testserver/who-to-contact/"})
    assert ">Ask for another postcode</a>" in came.content.decode()
    for elsewhere in ("http://evil.example/who-to-contact/", "http://[", ""):
        came = Client().get(path, headers={"Referer": elsewhere})
        assert ">Ask for a postcode</a>" in came.content.decode()

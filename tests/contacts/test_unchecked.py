"""An entry that nobody has checked for too long: what its readers see, and its editor's buttons."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from contacts.actions.checks import set_main_number
from contacts.actions.services import mark_checked
from contacts.models import Council, Service
from portal.accounts.access import reader_for
from tests.contacts.conftest import (
    HOME,
    MANCHESTER,
    PRACTICE_HERE,
    TRAFFORD,
    World,
    organisation,
)
from tests.contacts.test_checks import NOW, calm, remind, signed_in
from tests.contacts.test_pages import words

__all__ = ["calm"]  # a fixture


@pytest.fixture
def unchecked(calm: World) -> World:
    """Nobody has checked Trafford's front door and nursing since March; main numbers are known."""
    for code, number in ((TRAFFORD, "0161 496 0100"), (MANCHESTER, "0161 496 0200")):
        set_main_number(organisation=organisation(code), telephone=number, by=None)
    for name in ("front_door", "nursing_here"):
        Service.objects.filter(pk=calm.services[name].pk).update(last_checked_on=date(2026, 3, 2))
    remind(date(2026, 9, 2))
    return calm


WARNING = "Unchecked: nobody has checked it since 2 March. It may be wrong."
MANCHESTERS = "Main number of Manchester City Council: 0161 496 0200"
TRAFFORDS = "Main number of Trafford Council: 0161 496 0100"


def said(path: str, browser: Client | None = None, **posted: str) -> str:
    browser = browser or Client()
    with time_machine.travel(NOW, tick=False):
        answer = browser.post(path, posted) if posted else browser.get(path)
    assert answer.status_code == 200
    return re.sub(r" (?=[.,])", "", words(answer.content.decode()))


@pytest.mark.django_db
def test_the_answer_shows_it(unchecked: World) -> None:
    for browser in (Client(), signed_in(unchecked, "tina")):
        text = said("/who-to-contact/", browser, postcode=HOME)
        assert text.count(WARNING) == 2  # the first box, and the card of district nursing
        assert TRAFFORDS in text


@pytest.mark.django_db
def test_the_entry_and_the_directory_show_it(unchecked: World) -> None:
    tina = signed_in(unchecked, "tina")
    reference = unchecked.services["front_door"].reference
    for path in (
        f"/who-to-contact/services/{reference}/",
        f"/directory/{reference}/",
        "/directory/?q=front+door+Trafford",
    ):
        text = said(path, tina)
        assert WARNING in text
        assert TRAFFORDS in text
    # Of a trust's service it is the number of the council whose area it covers.
    nursing = unchecked.services["nursing_here"].reference
    assert TRAFFORDS in said(f"/directory/{nursing}/", tina)


@pytest.mark.django_db
def test_the_printed_card_shows_it(unchecked: World) -> None:
    path = f"/who-to-contact/practices/{PRACTICE_HERE}/"
    assert f"{WARNING} {TRAFFORDS}" in said(path)
    with time_machine.travel(NOW, tick=False):
        pdf = Client().get(f"{path}card.pdf")
    text = " ".join(PdfReader(BytesIO(pdf.content)).pages[0].extract_text().split())
    assert "Unchecked: nobody has checked it since 2 March." in text
    assert "0161 496 0100" in text


@pytest.mark.django_db
def test_programs_see_it(unchecked: World) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = Client().post(
            "/api/v1/who-to-contact/", {"postcode": HOME}, content_type="application/json"
        )
    entries = {one["name"]: one for one in answer.json()["single_points_of_access"]}
    assert entries["Adult social care front door"]["unchecked"] is True
    assert entries["Adult social care front door"]["main_number"] == {
        "council": "Trafford Council",
        "telephone": "0161 496 0100",
    }
    assert entries["Adult safeguarding"]["unchecked"] is False
    assert entries["Adult safeguarding"]["main_number"] is None


@pytest.mark.django_db
def test_it_begins_on_the_day_and_ends_with_a_check(calm: World) -> None:
    path = f"/directory/{calm.services['front_door'].reference}/"
    tina = signed_in(calm, "tina")
    rows = Service.objects.filter(pk=calm.services["front_door"].pk)
    # Six months and 28 days before today, less one; told on the morning on which it fell due.
    rows.update(last_checked_on=date(2026, 4, 27))
    remind(date(2026, 10, 27))
    assert "Unchecked" not in said(path, tina)
    rows.update(last_checked_on=date(2026, 4, 26))
    assert "Unchecked" not in said(path, tina)  # its owner does not know yet
    remind(date(2026, 10, 26))
    assert "Unchecked: nobody has checked it since 26 April." in said(path, tina)
    with time_machine.travel(NOW, tick=False):
        mark_checked(service=rows.get(), by=reader_for(calm.users["dora"]))
    text = said(path, tina)
    assert "Unchecked" not in text
    assert "Last checked 23 November by Dora." in text
    # Who it was is for colleagues.
    public = said(f"/who-to-contact/services/{calm.services['front_door'].reference}/")
    assert "Last checked 23 November by its owner." in public
    assert "Dora" not in public


@pytest.mark.django_db
def test_an_entry_over_two_councils_shows_the_number_of_each_with_its_name(
    unchecked: World,
) -> None:
    nursing = unchecked.services["nursing_here"]
    nursing.areas.create(area_gss=MANCHESTER)
    both = f"{MANCHESTERS}. {TRAFFORDS}."
    tina = signed_in(unchecked, "tina")
    assert f"{WARNING} {both}" in said(f"/directory/{nursing.reference}/", tina)
    assert f"{WARNING} {both}" in said("/directory/?q=nursing", tina)
    # On the answer as well, beside its own card.
    assert both in said("/who-to-contact/", tina, postcode=HOME)
    assert both in said(f"/who-to-contact/practices/{PRACTICE_HERE}/")
    with time_machine.travel(NOW, tick=False):
        answer = Client().post(
            "/api/v1/who-to-contact/",
            {"postcode": HOME, "practice": PRACTICE_HERE},
            content_type="application/json",
        )
    (entry,) = [
        one for one in answer.json()["single_points_of_access"] if one["id"] == nursing.reference
    ]
    assert entry["main_number"] is None
    assert [one["telephone"] for one in entry["main_numbers"]] == ["0161 496 0200", "0161 496 0100"]


# --- the editor's buttons -------------------------------------------------------------------------
@pytest.mark.django_db
def test_one_button_says_that_everything_is_right(unchecked: World) -> None:
    dora, reference = signed_in(unchecked, "dora"), unchecked.services["front_door"].reference
    text = said(f"/directory/{reference}/", dora)
    assert "Due since 2 September." in text
    assert "Everything here is right" in text
    with time_machine.travel(NOW, tick=False):
        answer = dora.post(f"/directory/{reference}/checked/")
    assert answer.status_code == 302
    text = said(f"/directory/{reference}/", dora)
    assert "Checked today." in text
    assert "Due again on 23 May 2027." in text
    for name in ("tina", "mona"):
        other = signed_in(unchecked, name)
        assert "Everything here is right" not in said(f"/directory/{reference}/", other)
        with time_machine.travel(NOW, tick=False):
            assert other.post(f"/directory/{reference}/checked/").status_code == 403


@pytest.mark.django_db
def test_the_owner_sets_the_rhythm(unchecked: World) -> None:
    dora, reference = signed_in(unchecked, "dora"), unchecked.services["front_door"].reference
    answers: dict[Any, int] = {3: 302, 13: 400, "": 400, "x": 400}
    for months, status in answers.items():
        posted = {"months": str(months)}
        with time_machine.travel(NOW, tick=False):
            answer = dora.post(f"/directory/{reference}/rhythm/", posted)
        assert answer.status_code == status
    assert Service.objects.get(reference=reference).check_every_months == 3


@pytest.mark.django_db
def test_what_is_due_stands_in_a_list_of_its_own(unchecked: World) -> None:
    text = said("/directory/upkeep/", signed_in(unchecked, "dora"))
    assert "Adult social care front door Due since 2 September. Shown as unchecked." in text
    assert "Trafford district nursing" not in text  # the trust's
    assert unchecked.signed_in("gina").get("/directory/upkeep/").status_code == 403


@pytest.mark.django_db
def test_an_editor_changes_the_main_number_of_their_own_council(unchecked: World) -> None:
    dora = unchecked.signed_in("dora")
    own, other = organisation(TRAFFORD).pk, organisation(MANCHESTER).pk
    path = f"/directory/upkeep/{own}/main-number/"
    assert dora.post(path, {"telephone": "ring"}).status_code == 422
    assert dora.post(path, {"telephone": "0161 496 0111"}).status_code == 302
    assert Council.objects.get(gss=TRAFFORD).main_telephone == "0161 496 0111"
    assert dora.get(f"/directory/upkeep/{other}/main-number/").status_code == 404

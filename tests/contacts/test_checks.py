"""Checks of entries: when they fall due, who is reminded, and what an unchecked one shows."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from pypdf import PdfReader

from contacts.actions.checks import remind_of_checks, set_main_number, set_rhythm
from contacts.actions.services import mark_checked
from contacts.models import CheckReminder, Council, Service
from contacts.rhythm import Checks, check_rhythm, checks, months_after
from portal.accounts.access import reader_for
from portal.accounts.models import Membership, User
from portal.accounts.roles import Role
from portal.core.refused import InvalidInput, NotAllowed
from portal.notifications.models import Notification
from tests.contacts.conftest import (
    HOME,
    MANCHESTER,
    PRACTICE_HERE,
    TRAFFORD,
    World,
    organisation,
)
from tests.contacts.test_pages import words

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()


# --- the rhythm, without a database ---------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_an_entry_falls_due_so_many_months_after_its_check(
    day: date, months: int, due: date
) -> None:
    assert months_after(day, months) == due
    found = checks(last_checked_on=day, entered_on=date(2020, 1, 1), every=months)
    assert found.due_on == due
    assert not found.is_due(due - timedelta(days=1))
    assert found.is_due(due)


def test_the_lead_is_told_after_the_owner_and_the_reader_after_both() -> None:
    found = Checks(date(2026, 3, 1))
    assert found.due_on < found.lead_told_on < found.unchecked_from
    assert (found.lead_told_on, found.unchecked_from) == (date(2026, 3, 15), date(2026, 3, 29))
    assert not found.is_unchecked(date(2026, 3, 28))
    assert found.is_unchecked(date(2026, 3, 29))


def test_what_was_never_checked_has_two_weeks() -> None:
    found = checks(last_checked_on=None, entered_on=date(2026, 3, 1), every=1)
    assert found.due_on == date(2026, 3, 15)


@pytest.mark.parametrize("months", [-1, 0, 13, 600])
def test_a_rhythm_has_bounds(months: int) -> None:
    with pytest.raises(InvalidInput):
        check_rhythm(months)


# --- who is reminded ------------------------------------------------------------------------------
def checked(world: World, name: str, days_ago: int) -> Service:
    """An entry that was last checked so many days ago, by nobody who is known."""
    Service.objects.filter(pk=world.services[name].pk).update(
        last_checked_on=TODAY - timedelta(days=days_ago), check_every_months=1
    )
    return Service.objects.get(pk=world.services[name].pk)


@pytest.fixture
def calm(world: World, db: None) -> World:
    """Everything was checked today, whenever that is; Trafford has a lead."""
    Service.objects.update(last_checked_on=TODAY, entered_on=TODAY, check_every_months=6)
    person("olga", Role.ORGANISATION_ADMINISTRATOR)
    Membership.objects.update(since=date(2020, 1, 1))
    return world


def person(name: str, role: Role, code: str = TRAFFORD) -> User:
    """Somebody more with a role in a council."""
    user = User.objects.create_user(f"{name}@test.example", name=name.title())
    Membership.objects.create(user=user, organisation=organisation(code), role=role)
    return user


def signed_in(world: World, name: str) -> Client:
    """A browser in which somebody has just signed in, at that time."""
    with time_machine.travel(NOW, tick=False):
        return world.signed_in(name)


def told(kind: str) -> list[str]:
    """Who was told in the app, by first name."""
    rows = Notification.objects.filter(kind=kind, channel="app").order_by("pk")
    return [row.recipient.name for row in rows.select_related("recipient") if row.recipient]


def remind(day: date = TODAY) -> None:
    """The work of a morning."""
    with time_machine.travel(datetime(day.year, day.month, day.day, 7, tzinfo=UTC), tick=False):
        remind_of_checks()


@pytest.mark.django_db
def test_the_owner_then_the_lead_each_once(calm: World) -> None:
    checked(calm, "front_door", 29)
    remind(TODAY)
    assert told("directory.due") == []  # a month is not over yet
    due = months_after(TODAY - timedelta(days=29), 1)
    for day in range(60):
        remind(due + timedelta(days=day))
        remind(due + timedelta(days=day))
        expected = ["Olga"] if day >= 14 else []
        assert told("directory.due") == ["Dora"]
        assert told("directory.due-lead") == expected


@pytest.mark.django_db
def test_a_missed_morning_is_made_up_for(calm: World) -> None:
    checked(calm, "front_door", 90)
    remind()
    assert told("directory.due") == ["Dora"]
    assert told("directory.due-lead") == ["Olga"]


@pytest.mark.django_db
def test_a_check_ends_it_and_the_next_falling_due_is_another(calm: World) -> None:
    service = checked(calm, "front_door", 40)
    remind()
    with time_machine.travel(NOW, tick=False):
        mark_checked(service=service, by=reader_for(calm.users["dora"]))
    remind(TODAY + timedelta(days=20))
    assert told("directory.due") == ["Dora"]
    remind(TODAY + timedelta(days=40))
    assert told("directory.due") == ["Dora", "Dora"]


@pytest.mark.django_db
def test_a_shorter_rhythm_reminds_nobody_twice(calm: World) -> None:
    service = checked(calm, "front_door", 100)
    set_rhythm(service=service, months=3, by=reader_for(calm.users["dora"]))
    remind()
    set_rhythm(service=service, months=1, by=reader_for(calm.users["dora"]))
    remind()
    assert told("directory.due") == ["Dora"]


@pytest.mark.django_db
def test_several_entries_are_one_notification_and_it_names_no_person(calm: World) -> None:
    for name in ("front_door", "duty", "safeguarding"):
        checked(calm, name, 40)
    remind()
    row = Notification.objects.get(kind="directory.due", channel="email")
    assert row.facts["wanted"] == (
        "Check Adult safeguarding, Adult social care front door and Emergency duty team"
    )
    assert row.path == "/directory/upkeep/"
    assert "Dora" not in str(row.facts)
    checked(calm, "other_front_door", 40)
    remind()
    alone = Notification.objects.get(recipient=calm.users["mona"], channel="app")
    reference = calm.services["other_front_door"].reference
    assert (alone.path, alone.facts["reference"]) == (f"/directory/{reference}/", reference)


@pytest.mark.django_db
def test_without_an_editor_the_lead_is_told_once(calm: World) -> None:
    Membership.objects.filter(user=calm.users["dora"]).update(until=TODAY, since=date(2020, 1, 1))
    checked(calm, "front_door", 40)
    remind()
    remind(TODAY + timedelta(days=20))
    assert (told("directory.due"), told("directory.due-lead")) == (["Olga"], [])


@pytest.mark.django_db
def test_without_anybody_nobody_is_told_until_there_is_somebody(calm: World) -> None:
    checked(calm, "nursing_here", 40)
    remind()
    assert not CheckReminder.objects.exists()
    user = User.objects.create_user("nora@test.example", name="Nora")
    Membership.objects.create(
        user=user, organisation=organisation("R0A"), role=Role.DIRECTORY_EDITOR
    )
    remind()
    assert told("directory.due") == ["Nora"]


@pytest.mark.django_db
def test_closed_entries_are_due_to_nobody(calm: World) -> None:
    service = checked(calm, "front_door", 90)
    Service.objects.filter(pk=service.pk).update(closed_on=TODAY - timedelta(days=1))
    remind()
    assert told("directory.due") == []


# --- who may set what -----------------------------------------------------------------------------
@pytest.mark.django_db
def test_only_its_editors_set_the_rhythm_and_the_main_number(world: World) -> None:
    for name in ("gina", "mona"):
        by = reader_for(world.users[name])
        with pytest.raises(NotAllowed):
            set_rhythm(service=world.services["front_door"], months=3, by=by)
        with pytest.raises(NotAllowed):
            set_main_number(organisation=organisation(TRAFFORD), telephone="0161 496 0100", by=by)


@pytest.mark.django_db
def test_a_main_number_is_a_number_of_a_council(world: World) -> None:
    for telephone in ("ring me", "javascript:alert(1)"):
        with pytest.raises(InvalidInput):
            set_main_number(organisation=organisation(TRAFFORD), telephone=telephone, by=None)
    with pytest.raises(InvalidInput):
        set_main_number(organisation=organisation("R0A"), telephone="0161 496 0100", by=None)
    with pytest.raises(IntegrityError, match="council_main_telephone"), transaction.atomic():
        Council.objects.filter(gss=TRAFFORD).update(main_telephone="none")
    with pytest.raises(IntegrityError, match="service_check_rhythm"), transaction.atomic():
        Service.objects.update(check_every_months=13)


# --- what a reader sees ---------------------------------------------------------------------------
@pytest.fixture
def unchecked(calm: World) -> World:
    """Nobody has checked Trafford's front door and nursing since March; main numbers are known."""
    for code, number in ((TRAFFORD, "0161 496 0100"), (MANCHESTER, "0161 496 0200")):
        set_main_number(organisation=organisation(code), telephone=number, by=None)
    for name in ("front_door", "nursing_here"):
        Service.objects.filter(pk=calm.services[name].pk).update(last_checked_on=date(2026, 3, 2))
    return calm


WARNING = "Unchecked: nobody has checked it since 2 March. It may be wrong."
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
    # Six months and 28 days before today, less one.
    rows.update(last_checked_on=date(2026, 4, 27))
    assert "Unchecked" not in said(path, tina)
    rows.update(last_checked_on=date(2026, 4, 26))
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
def test_an_entry_over_two_councils_shows_no_number_of_either(unchecked: World) -> None:
    nursing = unchecked.services["nursing_here"]
    nursing.areas.create(area_gss=MANCHESTER)
    text = said(f"/directory/{nursing.reference}/", signed_in(unchecked, "tina"))
    assert WARNING in text
    assert "Main number" not in text


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

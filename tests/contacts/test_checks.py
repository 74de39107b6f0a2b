"""Checks of entries: when they fall due, and who is reminded."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from contacts.access import get_entry
from contacts.actions.checks import remind_of_checks, set_main_number, set_rhythm
from contacts.actions.services import mark_checked
from contacts.entry import entry_of
from contacts.models import CheckReminder, Council, Service
from contacts.queries import directory_now
from contacts.rhythm import Checks, check_rhythm, checks, months_after
from contacts.upkeep import due
from portal.accounts.access import reader_for
from portal.accounts.models import Membership, User
from portal.accounts.roles import Role
from portal.core.clock import today
from portal.core.refused import InvalidInput, NotAllowed
from portal.notifications.models import Notification
from tests.contacts.conftest import LONG_AGO, TRAFFORD, World, organisation

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()


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
    due = date(2026, 3, 1)
    found = checks(last_checked_on=date(2026, 2, 1), entered_on=due, every=1, owner_told_on=due)
    assert found.due_on < found.lead_told_on < found.unchecked_from
    assert (found.lead_told_on, found.unchecked_from) == (date(2026, 3, 15), date(2026, 3, 29))
    assert not found.is_unchecked(date(2026, 3, 28))
    assert found.is_unchecked(date(2026, 3, 29))


def test_what_follows_counts_from_when_the_owner_was_told() -> None:
    due, later = date(2026, 3, 1), date(2026, 6, 1)
    untold = Checks(due)
    assert (untold.lead_told_on, untold.unchecked_from) == (None, None)
    assert untold.is_due(later)
    assert not untold.is_unchecked(later)
    told = untold.told_on(later)
    assert (told.lead_told_on, told.unchecked_from) == (date(2026, 6, 15), date(2026, 6, 29))


def test_where_nobody_could_be_told_it_counts_from_then_and_goes_on_counting() -> None:
    day = date(2026, 3, 1)
    given = {"last_checked_on": date(2026, 2, 1), "entered_on": day, "every": 1}
    assert checks(**given, nobody_on=day).unchecked_from == date(2026, 3, 29)
    later = checks(**given, nobody_on=day, owner_told_on=date(2026, 3, 20))
    assert (later.lead_told_on, later.unchecked_from) == (date(2026, 4, 3), date(2026, 3, 29))


def test_what_was_told_before_it_fell_due_counts_for_nothing() -> None:
    given = {"last_checked_on": date(2026, 1, 1), "entered_on": date(2026, 1, 1), "every": 6}
    assert checks(**given, owner_told_on=date(2026, 2, 1), nobody_on=date(2026, 2, 1)) == Checks(
        date(2026, 7, 1)
    )


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
    return world


def person(name: str, role: Role, code: str = TRAFFORD) -> User:
    """Somebody more with a role in a council."""
    user = User.objects.create_user(f"{name}@test.example", name=name.title())
    Membership.objects.create(user=user, organisation=organisation(code), role=role, since=LONG_AGO)
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
    """The owner is told on the next one, and the lead on the next after the owner's two weeks."""
    checked(calm, "front_door", 90)
    remind()
    assert (told("directory.due"), told("directory.due-lead")) == (["Dora"], [])
    remind(TODAY + timedelta(days=13))
    assert told("directory.due-lead") == []
    remind(TODAY + timedelta(days=20))  # six mornings late
    assert (told("directory.due"), told("directory.due-lead")) == (["Dora"], ["Olga"])


@pytest.mark.django_db
def test_a_shorter_rhythm_leaves_owner_lead_and_readers_their_time(calm: World) -> None:
    """Nobody has looked for a hundred days, and from now on it is every month."""
    service, reference = checked(calm, "front_door", 100), calm.services["front_door"].reference
    Service.objects.filter(pk=service.pk).update(check_every_months=12)
    set_rhythm(service=service, months=1, by=reader_for(calm.users["dora"]))

    def is_unchecked(day: date) -> bool:
        """In the editors' list, on its page, and in what is kept in memory for the answers."""
        with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
            kept = directory_now().services_of(service.organisation_id, signed_in=True)
            faces = [
                *(one.checks for one in due(today()) if one.reference == reference),
                *(one.checks for one in kept if one.reference == reference),
                entry_of(get_entry(reference, signed_in=False), signed_in=False).checks,
            ]
            assert len(faces) == 3
            [same] = {one.is_unchecked(today()) for one in faces}
        return same

    assert not is_unchecked(TODAY)  # before the owner is told
    expected = {0: ["Dora"], 13: ["Dora"], 14: ["Dora", "Olga"], 27: ["Dora", "Olga"]}
    for days, who in expected.items():
        remind(TODAY + timedelta(days=days))
        assert told("directory.due") + told("directory.due-lead") == who
        assert not is_unchecked(TODAY + timedelta(days=days))
    assert is_unchecked(TODAY + timedelta(days=28))
    row = Notification.objects.get(kind="directory.due", channel="email")
    assert row.facts["by"] == "21 December 2026, when it is shown as unchecked"


@pytest.mark.django_db
def test_after_a_longer_rhythm_it_falls_due_anew(calm: World) -> None:
    service = checked(calm, "front_door", 40)
    remind()
    set_rhythm(service=service, months=6, by=reader_for(calm.users["dora"]))
    remind(TODAY + timedelta(days=30))
    assert (told("directory.due"), told("directory.due-lead")) == (["Dora"], [])
    due_on = months_after(TODAY - timedelta(days=40), 6)
    for days in (0, 1, 13):
        remind(due_on + timedelta(days=days))
        assert (told("directory.due"), told("directory.due-lead")) == (["Dora", "Dora"], [])
    remind(due_on + timedelta(days=14))
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
    Membership.objects.filter(user=calm.users["dora"]).update(until=TODAY)
    checked(calm, "front_door", 40)
    remind()
    remind(TODAY + timedelta(days=20))
    assert (told("directory.due"), told("directory.due-lead")) == (["Olga"], [])


@pytest.mark.django_db
def test_without_anybody_nobody_is_told_until_there_is_somebody(calm: World) -> None:
    checked(calm, "nursing_here", 40)
    remind()
    remind()
    assert CheckReminder.objects.get().stage == "none"
    assert not Notification.objects.exists()
    person("nora", Role.DIRECTORY_EDITOR, "R0A")
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

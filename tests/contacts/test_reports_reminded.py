"""Whom a report reaches where there is an owner, a lead or nobody, and who is reminded of it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from contacts.actions.checks import remind_of_checks
from contacts.actions.reports import remind_of_reports
from contacts.models import Report, Service
from contacts.states import Trouble
from portal.accounts.models import Membership, User
from portal.core.clock import standing_at
from portal.notifications.models import Notification
from tests.cast import Cast
from tests.contacts.test_pages import words
from tests.contacts.test_reports import answered, page_of, reported, told

pytestmark = pytest.mark.django_db


def gone(cast: Cast, *names: str) -> None:
    """They do not belong to their organisation any more."""
    users = [cast.users[name] for name in names]
    Membership.objects.filter(user__in=users).update(until=date(2026, 1, 1))


def morning(day: date) -> None:
    """What comes round every morning; more than once, and in any process."""
    with standing_at(datetime(day.year, day.month, day.day, 7, tzinfo=UTC)):
        remind_of_reports()
        remind_of_reports()


def who_was_told(kind: str) -> list[User | None]:
    return [who for who, _ in told(kind)]


def test_without_an_editor_the_lead_is_told(cast: Cast, as_: Any) -> None:
    gone(cast, "dora")
    said = as_("alice").post(f"{page_of(cast)}report/", {"trouble": "moved"}, follow=True)
    assert who_was_told("directory.reported") == [cast.olga]
    wanted = Notification.objects.get(channel="email").facts["wanted"]
    assert wanted.endswith("Have a directory editor mend it, or say it was right")
    assert "Trafford Council is told" in words(said.content.decode())


def test_where_nobody_looks_after_it_the_reporter_reads_so(cast: Cast, as_: Any) -> None:
    gone(cast, "dora", "olga")
    alice, nobody = as_("alice"), "Nobody at Trafford Council looks after its entries here yet"
    said = alice.post(f"{page_of(cast)}report/", {"trouble": "moved"}, follow=True)
    assert words(said.content.decode()).count(nobody) == 2  # as a message, and on the card
    assert "you will hear its answer" not in said.content.decode()
    row = Report.objects.get()
    page = words(alice.get(f"/directory/reports/{row.reference}/").content.decode())
    assert f"It stands beside the entry, where colleagues read it. {nobody}" in page
    assert not Notification.objects.exists()


def test_whoever_comes_later_is_told_of_what_waits(cast: Cast) -> None:
    gone(cast, "dora", "olga")
    with standing_at(datetime(2026, 11, 19, 10, tzinfo=UTC)):
        reported(cast)
    morning(date(2026, 11, 27))
    assert not Notification.objects.exists()
    Membership.objects.filter(user=cast.dora).update(until=None)
    morning(date(2026, 11, 28))
    assert who_was_told("directory.report-late") == [cast.dora]


def test_what_is_not_answered_is_reminded_of_the_owner_then_the_lead(cast: Cast) -> None:
    """By working days: over Christmas three of them are a week."""
    with standing_at(datetime(2026, 12, 23, 23, 30, tzinfo=UTC)):
        row = reported(cast)
    for day, owner, lead in (
        (date(2026, 12, 29), [], []),
        (date(2026, 12, 30), [cast.dora], []),
        (date(2027, 1, 4), [cast.dora], []),
        (date(2027, 1, 5), [cast.dora], [cast.olga]),
        (date(2027, 3, 1), [cast.dora], [cast.olga]),
    ):
        morning(day)
        assert who_was_told("directory.report-late") == owner
        assert who_was_told("directory.report-late-lead") == lead
    mail = Notification.objects.get(kind="directory.report-late", channel="email")
    assert mail.facts["wanted"] == (
        "Answer what is reported of Adult social care front door (wrong number)"
    )
    assert mail.path == f"/directory/reports/{row.reference}/"
    assert mail.desk == f"organisation {cast.organisations['trafford'].pk}"


def test_after_mornings_that_were_missed_the_lead_waits_for_the_owner(cast: Cast) -> None:
    with standing_at(datetime(2026, 11, 2, 10, tzinfo=UTC)):
        reported(cast)
    morning(date(2026, 11, 23))
    assert who_was_told("directory.report-late") == [cast.dora]
    assert who_was_told("directory.report-late-lead") == []
    morning(date(2026, 11, 27))
    assert who_was_told("directory.report-late-lead") == [cast.olga]


def test_what_was_answered_is_reminded_of_no_more_and_a_new_report_is(cast: Cast) -> None:
    with standing_at(datetime(2026, 11, 2, 10, tzinfo=UTC)):
        row = reported(cast)
    morning(date(2026, 11, 5))
    with standing_at(datetime(2026, 11, 5, 10, tzinfo=UTC)):
        answered(cast, row)
        reported(cast, by="gina")
    morning(date(2026, 11, 9))
    assert who_was_told("directory.report-late") == [cast.dora]
    morning(date(2026, 11, 10))
    assert who_was_told("directory.report-late") == [cast.dora, cast.dora]
    assert who_was_told("directory.report-late-lead") == []


def test_nobody_is_reminded_of_an_entry_that_has_closed(cast: Cast) -> None:
    with standing_at(datetime(2027, 1, 4, 9, tzinfo=UTC)):
        row = reported(cast)
    Service.objects.filter(pk=row.service_id).update(closed_on=date(2027, 1, 5))
    morning(date(2027, 2, 1))
    assert who_was_told("directory.report-late") == []


def test_a_report_and_a_check_of_one_entry_are_two_reminders(cast: Cast) -> None:
    service = cast.services["front_door"]
    Service.objects.filter(pk=service.pk).update(
        last_checked_on=date(2026, 11, 2), check_every_months=1
    )
    with standing_at(datetime(2026, 11, 2, 10, tzinfo=UTC)):
        reported(cast)
        reported(cast, trouble=Trouble.MOVED)
    morning(date(2026, 12, 2))
    with standing_at(datetime(2026, 12, 2, 8, tzinfo=UTC)):
        remind_of_checks()
    due = Notification.objects.filter(channel="email", kind="directory.due")
    assert "Adult social care front door" in due.get().facts["wanted"]
    late = Notification.objects.get(channel="email", kind="directory.report-late")
    assert late.facts["wanted"].endswith(
        "Adult social care front door (moved, or no longer there)"
        " and Adult social care front door (wrong number)"
    )
    assert late.path == "/directory/upkeep/"


# --- pages ----------------------------------------------------------------------------------------

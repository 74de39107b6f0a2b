"""Working weeks on their pages: set from a template, changed, for oneself and for colleagues."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.clock import LONDON
from portal.worktime.lines import lines_of, sessions_of
from portal.worktime.models import DayOff, OneOff, PackedTime, Pattern
from portal.worktime.templates import TEMPLATES
from tests.cast import Cast
from tests.contacts.editing import fields_of

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 27, 12, tzinfo=LONDON)
As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False):
        yield


def fields(page: Any) -> dict[str, Any]:
    """What the page's own form would send, without the way out."""
    return {name: value for name, value in fields_of(page).items() if any(value)}


def address(cast: Cast, name: str, person: str = "alice", *args: int) -> str:
    return reverse(name, args=[cast.users[person].pk, *args])


def begun(browser: Client, cast: Cast, person: str = "alice", **asked: Any) -> Any:
    asked = {"template": "gp-two-surgeries", "off": ["2"], **asked}
    return browser.get(address(cast, "account-week-set", person), asked)


def set_week(browser: Client, cast: Cast, person: str = "alice", **changes: Any) -> Any:
    typed = {**fields(begun(browser, cast, person)), **changes}
    return browser.post(address(cast, "account-week-set", person), typed)


def test_a_gp_sets_two_surgeries_a_day_and_not_wednesdays(as_: As, cast: Cast) -> None:
    alice = as_("alice")
    assert "is not set" in alice.get("/account/").content.decode()
    assert "Not set yet" in alice.get("/account/week/").content.decode()
    assert set_week(alice, cast).status_code == 302
    pattern = Pattern.objects.get(user=cast.alice)
    assert (pattern.place, pattern.nation, pattern.weeks) == ("Park Practice", "England", 1)
    assert pattern.starts_on == FRIDAY.date()
    assert {one.weekday for one in pattern.sessions.all()} == {0, 1, 3, 4}
    assert pattern.sessions.count() == 12
    assert PackedTime.objects.get(pk=cast.alice.pk).has_pattern
    page = alice.get("/account/week/").content.decode()
    assert "08:30 to 11:30 Clinic or surgery" in page
    assert "is not set" not in alice.get("/account/").content.decode()


def test_bad_input_keeps_what_was_typed(as_: As, cast: Cast) -> None:
    typed = {"line0-starts": "half past nine", "place": "", "starts_on-day": "31"}
    answer = set_week(as_("alice"), cast, **typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not Pattern.objects.exists()
    for words in (
        "half past nine",
        "Session 1: “From” must be a time such as 08:30",
        "Say where",
        "there is no 31 November",
    ):
        assert words in page, words


def test_an_end_before_the_beginning_is_said_of_its_session(as_: As, cast: Cast) -> None:
    answer = set_week(as_("alice"), cast, **{"line1-starts": "16:00", "line1-ends": "15:00"})
    page = answer.content.decode()
    assert "Session 2: “To” must be later than “From”" in page
    assert "overlap" not in page
    night = {"line1-starts": "20:00", "line1-ends": "08:00"}
    assert "must be later" not in set_week(as_("alice"), cast, **night).content.decode()


def test_nothing_chosen_to_begin_with_is_said(as_: As, cast: Cast) -> None:
    page = as_("alice").get(address(cast, "account-week-set"), {"show": "1"}).content.decode()
    assert "Choose a week to begin with" in page


def test_what_the_rules_refuse_is_said(as_: As, cast: Cast) -> None:
    answer = set_week(as_("alice"), cast, **{"line1-starts": "11:00"})
    assert answer.status_code == 400
    assert "Two sessions overlap: Monday 08:30 to 11:30" in answer.content.decode()


def test_a_line_with_times_and_no_days_is_asked_about(as_: As, cast: Cast) -> None:
    answer = set_week(as_("alice"), cast, **{"line3-starts": "9", "line3-ends": "10"})
    assert "Tick the days" in answer.content.decode()


def test_more_lines_keep_what_was_typed(as_: As, cast: Cast) -> None:
    alice = as_("alice")
    before = fields(begun(alice, cast))
    page = alice.post(
        address(cast, "account-week-set"), {**before, "line0-starts": "oops", "more": "1"}
    )
    assert b"There is a problem" not in page.content
    assert b"oops" in page.content
    assert page.content.count(b"Session ") == 7


def test_a_fortnight(as_: As, cast: Cast) -> None:
    alice = as_("alice")
    typed = {**fields(begun(alice, cast, alternates="on")), "line2-week": "1"}
    assert alice.post(address(cast, "account-week-set"), typed).status_code == 302
    pattern = Pattern.objects.get()
    assert pattern.weeks == 2
    afternoons = pattern.sessions.filter(starts=time(14, 30))
    assert {one.week for one in afternoons} == {1}
    page = alice.get("/account/week/").content.decode()
    assert "Week from Mon 23 Nov" in page
    assert "Week from Mon 30 Nov" in page


def test_a_change_of_two_at_once_shows_both(as_: As, cast: Cast) -> None:
    alice, ada = as_("alice"), as_("ada")
    set_week(alice, cast)
    pattern = Pattern.objects.get()
    where = address(cast, "account-week-set")
    opened = [fields(browser.get(where, {"pattern": pattern.pk})) for browser in (alice, ada)]
    assert ada.post(where, {**opened[1], "line0-ends": "11:00"}).status_code == 302
    stale = alice.post(where, {**opened[0], "line0-ends": "11:15"})
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "08:30 to 11:00 Clinic or surgery" in page
    assert 'value="11:15"' in page
    assert alice.post(where, {**fields(stale), "line0-ends": "11:15"}).status_code == 302
    ends = Pattern.objects.get().sessions.filter(starts=time(8, 30)).values_list("ends", flat=True)
    assert set(ends) == {time(11, 15)}


def test_a_second_place(as_: As, cast: Cast) -> None:
    alice = as_("alice")
    set_week(alice, cast)
    assert fields(begun(alice, cast)).get("place") is None  # Park Practice has its week
    assert set_week(alice, cast, place="The hospice").status_code == 302
    page = alice.get("/account/week/").content.decode()
    assert "Friday 08:30 to 11:30 also stands at Park Practice. If that place has been left" in page
    assert set(Pattern.objects.values_list("place", flat=True)) == {"Park Practice", "The hospice"}


def test_a_single_day_and_leave(as_: As, cast: Cast) -> None:
    alice = as_("alice")
    day = {"day-day": "3", "day-month": "12", "day-year": "2026"}
    clinic = {**day, "kind": "clinic", "starts": "9", "ends": "12.00", "instead": "on"}
    assert alice.post(address(cast, "account-week-day"), clinic).status_code == 302
    one = OneOff.objects.get(user=cast.alice)
    assert (one.day, one.starts, one.ends) == (date(2026, 12, 3), time(9), time(12))
    leave = {"first-day": "21", "first-month": "12", "first-year": "2026", "last-day": "23"}
    bad = alice.post(address(cast, "account-week-leave"), leave)
    assert "must include a month and year" in bad.content.decode()
    leave |= {"last-month": "12", "last-year": "2026"}
    assert alice.post(address(cast, "account-week-leave"), leave).status_code == 302
    off = DayOff.objects.get(user=cast.alice)
    assert off.starts_at == datetime(2026, 12, 21, tzinfo=LONDON)
    assert off.ends_at == datetime(2026, 12, 24, tzinfo=LONDON)
    page = alice.get("/account/week/").content.decode()
    assert "Mon 21 Dec to Wed 23 Dec" in page
    assert "Away 3 days" in page
    assert "instead of the usual day" in page
    assert alice.post(address(cast, "account-week-remove-day", "alice", one.pk)).status_code == 302
    away = address(cast, "account-week-remove-leave", "alice", off.pk)
    assert alice.post(away).status_code == 302
    assert alice.post(away).status_code == 404
    assert not OneOff.objects.exists()
    assert not DayOff.objects.exists()


def test_a_part_of_a_day_away(as_: As, cast: Cast) -> None:
    leave = {
        "first-day": "3",
        "first-month": "12",
        "first-year": "2026",
        "since": "9",
        "until": "11",
    }
    assert as_("alice").post(address(cast, "account-week-leave"), leave).status_code == 302
    off = DayOff.objects.get()
    assert off.ends_at - off.starts_at == timedelta(hours=2)


def test_it_is_ended(as_: As, cast: Cast) -> None:
    alice = as_("alice")
    set_week(alice, cast)
    pattern = Pattern.objects.get()
    where = address(cast, "account-week-end", "alice", pattern.pk)
    assert "End the week at Park Practice" in alice.get(where).content.decode()
    day = {"ends_on-day": "1", "ends_on-month": "2", "ends_on-year": "2027"}
    assert alice.post(where, {**day, "version": "99"}).status_code == 409
    assert alice.post(where, {**day, "version": str(pattern.version)}).status_code == 302
    assert Pattern.objects.get().ends_on == date(2027, 2, 1)
    assert "until 31 January 2027" in alice.get("/account/week/").content.decode()


def test_who_looks_after_a_team_sees_whose_week_is_set_and_sets_it(as_: As, cast: Cast) -> None:
    ada = as_("ada")
    assert "Working weeks of your team" in ada.get("/account/").content.decode()
    page = ada.get("/account/week/team/").content.decode()
    assert "Dr Alice Abbot" in page
    assert page.count("Not set.") == 2
    assert "Gina" not in page
    assert set_week(ada, cast, "alice").status_code == 302
    assert Pattern.objects.get(user=cast.alice).set_by == cast.ada
    assert ada.get("/account/week/team/").content.decode().count("Not set.") == 1


@pytest.mark.parametrize("name", ["gina", "oscar", "sam", "tess", "olga"])
def test_nobody_else_sees_or_sets_it(as_: As, cast: Cast, name: str) -> None:
    browser = as_(name)
    assert browser.get(address(cast, "account-week-of")).status_code == 404
    assert begun(browser, cast).status_code == 404
    assert browser.post(address(cast, "account-week-leave"), {}).status_code == 404


def test_a_colleague_without_the_rota_and_a_leaver(as_: As, cast: Cast) -> None:
    assert as_("alice").get(address(cast, "account-week-of", "ada")).status_code == 404
    assert as_("alice").get("/account/week/team/").status_code == 404
    cast.alice.memberships.update(until=FRIDAY.date() - timedelta(days=1))
    assert as_("ada").get(address(cast, "account-week-of")).status_code == 404


def test_queries_do_not_grow(as_: As, cast: Cast) -> None:
    ada = as_("ada")
    counts = []
    for extra in (0, 24):
        for number in range(extra):
            user = type(cast.ada).objects.create(
                email=f"n{number}@test.example", name=f"N {number}"
            )
            cast.ada.memberships.get().__class__.objects.create(
                user=user,
                team=cast.teams["park"],
                organisation=cast.organisations["park_practice"],
                role="clinician",
                since=date(2020, 1, 1),
            )
            OneOff.objects.create(
                user=cast.ada, day=FRIDAY.date(), starts=time(9), ends=time(10), kind="duty",
                set_by=cast.ada,
            )  # fmt: skip
        for where in ("/account/week/team/", "/account/week/"):
            ada.get(where)
            with CaptureQueriesContext(connection) as queries:
                ada.get(where)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12


def test_lines_and_sessions_say_the_same() -> None:
    for template in TEMPLATES.values():
        sessions = sorted(template.sessions)
        assert sessions_of(lines_of(sessions, template.weeks), template.weeks) == sessions
    office = TEMPLATES["office-hours"].sessions
    twice = sorted(one._replace(week=week) for one in office for week in (0, 1))
    assert len(lines_of(twice, 2)) == len(lines_of(office, 1)) == 3
    uneven = twice[1:]
    assert sessions_of(lines_of(uneven, 2), 2) == uneven

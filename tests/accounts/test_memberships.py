"""Whoever is signed in holds the roles of today: the statement by hand says what the models say."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.accounts.access import reader_of
from portal.accounts.memberships import current_memberships, user_ids_of
from portal.accounts.models import Membership
from portal.accounts.roles import May, Role, roles_that
from portal.accounts.session_store import SessionStore
from portal.core.clock import today
from tests.cast import Cast


@pytest.fixture
def many(cast: Cast) -> Cast:
    """Sam with memberships that are over, end today, end tomorrow, begin today and tomorrow."""
    day = timedelta(days=1)
    for team, since, until in (
        ("hub", -9 * day, -day),
        ("ward", -9 * day, 0 * day),
        ("grove", -5 * day, day),
        ("other_front_door", 0 * day, None),
        ("park", day, None),
    ):
        Membership.objects.create(
            user=cast.sam,
            team=cast.teams[team],
            organisation=cast.teams[team].organisation,
            role=Role.SOCIAL_WORKER,
            since=today() + since,
            until=None if until is None else today() + until,
        )
    return cast


@pytest.mark.parametrize("name", ["sam", "dora", "alice", "tess"])
def test_those_of_today_the_oldest_first(many: Cast, name: str) -> None:
    user = many.users[name]
    found = current_memberships(user)
    wanted = Membership.objects.current().filter(user=user).order_by("since", "pk")
    assert list(found) == list(wanted)
    if name == "sam":
        assert [m.team.name for m in found if m.team] == [
            many.teams[team].name for team in ("front_door", "grove", "other_front_door")
        ]


def test_with_team_and_organisations_in_one_query(
    many: Cast, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_num_queries(1):
        sam = current_memberships(many.sam)
        names = [
            (m.user.name, m.organisation.name, m.team and m.team.organisation.name) for m in sam
        ]
    assert names[0] == ("Sam Sharp", "Trafford Council", "Trafford Council")
    with django_assert_num_queries(1):
        (dora,) = current_memberships(many.dora)
        assert (dora.team, dora.organisation.name) == (None, "Trafford Council")


def test_nobody_who_has_left_holds_one(many: Cast) -> None:
    many.sam.is_active = False
    many.sam.save()
    assert current_memberships(many.sam) == ()
    assert not Membership.objects.current().filter(user=many.sam)


def test_a_session_is_read_by_two_statements(
    cast: Cast, as_: Callable[[str], Client], rf: RequestFactory
) -> None:
    """The session, and whose it is together with what they belong to."""
    request = rf.get("/")
    request.session = SessionStore(as_("sam").session.session_key)
    with CaptureQueriesContext(connection) as asked:
        request.user = get_user(request)
        reader = reader_of(request)
    assert [m.team.name for m in reader.memberships if m.team] == ["Trafford front door"]
    assert len(asked) == 2


def test_the_session_of_somebody_who_has_left_is_nobodys(
    cast: Cast, as_: Callable[[str], Client], rf: RequestFactory
) -> None:
    request = rf.get("/")
    request.session = SessionStore(as_("sam").session.session_key)
    cast.sam.is_active = False
    cast.sam.save()
    assert get_user(request).is_anonymous


@pytest.mark.parametrize("may", [May.TRIAGE, May.REFER])
def test_who_may_do_something_in_a_team(many: Cast, may: May) -> None:
    for team in many.teams.values():
        wanted = Membership.objects.current().filter(team=team, role__in=roles_that(may))
        assert user_ids_of(team, may) == sorted({one.user_id for one in wanted})
    assert many.sam.pk in user_ids_of(many.teams["front_door"], May.TRIAGE)
    many.sam.is_active = False
    many.sam.save()
    assert many.sam.pk not in user_ids_of(many.teams["front_door"], May.TRIAGE)


@pytest.mark.parametrize("key", ['"aaaaaaaa\\000"', "a'b", "x" * 5000, ""])
def test_an_odd_session_key_is_nobodys(client: Client, db: None, key: str) -> None:
    client.cookies["portal_session"] = key
    assert client.get("/").status_code == 200

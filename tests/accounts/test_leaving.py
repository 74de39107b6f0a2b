"""Ending a role, and leaving: at once, handed over, and by nobody else's administrator."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from portal.accounts import handing_over
from portal.accounts.actions.leaving import end_membership, leave
from portal.accounts.models import Membership, Team, User
from portal.accounts.roles import Role
from portal.api.actions import create_token
from portal.core.clock import today
from portal.core.refused import NotAllowed, Refused
from tests.accounts.conftest import give_app
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What rooms above were asked to hand over: (who, teams)."""
    seen: list[tuple[str, list[str]]] = []

    def listen(*, user: User, teams: list[Team], by: User | None) -> None:
        seen.append((user.name, sorted(team.name for team in teams)))

    monkeypatch.setattr(handing_over, "_registered", [listen])
    return seen


def _also(cast: Cast, name: str, team: str, role: Role = Role.SOCIAL_WORKER) -> Membership:
    where = cast.teams[team]
    return Membership.objects.create(
        user=cast.users[name], organisation=where.organisation, team=where, role=role
    )


def _role(cast: Cast, name: str) -> Membership:
    return Membership.objects.current().get(user=cast.users[name])


def test_ending_one_role_of_two_hands_over_that_team(cast: Cast, handed_over: list) -> None:
    also = _also(cast, "sam", "hub")
    assert end_membership(by=cast.olga, membership=also) is False
    assert handed_over == [("Sam Sharp", ["Trafford care transfer hub"])]
    cast.sam.refresh_from_db()
    assert cast.sam.is_active
    assert [m.team.name for m in cast.reader("sam").memberships] == ["Trafford front door"]


def test_another_role_in_the_same_team_keeps_what_is_held(cast: Cast, handed_over: list) -> None:
    also = _also(cast, "sam", "front_door", Role.TRIAGE_LEAD)
    end_membership(by=cast.olga, membership=also)
    assert handed_over == []


def test_ending_the_last_role_is_leaving(cast: Cast, handed_over: list) -> None:
    assert end_membership(by=cast.olga, membership=_role(cast, "sam")) is True
    assert handed_over == [("Sam Sharp", ["Trafford front door"])]
    cast.sam.refresh_from_db()
    assert (cast.sam.is_active, cast.sam.left_at is None) == (False, False)
    assert not cast.sam.has_usable_password()


def test_leaving_ends_tokens_and_second_steps(cast: Cast, client: Client) -> None:
    give_app(cast.sam)
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {create_token(owner=cast.sam, days=1)}"}
    assert client.get("/api/v1/inbox/", **bearer).status_code == 200
    leave(by=None, user=cast.sam)
    assert client.get("/api/v1/inbox/", **bearer).status_code == 401
    assert not Authenticator.objects.filter(user=cast.sam).exists()
    # Even if they come back.
    User.objects.filter(pk=cast.sam.pk).update(is_active=True, left_at=None)
    assert client.get("/api/v1/inbox/", **bearer).status_code == 401


def test_leaving_hands_over_every_team(cast: Cast, handed_over: list) -> None:
    _also(cast, "sam", "hub")
    leave(by=cast.olga, user=cast.sam)
    assert handed_over == [("Sam Sharp", ["Trafford care transfer hub", "Trafford front door"])]
    assert not Membership.objects.not_over().filter(user=cast.sam).exists()


def test_a_hand_over_that_fails_undoes_the_leaving(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**about: object) -> None:
        raise Refused("Something is held that nobody can take.")

    monkeypatch.setattr(handing_over, "_registered", [fails])
    with pytest.raises(Refused):
        end_membership(by=cast.olga, membership=_role(cast, "sam"))
    cast.sam.refresh_from_db()
    assert cast.sam.is_active
    assert _role(cast, "sam").until is None


def test_the_second_to_end_it_is_told(cast: Cast) -> None:
    _also(cast, "sam", "hub")
    role = Membership.objects.get(user=cast.sam, team=cast.teams["front_door"])
    end_membership(by=cast.olga, membership=role)
    with pytest.raises(Refused, match="ended already"):
        end_membership(by=cast.olga, membership=role)


def test_a_role_that_has_yet_to_begin_can_end(cast: Cast) -> None:
    ahead = _also(cast, "sam", "hub")
    ahead.since = today().replace(year=today().year + 1)
    ahead.save()
    end_membership(by=cast.olga, membership=ahead)
    ahead.refresh_from_db()
    assert ahead.until == ahead.since


def test_nobody_ends_their_own(cast: Cast) -> None:
    with pytest.raises(Refused, match="your own"):
        end_membership(by=cast.olga, membership=_role(cast, "olga"))


@pytest.mark.parametrize("name", ["sam", "mina", "dora", "oscar"])
def test_nobody_else_ends_one(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        end_membership(by=cast.users[name], membership=_role(cast, "hugo"))


def test_one_organisation_does_not_make_somebody_leave_another(cast: Cast) -> None:
    _also(cast, "sam", "other_front_door")
    with pytest.raises(NotAllowed):
        leave(by=cast.olga, user=cast.sam)
    role = Membership.objects.get(user=cast.sam, team=cast.teams["front_door"])
    assert end_membership(by=cast.olga, membership=role) is False
    cast.sam.refresh_from_db()
    assert cast.sam.is_active

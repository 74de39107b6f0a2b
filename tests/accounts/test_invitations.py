"""Invitations: by whom, to what, and that the link does one act."""

import re
from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from portal.accounts.actions.invitations import (
    Invited,
    accept_invitation,
    invite,
    withdraw_invitation,
)
from portal.accounts.actions.leaving import leave
from portal.accounts.models import Invitation, Membership, User
from portal.accounts.roles import Role
from portal.core.refused import InvalidInput, NotAllowed, Refused
from portal.notifications.kinds import unsealed
from portal.notifications.models import Notification
from tests.accounts.conftest import SignIn
from tests.cast import Cast

pytestmark = pytest.mark.django_db
GOOD = "three random words"


def _invite(cast: Cast, **changes: object) -> Invited:
    values = {
        "by": cast.olga,
        "email": "Nora@Test.example ",
        "name": "Nora New",
        "job_title": "Social worker",
        "organisation": cast.organisations["trafford"],
        "team": cast.teams["hub"],
        "role": Role.SOCIAL_WORKER,
    }
    invited = invite(**{**values, **changes})
    assert invited
    return invited


def _page(invited: Invited, browser: Client | None = None) -> str:
    return (browser or Client()).get(f"/account/invitation/{invited.token}/").content.decode()


def test_the_mail_has_the_link_and_no_name(cast: Cast) -> None:
    invited = _invite(cast)
    mail = Notification.objects.get(kind="account.invited")
    assert (mail.address, mail.recipient_id) == ("nora@test.example", None)
    link = unsealed(mail.kind, mail.facts)["link"]
    assert link.endswith(f"/account/invitation/{invited.token}/")
    assert invited.token not in str(mail.facts)
    assert "Nora" not in str({**mail.facts, "link": ""})


def test_the_token_is_kept_hashed_and_long(cast: Cast) -> None:
    invited = _invite(cast)
    assert len(invited.token) * 6 >= 128
    assert invited.token not in str(Invitation.objects.values().get())


def test_the_page_shows_the_role_and_no_person(cast: Cast) -> None:
    page = _page(_invite(cast))
    assert "Social worker, Trafford care transfer hub, Trafford Council" in page
    assert "Nora" not in page
    assert "nora@" not in page


def test_a_password_opens_the_account_and_signs_in_once(cast: Cast, sign_in: SignIn) -> None:
    invited = _invite(cast)
    browser = Client()
    path = f"/account/invitation/{invited.token}/"
    assert browser.post(path, {"password": GOOD})["Location"] == "/"
    nora = User.objects.get(email="nora@test.example")
    assert "Nora New" in browser.get("/account/").content.decode()
    membership = Membership.objects.current().get(user=nora)
    assert (membership.team, membership.role) == (cast.teams["hub"], Role.SOCIAL_WORKER)
    for again in (Client().get(path), Client().post(path, {"password": "another long one"})):
        assert again.status_code == 404
        assert "This invitation no longer works" in again.content.decode()
    assert sign_in("nora@test.example", GOOD).status_code == 302


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "Choose a password"),
        ("short", "at least 12 characters"),
        ("nora@test.example", "too similar"),
        ("1q2w3e4r5t6y", "too common"),
    ],
)
def test_a_weak_password_is_refused(cast: Cast, password: str, says: str) -> None:
    invited = _invite(cast)
    page = Client().post(f"/account/invitation/{invited.token}/", {"password": password})
    assert page.status_code == 200
    assert says in page.content.decode()
    assert not User.objects.filter(email="nora@test.example").exists()


def test_it_is_over_after_seven_days(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC), tick=False) as clock:
        invited = _invite(cast)
        clock.shift(7 * 86_400 - 1)
        assert "Open my account" in _page(invited)
        clock.shift(1)
        assert "no longer works" in _page(invited)
        with pytest.raises(Refused):
            accept_invitation(token=invited.token, password=GOOD)


def test_inviting_again_makes_the_first_link_worthless(cast: Cast) -> None:
    first = _invite(cast)
    second = _invite(cast)
    assert "no longer works" in _page(first)
    assert "Open my account" in _page(second)


def test_withdrawing_makes_it_worthless(cast: Cast) -> None:
    invited = _invite(cast)
    withdraw_invitation(by=cast.olga, invitation=invited.invitation)
    assert "no longer works" in _page(invited)


def test_an_accepted_one_cannot_be_withdrawn(cast: Cast) -> None:
    invited = _invite(cast)
    accept_invitation(token=invited.token, password=GOOD)
    with pytest.raises(Refused, match="accepted already"):
        withdraw_invitation(by=cast.olga, invitation=invited.invitation)


def test_somebody_with_an_account_signs_in_to_join(
    cast: Cast, sign_in: SignIn, client: Client
) -> None:
    invited = _invite(cast, email="sam@test.example")
    page = _page(invited)
    assert "Sign in and join" in page
    assert 'name="password"' not in page
    path = f"/account/invitation/{invited.token}/"
    assert Client().post(path, {"password": GOOD}).status_code == 200
    assert not Membership.objects.filter(user=cast.sam, team=cast.teams["hub"]).exists()
    sign_in("sam@test.example")
    assert ">Join<" in _page(invited, client)
    assert client.post(path)["Location"] == "/"
    assert Membership.objects.current().filter(user=cast.sam).count() == 2


def test_an_account_is_joined_by_its_owner_only(cast: Cast) -> None:
    invited = _invite(cast, email="sam@test.example")
    for somebody in (None, cast.tess):
        with pytest.raises(Refused, match="Sign in with the address"):
            accept_invitation(token=invited.token, password=GOOD, signed_in=somebody)
    assert not Membership.objects.filter(team=cast.teams["hub"], user=cast.sam).exists()


def test_a_link_never_changes_who_is_signed_in(cast: Cast, as_) -> None:
    olga = as_("olga")
    invited = _invite(cast)
    page = _page(invited, olga)
    assert "Somebody else is signed in here" in page
    assert olga.post(f"/account/invitation/{invited.token}/", {"password": GOOD}).status_code == 200
    assert not User.objects.filter(email="nora@test.example").exists()


def test_somebody_who_left_comes_back_with_a_new_password(cast: Cast, sign_in: SignIn) -> None:
    leave(by=cast.olga, user=cast.sam)
    invited = _invite(cast, email="sam@test.example", name="Sam Sharp")
    assert accept_invitation(token=invited.token, password=GOOD) == cast.sam
    assert sign_in("sam@test.example").status_code == 200
    assert sign_in("sam@test.example", GOOD).status_code == 302
    assert Membership.objects.current().filter(user=cast.sam).count() == 1


# --- by whom, and to what ---
@pytest.mark.parametrize("name", ["sam", "mina", "dora", "pru", "alice"])
def test_nobody_else_invites(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        _invite(cast, by=cast.users[name])


def test_not_into_another_organisation(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        _invite(
            cast,
            organisation=cast.organisations["manchester"],
            team=cast.teams["other_front_door"],
        )
    with pytest.raises(InvalidInput):
        _invite(cast, team=cast.teams["other_front_door"])


def test_a_role_within_a_team_needs_one(cast: Cast) -> None:
    with pytest.raises(InvalidInput, match="role within a team"):
        _invite(cast, team=None)
    assert _invite(cast, team=None, role=Role.PRIVACY_OFFICER).invitation.team is None


def test_not_to_a_role_that_is_held_already(cast: Cast) -> None:
    with pytest.raises(Refused, match="already"):
        _invite(cast, email="sam@test.example", team=cast.teams["front_door"])


def test_the_database_keeps_one_open_invitation(cast: Cast) -> None:
    row = _invite(cast).invitation
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            email=row.email,
            name=row.name,
            organisation=row.organisation,
            team=row.team,
            role=row.role,
            token_digest="other",
            expires_at=row.expires_at,
        )


# --- the command line ---
def _command(*arguments: str) -> str:
    out = StringIO()
    call_command("create_person", *arguments, stdout=out)
    return out.getvalue().strip()


def test_the_command_prints_the_link(cast: Cast, client: Client) -> None:
    link = _command(
        *("first@test.example", "--name", "First Person", "--role", "organisation-administrator"),
        *("--organisation", "E08000003"),
    )
    found = re.fullmatch(r"http://127\.0\.0\.1:8000(/account/invitation/[\w-]{43}/)", link)
    assert found
    assert "Open my account" in client.get(found[1]).content.decode()
    assert Invitation.objects.get().invited_by is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no address", "--role", "manager", "--organisation", "E08000009"], "no email address"),
        (["a@b.example", "--role", "manager", "--organisation", "E0"], "no organisation"),
        (["a@b.example", "--role", "manager", "--organisation", "E08000009"], "Choose the team"),
        (
            ["a@b.example", "--role", "manager", "--organisation", "E08000009", "--team", "X"],
            "no team called 'X'",
        ),
    ],
)
def test_the_command_says_what_is_wrong(cast: Cast, arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        _command(*arguments, "--name", "Somebody")

"""The list of an organisation's people, and that no other organisation's can be reached."""

import re

import pytest
from django.test import Client

from portal.accounts.actions.invitations import invite
from portal.accounts.models import Invitation, Membership, User
from portal.accounts.roles import Role
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga(as_) -> Client:
    return as_("olga")


def _fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def _role_of(user: User) -> Membership:
    return Membership.objects.current().get(user=user)


def test_everybody_of_the_organisation_and_nobody_else(olga: Client) -> None:
    page = olga.get("/account/people/").content.decode()
    for name in ("Sam Sharp", "Tess Tate", "Hugo Hale", "Dora Dean", "Pru Pike"):
        assert name in page
    for name in ("Oscar Owen", "Alice Abbot", "Phil Page"):
        assert name not in page


def test_looking_for_a_name(olga: Client) -> None:
    page = olga.get("/account/people/?words=sharp").content.decode()
    assert "Sam Sharp" in page
    assert "Tess Tate" not in page
    assert "Nobody found" in olga.get("/account/people/?words=oscar").content.decode()


def test_the_list_costs_the_same_however_long(
    olga: Client, cast: Cast, django_assert_max_num_queries
) -> None:
    olga.get("/account/people/")
    for n in range(30):
        user = User.objects.create_user(f"p{n}@test.example", PASSWORD, name=f"Person {n}")
        Membership.objects.create(
            user=user,
            organisation=cast.organisations["trafford"],
            team=cast.teams["hub"],
            role=Role.SOCIAL_WORKER,
        )
    with django_assert_max_num_queries(8):
        olga.get("/account/people/")


def test_inviting_through_the_page_is_done_once(olga: Client, cast: Cast) -> None:
    path = f"/account/people/invite/{cast.organisations['trafford'].pk}/"
    page = olga.get(path).content.decode()
    typed = {
        "once": _fields(page)["once"],
        "name": "Nora New",
        "email": "nora@test.example",
        "team": str(cast.teams["hub"].pk),
        "role": "social-worker",
    }
    for _ in range(2):
        assert olga.post(path, typed)["Location"] == "/account/people/"
    assert Invitation.objects.count() == 1
    listed = olga.get("/account/people/").content.decode()
    assert "An invitation is on its way to nora@test.example." in listed
    assert "Invited, not here yet" in listed


def test_what_was_typed_stays_with_the_errors(olga: Client, cast: Cast) -> None:
    path = f"/account/people/invite/{cast.organisations['trafford'].pk}/"
    page = olga.post(path, {"once": "a-key-of-this-form", "name": "Nora", "role": "manager"})
    text = page.content.decode()
    assert 'value="Nora"' in text
    assert '<a href="#id_email">Enter their email address</a>' in text
    assert "Choose the team" in text


def test_only_teams_of_the_organisation_are_offered(olga: Client, cast: Cast) -> None:
    path = f"/account/people/invite/{cast.organisations['trafford'].pk}/"
    typed = {
        "once": "a-key-of-this-form",
        "name": "Nora",
        "email": "nora@test.example",
        "team": str(cast.teams["other_front_door"].pk),
        "role": "social-worker",
    }
    assert olga.post(path, typed).status_code == 200
    assert not Invitation.objects.exists()


def test_ending_the_last_role_says_so_first(olga: Client, cast: Cast) -> None:
    path = f"/account/people/{_role_of(cast.sam).pk}/end/"
    page = olga.get(path).content.decode()
    assert "This is their last role" in page
    olga.post(path)
    assert "Sam Sharp can no longer sign in." in olga.get("/account/people/").content.decode()
    assert olga.post(path).status_code == 404


def test_the_second_step_of_somebody_can_be_removed(olga: Client, cast: Cast) -> None:
    path = f"/account/people/{_role_of(cast.sam).pk}/second-step/"
    assert "ring them back" in olga.get(path).content.decode()
    assert olga.post(path)["Location"] == "/account/people/"


def test_withdrawing_an_invitation(olga: Client, cast: Cast) -> None:
    invited = invite(
        by=cast.olga,
        email="nora@test.example",
        name="Nora New",
        job_title="",
        organisation=cast.organisations["trafford"],
        team=cast.teams["hub"],
        role=Role.MANAGER,
    )
    assert invited
    path = f"/account/people/invitations/{invited.invitation.pk}/withdraw/"
    assert olga.post(path).status_code == 302
    assert olga.post(path).status_code == 404


# --- outsiders ---
@pytest.fixture
def outsider(cast: Cast) -> Client:
    """The administrator of another organisation."""
    user = User.objects.create_user("orla@test.example", PASSWORD, name="Orla Outside")
    Membership.objects.create(
        user=user,
        organisation=cast.organisations["manchester"],
        role=Role.ORGANISATION_ADMINISTRATOR,
    )
    browser = Client()
    browser.force_login(user)
    return browser


def _addresses(cast: Cast) -> list[str]:
    invited = invite(
        by=cast.olga,
        email="nora@test.example",
        name="Nora New",
        job_title="",
        organisation=cast.organisations["trafford"],
        team=cast.teams["hub"],
        role=Role.MANAGER,
    )
    assert invited
    sam = _role_of(cast.sam).pk
    return [
        f"/account/people/invite/{cast.organisations['trafford'].pk}/",
        f"/account/people/{sam}/end/",
        f"/account/people/{sam}/second-step/",
        f"/account/people/invitations/{invited.invitation.pk}/withdraw/",
    ]


def test_an_administrator_elsewhere_sees_and_changes_nothing(outsider: Client, cast: Cast) -> None:
    page = outsider.get("/account/people/").content.decode()
    assert "Oscar Owen" in page
    assert "Sam Sharp" not in page
    for path in _addresses(cast):
        assert outsider.post(path).status_code == 404, path
    assert _role_of(cast.sam).until is None


@pytest.mark.parametrize("name", ["sam", "mina", "dora", "pru", "alice"])
def test_to_everybody_else_the_pages_do_not_exist(as_, cast: Cast, name: str) -> None:
    browser = as_(name)
    for path in ["/account/people/", *_addresses(cast)]:
        method = browser.get if path == "/account/people/" else browser.post
        assert method(path).status_code == 404, path

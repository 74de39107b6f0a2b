"""A referral is prepared for a clinician of the sender's team of today, and for nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from portal.accounts.models import Membership, User
from portal.accounts.roles import Role
from portal.core.clock import today
from portal.core.refused import Refused
from referrals.access import get_draft
from referrals.models import Draft, Person, Referral
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.test_pages import SIX, started

As = Callable[[str], Client]


def join(cast: Cast, name: str, since: int, until: int | None = None, team: str = "park") -> User:
    """A clinician from so many days from now, until so many days from now."""
    user = User.objects.create(email=f"{name.lower()}@cast.example", name=name, job_title="GP")
    Membership.objects.create(
        user=user,
        team=cast.teams[team],
        organisation=cast.teams[team].organisation,
        role=Role.CLINICIAN,
        since=today() + timedelta(days=since),
        until=None if until is None else today() + timedelta(days=until),
    )
    return user


@pytest.fixture
def people(cast: Cast) -> dict[str, User]:
    """One for each way in which a membership can hold, or not."""
    found = {
        "Bea": join(cast, "Bea", 0),
        "Cas": join(cast, "Cas", -9, 1),
        "Over": join(cast, "Over", -9, 0),
        "Early": join(cast, "Early", 1),
        "Away": join(cast, "Away", -9, team="grove"),
        "Gone": join(cast, "Gone", -9),
    }
    User.objects.filter(name="Gone").update(is_active=False)
    return found


def test_the_choices_are_those_of_today_by_name(
    cast: Cast, as_: As, people: dict[str, User]
) -> None:
    started(cast, as_, by="ada")
    found = get_draft(cast.reader("ada"), Draft.objects.get().key)
    team = Membership.objects.current().filter(team=cast.teams["park"], role=Role.CLINICIAN)
    users = User.objects.filter(pk__in=team.values("user")).order_by("name", "pk")
    assert list(found.clinicians) == [(u.pk, f"{u.name}, {u.job_title}") for u in users]
    assert {people["Bea"].pk, people["Cas"].pk} < {pk for pk, _ in found.clinicians}


@pytest.mark.parametrize("name", ["Bea", "Cas"])
def test_for_one_of_them(cast: Cast, people: dict[str, User], name: str) -> None:
    assert send(cast, by="ada", for_clinician_id=people[name].pk).for_clinician == people[name]


@pytest.mark.parametrize("name", ["Over", "Early", "Away", "Gone", "ada"])
def test_for_nobody_else(cast: Cast, people: dict[str, User], name: str) -> None:
    user = {**people, "ada": cast.users["ada"]}[name]
    with pytest.raises(Refused, match="Choose a clinician of your own team") as no:
        send(cast, by="ada", for_clinician_id=user.pk)
    assert no.value.field == "for_clinician"
    assert not Referral.objects.exists()
    assert not Person.objects.exists()


def test_who_left_after_the_page_was_opened_is_said_beside_the_field(
    cast: Cast, as_: As, people: dict[str, User]
) -> None:
    browser, address = started(cast, as_, by="ada")
    browser.get(address)
    Membership.objects.filter(user=people["Bea"]).update(until=today())
    typed = {**SIX, "for_clinician": str(people["Bea"].pk), "version": "1"}
    answer = browser.post(address, typed)
    assert answer.status_code == 422
    assert "Prepared for" in answer.content.decode()
    assert not Referral.objects.exists()

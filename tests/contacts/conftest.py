"""The bundled open data, loaded once per module, with a few invented entries on top of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from contacts.actions.practices import save_catchment
from contacts.actions.services import save_service
from contacts.models import Practice, Service
from contacts.rules import ContactFacts, EntryFacts, Standards
from contacts.states import Basis, Channel, Kind, Visibility
from portal.accounts.models import Membership, Organisation, Team, User
from portal.accounts.roles import Role
from portal.worktime.hours import Opening
from tests.spared import reference_data

TRAFFORD, MANCHESTER, HOME = "E08000009", "E08000003", "M33 2RH"
PRACTICE_HERE, PRACTICE_THERE = "P91013", "P84035"
LONG_AGO = date(2020, 1, 1)  # tests travel to days before today: whoever is there was there then
OFFICE = [Opening(day, time(8, 30), time(17)) for day in range(5)]
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass
class World:
    """What the tests of one module share; each gets it back as it was."""

    services: dict[str, Service]
    users: dict[str, User]

    def signed_in(self, name: str) -> Client:
        """A browser in which somebody is signed in."""
        browser = Client()
        browser.force_login(self.users[name])
        return browser


def run(command: str, *args: object) -> str:
    """What a management command says."""
    said = StringIO()
    call_command(command, *(str(one) for one in args), stdout=said)
    return said.getvalue()


def organisation(code: str) -> Organisation:
    """By its code."""
    return Organisation.objects.get(code=code)


def entry(**changes: Any) -> EntryFacts:
    """A front door as an editor would enter it; `changes` replace single facts."""
    facts: dict[str, Any] = {
        "name": "Adult social care front door",
        "kind": Kind.FRONT_DOOR,
        "basis": Basis.LIVES,
        "covers": [TRAFFORD],
        "contacts": [ContactFacts(Channel.TELEPHONE, "0161 496 0123")],
        "is_single_point_of_access": True,
        "what_it_needs": ["What has changed"],
        "openings": OFFICE,
        "standards": Standards(routine=1020, this_week=510, today=120),
        "is_invented": True,
    }
    return EntryFacts(**{**facts, **changes})


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Everything the open data says, and an invented directory of Trafford and Manchester."""
    with django_db_blocker.unblock(), transaction.atomic():
        reference_data()
        yield World(_services(), _people())
        transaction.set_rollback(True)


def _services() -> dict[str, Service]:
    trafford, manchester = organisation(TRAFFORD), organisation(MANCHESTER)
    front_team = Team.objects.create(organisation=trafford, name="Front door", side="social")
    duty = save_service(
        facts=entry(
            name="Emergency duty team",
            kind=Kind.EMERGENCY_DUTY,
            basis=Basis.IS_NOW,
            is_single_point_of_access=False,
            contacts=[ContactFacts(Channel.TELEPHONE, "0161 496 0199")],
            openings=[],
            always_open=True,
        ),
        organisation=trafford,
        by=None,
    )
    return {
        "duty": duty,
        "front_door": save_service(
            facts=entry(
                contacts=[
                    ContactFacts(Channel.TELEPHONE, "0161 496 0123"),
                    ContactFacts(Channel.TELEPHONE, "0161 496 0777", Visibility.PROFESSIONAL),
                    ContactFacts(Channel.EMAIL, "refuge@example.org", Visibility.PROTECTED),
                ]
            ),
            organisation=trafford,
            receiving_team=front_team,
            out_of_hours=duty,
            by=None,
        ),
        "safeguarding": save_service(
            facts=entry(name="Adult safeguarding", kind=Kind.SAFEGUARDING, basis=Basis.IS_NOW),
            organisation=trafford,
            by=None,
        ),
        "nursing_here": _nursing("Trafford district nursing", TRAFFORD, "0161 496 0260"),
        "nursing_there": _nursing("Manchester district nursing", MANCHESTER, "0161 496 0360"),
        "other_front_door": save_service(
            facts=entry(
                name="Contact centre",
                covers=[MANCHESTER],
                contacts=[ContactFacts(Channel.TELEPHONE, "0161 496 0223")],
            ),
            organisation=manchester,
            by=None,
        ),
    }


def _nursing(name: str, area: str, telephone: str) -> Service:
    return save_service(
        facts=entry(
            name=name,
            kind=Kind.COMMUNITY_HEALTH,
            basis=Basis.REGISTERED,
            covers=[area],
            contacts=[ContactFacts(Channel.TELEPHONE, telephone)],
        ),
        organisation=organisation("R0A"),
        by=None,
    )


def _people() -> dict[str, User]:
    people = {
        "gina": ("GP in Manchester", PRACTICE_THERE, Role.CLINICIAN),
        "tina": ("GP in Trafford", PRACTICE_HERE, Role.CLINICIAN),
        "dora": ("Directory editor", TRAFFORD, Role.DIRECTORY_EDITOR),
        "mona": ("Directory editor elsewhere", MANCHESTER, Role.DIRECTORY_EDITOR),
    }
    return {name: _person(name, *about) for name, about in people.items()}


def _person(name: str, title: str, code: str, role: Role) -> User:
    where = organisation(code)
    user = User.objects.create_user(f"{name}@test.example", name=name.title(), job_title=title)
    team = None
    if role == Role.CLINICIAN:
        team = Team.objects.create(organisation=where, name=where.name, side="health")
    Membership.objects.create(user=user, organisation=where, team=team, role=role, since=LONG_AGO)
    return user


@pytest.fixture
def catchment(world: World, db: None) -> Practice:
    """A practice in Manchester whose catchment reaches into Sale."""
    practice = Practice.objects.get(ods=PRACTICE_THERE)
    shares = {
        organisation(MANCHESTER).pk: Decimal("0.790"),
        organisation(TRAFFORD).pk: Decimal("0.200"),
    }
    save_catchment(
        practice=practice, parts=["M20", "M33 2"], shares=shares, is_invented=True, by=None
    )
    return practice


@pytest.fixture
def shared() -> Path:
    """The full open data, where somebody has put it beside the project."""
    if not SHARED.is_dir():
        pytest.skip("The full open data is not beside the project (docs/data.md says where from).")
    return SHARED

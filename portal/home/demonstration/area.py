"""Organisations by their real codes; teams, people, services and catchments invented for them."""

import json
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from contacts.actions.checks import remind_of_checks, set_main_number
from contacts.actions.practices import save_catchment
from contacts.actions.reports import add_words, report
from contacts.actions.services import save_service
from contacts.models import Practice, Service
from contacts.rules import ContactFacts, EntryFacts, Standards
from contacts.states import Basis, Channel, Kind, Trouble, Visibility
from portal.accounts.access import reader_for
from portal.accounts.actions.organisations import OrganisationFacts, save_organisations
from portal.accounts.demonstration import PASSWORD
from portal.accounts.models import Membership, Organisation, Team, User
from portal.accounts.roles import Role
from portal.core.clock import now, standing_at, today
from portal.home.demonstration.entries import edit_entries
from portal.worktime.hours import Opening

_DATA = Path(__file__).parent / "data"


@cache
def texts() -> dict[str, Any]:
    """What people write in the demonstration."""
    return dict(json.loads((_DATA / "texts.json").read_text(encoding="utf-8")))


@cache
def area() -> dict[str, Any]:
    """Teams, people, services and catchments."""
    return dict(json.loads((_DATA / "area.json").read_text(encoding="utf-8")))


def make_area() -> tuple[dict[str, Team], dict[str, Service]]:
    """Everything but the referrals: teams and services by their keys in the data."""
    organisations = _organisations()
    teams = {key: _team(organisations, facts) for key, facts in area()["teams"].items()}
    _people(organisations, teams)
    services: dict[str, Service] = {}
    for facts in area()["services"]:
        services[facts["key"]] = _service(organisations, teams, services, facts)
    _catchments(organisations)
    _upkeep(organisations, services)
    edit_entries(services)
    return teams, services


def _organisations() -> dict[tuple[str, str], Organisation]:
    rows = [
        OrganisationFacts(scheme=scheme, code=code, kind=kind, name=name, nation="England")
        for scheme, code, kind, name in area()["organisations"]
    ]
    save_organisations(rows=rows, by=None)
    return {(row.code_scheme, row.code): row for row in Organisation.objects.all()}


def _upkeep(
    organisations: dict[tuple[str, str], Organisation], services: dict[str, Service]
) -> None:
    """Main numbers, what colleagues report, and who is reminded of what is due."""
    for gss, number in area()["main_numbers"].items():
        set_main_number(organisation=organisations["gss", gss], telephone=number, by=None)
    for key, trouble, email, days_ago, words in area()["reports"]:
        by = reader_for(User.objects.get(email=email))
        with standing_at(now() - timedelta(days=days_ago)):
            made = report(service=services[key], trouble=Trouble(trouble), by=by)
            add_words(reference=made.reference, words=words, by=by)
    # Counted from when somebody was told: what was due then is shown as unchecked today.
    for days_ago in (28, 14, 0):
        with standing_at(now() - timedelta(days=days_ago)):
            remind_of_checks()


def _team(organisations: dict[tuple[str, str], Organisation], facts: dict[str, Any]) -> Team:
    scheme, code = facts["organisation"]
    return Team.objects.create(
        organisation=organisations[scheme, code],
        name=facts["name"],
        side=facts["side"],
        telephone=facts["telephone"],
        mailbox=facts["mailbox"],
    )


def _people(organisations: dict[tuple[str, str], Organisation], teams: dict[str, Team]) -> None:
    # Everybody has the same public password, so it is hashed once.
    password = make_password(PASSWORD)
    since = today() - timedelta(days=400)
    for email, name, job_title, where, role in area()["people"]:
        user = User.objects.create(email=email, name=name, job_title=job_title, password=password)
        team = teams[where] if isinstance(where, str) else None
        organisation = team.organisation if team else organisations[where[0], where[1]]
        Membership.objects.create(
            user=user, organisation=organisation, team=team, role=role, since=since
        )


def _service(
    organisations: dict[tuple[str, str], Organisation],
    teams: dict[str, Team],
    before: dict[str, Service],
    facts: dict[str, Any],
) -> Service:
    scheme, code = facts["organisation"]
    # Entered long ago, so that what was changed since comes after it.
    with standing_at(now() - timedelta(days=390)):
        service = save_service(
            facts=_entry(facts),
            organisation=organisations[scheme, code],
            receiving_team=teams.get(facts["team"]) if facts["team"] else None,
            out_of_hours=before.get(facts.get("out_of_hours", "")),
            by=None,
        )
    Service.objects.filter(pk=service.pk).update(
        last_checked_on=_last_checked(facts), last_checked_by=_editor_of(service)
    )
    return service


def _last_checked(facts: dict[str, Any]) -> date:
    """Within the last seven weeks, the same for the same entry, unless the data says otherwise."""
    days = facts.get("checked_days_ago", sum(facts["key"].encode()) % 50)
    return today() - timedelta(days=days)


def _editor_of(service: Service) -> User | None:
    """Who looks after the entries of its organisation, if anybody does."""
    role = Role.DIRECTORY_EDITOR
    return User.objects.filter(
        memberships__organisation=service.organisation_id, memberships__role=role
    ).first()


def _entry(facts: dict[str, Any]) -> EntryFacts:
    standards = facts["standards"]
    return EntryFacts(
        name=facts["name"],
        kind=Kind(facts["kind"]),
        basis=Basis(facts["basis"]),
        covers=facts["covers"],
        contacts=list(_contacts(facts)),
        is_single_point_of_access=facts["single_point"],
        summary=facts["summary"],
        what_it_needs=facts["needs"],
        what_it_does_not_do=facts["does_not"],
        how_it_takes_referrals=facts["how"],
        ring_first=facts.get("ring_first", ""),
        threshold=facts.get("threshold", ""),
        openings=[
            Opening(day, time.fromisoformat(opens), time.fromisoformat(closes))
            for day, opens, closes in facts.get("hours", [])
        ],
        always_open=facts.get("always_open", False),
        closed_on_bank_holidays=not facts.get("bank_holidays", False),
        standards=Standards(*standards) if standards else None,
        is_invented=True,
    )


def _contacts(facts: dict[str, Any]) -> list[ContactFacts]:
    found = []
    if number := facts.get("telephone"):
        found.append(ContactFacts(Channel.TELEPHONE, number))
    if number := facts.get("professional_telephone"):
        found.append(
            ContactFacts(
                Channel.TELEPHONE, number, Visibility.PROFESSIONAL, "For colleagues, not the public"
            )
        )
    return found


def _catchments(organisations: dict[tuple[str, str], Organisation]) -> None:
    for ods, facts in area()["catchments"].items():
        save_catchment(
            practice=Practice.objects.get(ods=ods),
            parts=facts["parts"],
            shares={
                organisations["gss", gss].pk: Decimal(share)
                for gss, share in facts["shares"].items()
            },
            is_invented=True,
            by=None,
        )

"""Who sends and who receives: an empty database is filled with invented people.

python -m script.storm.people SENDERS RECEIVERS

Their tokens are written into the state folder, for its owner only.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import django

ACTORS = "actors.json"


def read(root: Path) -> dict[str, Any]:
    """What `fill` made: service, senders and receivers (id, name, email, token,
    session), mailbox."""
    return dict(json.loads((root / ACTORS).read_text(encoding="utf-8")))


def main() -> None:
    """Bring the database up to date and fill it."""
    senders, receivers = map(int, sys.argv[1:3])
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from portal.embedded.state import write_private

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    made = fill(senders, receivers)
    write_private(settings.STATE_DIR / ACTORS, json.dumps(made))


def fill(senders: int, receivers: int) -> dict[str, Any]:
    """A practice that sends, and a council's team that is open day and night and has a mailbox."""
    from django.db import transaction

    from contacts.models import Service
    from portal.accounts.models import Organisation, Team

    with transaction.atomic():
        practice, council = (
            Organisation.objects.create(
                kind=kind, code_scheme=scheme, code=code, name=name, nation="England"
            )
            for kind, scheme, code, name in (
                (Organisation.Kind.PRACTICE, "ods", "Z99001", "Invented Practice"),
                (Organisation.Kind.COUNCIL, "gss", "E08999999", "Invented Council"),
            )
        )
        sending = Team.objects.create(
            organisation=practice, name="Invented Practice", side=Team.Side.HEALTH
        )
        receiving = Team.objects.create(
            organisation=council,
            name="Invented front door",
            side=Team.Side.SOCIAL,
            mailbox="front-door@storm.example",
        )
        service = Service.objects.create(
            organisation=council,
            receiving_team=receiving,
            name="Invented front door",
            kind=Service.Kind.FRONT_DOOR,
            basis=Service.Basis.LIVES,
            nation="England",
            routine_minutes=960,
            this_week_minutes=480,
            today_minutes=120,
            is_always_open=True,
            closed_on_bank_holidays=False,
            is_invented=True,
        )
        return {
            "service": service.reference,
            "mailbox": receiving.mailbox,
            "senders": [_person(sending, "clinician", n) for n in range(senders)],
            "receivers": [_person(receiving, "social-worker", n) for n in range(receivers)],
        }


def _person(team: Any, role: str, number: int) -> dict[str, Any]:
    from django.conf import settings

    from portal.accounts.models import Membership, User
    from portal.api.actions import create_token
    from script.benchmarks.calls import session_for

    user = User.objects.create(
        email=f"{role}{number}@storm.example",
        name=f"{role.capitalize()} Invented {number}",
        job_title=role,
        password="!",  # noqa: S106 (nobody signs in with one)
    )
    Membership.objects.create(
        user=user,
        organisation=team.organisation,
        team=team,
        role=role,
        since=date(2020, 1, 1),
    )
    token = create_token(owner=user, days=2)
    return {
        "id": user.pk,
        "name": user.name,
        "email": user.email,
        "token": token,
        "session": session_for(user, settings.AUTHENTICATION_BACKENDS[0]),
    }


if __name__ == "__main__":
    main()

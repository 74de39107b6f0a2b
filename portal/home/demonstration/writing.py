"""What is being written: a draft for a colleague to take up, and letters in place of points."""

from typing import Any

from contacts.models import Service
from portal.accounts.access import reader_for
from portal.accounts.models import Team, User
from portal.home.demonstration.area import texts
from referrals.actions.draft import start_draft


def letter_of(situation: dict[str, Any]) -> str:
    """A letter that says in sentences what the points would."""
    asked = " ".join(situation["points"])
    return f"Dear colleague,\n\n{situation['why']}. {asked}\n\nWith thanks for your help"


def make_draft(team: Team, service: Service) -> None:
    """Begun by the practice's administrator, for a GP to finish and send."""
    situation = texts()["situations"][0]
    start_draft(
        by=reader_for(User.objects.get(email="practiceadmin@demo.example")),
        team=team,
        service=service,
        typed={
            "person_name": "Edith Invented",
            "born_on-day": "4",
            "born_on-month": "2",
            "born_on-year": "1941",
            "postcode": "M33 2RH",
            "point_1": situation["points"][0],
            "why_now": situation["why"],
        },
    )

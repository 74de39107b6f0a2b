"""Referrals and entries full of strings that must show nowhere else."""

from contacts.actions.editing import change_entry
from referrals.actions.send import PersonDetails
from referrals.actions.write import write
from referrals.states import Agreement
from tests.cast import Cast
from tests.conftest import send


def plant(cast: Cast, mark: str, by: str, team: str, to: str) -> str:
    """A referral with the mark in every text a person can type."""
    sent = send(
        cast,
        by=by,
        team=team,
        to=to,
        person=PersonDetails(
            name=f"{mark} Name", address=f"{mark} Road", telephone=f"{mark} 1", postcode="M33 2RH"
        ),
        points=[f"{mark} point"],
        why_now=f"{mark} why",
        with_person=f"{mark} with",
        agreement=Agreement.OBJECTS,
        agreement_note=f"{mark} note",
        call_back=f"{mark} ring",
    )
    write(by=cast.reader(by), reference=sent.reference, body=f"{mark} message")
    return sent.reference


def protect(cast: Cast) -> None:
    """A contact of the front door that is shown nowhere, but to its own editor."""
    change_entry(
        reference=cast.services["front_door"].reference,
        version=1,
        changes={
            "contacts": [
                ["telephone", "0161 496 0123", "", "public"],
                ["email", "protected@planted.example", "", "protected"],
            ]
        },
        key="matrix-key-0",
        by=cast.reader("dora"),
    )

"""Which services are offered to redirect a referral to: those for the person's home first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contacts.access import services_to_redirect_to
from contacts.answers import Asked, ContactAnswer, UnknownPostcode, contact_answer
from contacts.models import Service
from contacts.search import search
from contacts.search_words import wanted, without_postcode
from portal.accounts.models import Organisation
from portal.core.refused import InvalidInput
from referrals.models import Referral

# As many as one page of choices can hold and be read.
AT_MOST = 12


@dataclass(frozen=True)
class Offered:
    """The services in the order in which they are offered, and what is said above them; `beside`
    is what is said beside one, by its reference."""

    services: tuple[Service, ...]
    words: str
    beside: Mapping[str, str] = field(default_factory=dict)


def offered(referral: Referral, at: datetime, *, find: str = "") -> Offered:
    """With `find` what the directory has for these words; else what suits the person's home.

    Never the team that has it, nor the sender's own practice. A few queries, and no more services
    read than are offered, however many there are.
    """
    text = without_postcode(find.replace("\0", "")).strip()[:80]
    parts = wanted(text).parts
    if not parts:
        return _suited(referral, at)
    found = _others(referral, only=search(parts).ids)
    if found:
        return Offered(found, f"Found for “{text}”. To see those for the person's home, clear it.")
    return Offered(
        (), f"Nothing that takes referrals here was found for “{text}”. Use fewer words."
    )


def _others(referral: Referral, **wanted_first: Any) -> tuple[Service, ...]:
    sender = referral.sending_team
    practice = sender.organisation.kind == Organisation.Kind.PRACTICE
    found = services_to_redirect_to(
        referral.service,
        at_most=AT_MOST,
        not_teams=(referral.receiving_team_id, sender.pk),
        not_of=sender.organisation_id if practice else None,
        **wanted_first,
    )
    return tuple(found)


def _suited(referral: Referral, at: datetime) -> Offered:
    """Those of the answer for the person's home, the same organisation's, then the others."""
    answer = _answer(referral.person.postcode, at)
    entries = (answer.leading, *answer.others) if answer else ()
    first = [entry.reference for entry in entries if entry]
    authority = answer.answer.authority if answer else None
    near = [authority.organisation_id] if authority else []
    near.append(referral.service.organisation_id)
    ordered = _others(referral, first=first, near=near)
    if not (answer and authority):
        return Offered(ordered, "")
    words = ""
    if ordered and ordered[0].organisation_id == authority.organisation_id:
        home = f"{answer.place.postcode}, {authority.name}"
        words = f"Those for the person's home come first: {home}."
    council = Organisation.Kind.COUNCIL
    beside = {
        one.reference: f"Another council’s: the person’s home is in {authority.name}."
        for one in ordered
        if one.organisation.kind == council and one.organisation_id != authority.organisation_id
    }
    return Offered(ordered, words, beside)


def _answer(postcode: str, at: datetime) -> ContactAnswer | None:
    if not postcode:
        return None
    try:
        return contact_answer(postcode=postcode, asked=Asked(signed_in=True), at=at)
    except (InvalidInput, UnknownPostcode):
        return None

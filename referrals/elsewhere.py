"""Which services are offered to redirect a referral to: those for the person's home first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
    """The services in the order in which they are offered, and what is said above them."""

    services: tuple[Service, ...]
    words: str


def offered(referral: Referral, at: datetime, *, find: str = "") -> Offered:
    """With `find` what the directory has for these words; else what suits the person's home.

    Never the team that has it, nor the sender's own practice. A few queries, however many
    services there are.
    """
    possible = {
        service.pk: service
        for service in services_to_redirect_to(referral.service)
        if _is_another(service, referral)
    }
    text = without_postcode(find.replace("\0", "")).strip()[:80]
    parts = wanted(text).parts
    if not parts:
        return _suited(referral, list(possible.values()), at)
    ids = search(parts).ids
    found = tuple(possible[pk] for pk in ids if pk in possible)[:AT_MOST]
    if found:
        return Offered(found, f"Found for “{text}”. To see those for the person's home, clear it.")
    return Offered(
        (), f"Nothing that takes referrals here was found for “{text}”. Use fewer words."
    )


def _is_another(service: Service, referral: Referral) -> bool:
    sender = referral.sending_team
    if service.receiving_team_id in (referral.receiving_team_id, sender.pk):
        return False
    own = service.organisation_id == sender.organisation_id
    return not (own and sender.organisation.kind == Organisation.Kind.PRACTICE)


def _suited(referral: Referral, services: Sequence[Service], at: datetime) -> Offered:
    """Those of the answer for the person's home, the same organisation's, then the others."""
    answer = _answer(referral.person.postcode, at)
    entries = (answer.leading, *answer.others) if answer else ()
    first = [entry.reference for entry in entries if entry]
    authority = answer.answer.authority if answer else None
    near = [authority.organisation_id] if authority else []
    near.append(referral.service.organisation_id)

    def place(service: Service) -> tuple[int, int]:
        own = service.organisation_id
        return (
            first.index(service.reference) if service.reference in first else len(first),
            near.index(own) if own in near else len(near),
        )

    ordered = tuple(sorted(services, key=place)[:AT_MOST])
    if answer and authority and ordered and place(ordered[0])[1] == 0:
        home = f"{answer.place.postcode}, {authority.name}"
        return Offered(ordered, f"Those for the person's home come first: {home}.")
    return Offered(ordered, "")


def _answer(postcode: str, at: datetime) -> ContactAnswer | None:
    if not postcode:
        return None
    try:
        return contact_answer(postcode=postcode, asked=Asked(signed_in=True), at=at)
    except (InvalidInput, UnknownPostcode):
        return None

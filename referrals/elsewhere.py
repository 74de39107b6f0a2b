"""Which services are offered to hand a referral on to: those for the person's home first."""

from collections.abc import Mapping, Sequence
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
from referrals.reaching import how_to_reach

# As many as one page of choices can hold and be read.
AT_MOST = 12


@dataclass(frozen=True)
class Offered:
    """The services in the order in which they are offered, and what is said above them; `beside`
    is what is said beside one, by its reference."""

    services: tuple[Service, ...]
    words: str
    beside: Mapping[str, str] = field(default_factory=dict)


def offered(referral: Referral, at: datetime, *, find: str = "", outside: bool = False) -> Offered:
    """With `find` what the directory has for these words; else what suits the person's home.

    `outside`: the services that take no referrals here, each with the number to ring beside it.

    Never the team that has it, nor the sender's own practice. A few queries, and no more services
    read than are offered, however many there are.
    """
    text = without_postcode(find.replace("\0", "")).strip()[:80]
    parts = wanted(text).parts
    if not parts:
        return _suited(referral, at, outside=outside)
    # Of the others a whole page can come before the first of these.
    only = search(parts, takes_referrals=not outside).ids
    found = _others(referral, only=only, outside=outside)
    if found:
        words = f"Found for “{text}”. To see those for the person's home, clear it."
        return Offered(found, words, _reached(found) if outside else {})
    which = "takes no referrals here" if outside else "takes referrals here"
    return Offered((), f"Nothing that {which} was found for “{text}”. Use fewer words.")


def _reached(found: Sequence[Service]) -> dict[str, str]:
    """How to reach each of them, by its reference."""
    return {one.reference: reached for one in found if (reached := how_to_reach(one))}


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


def _suited(referral: Referral, at: datetime, *, outside: bool) -> Offered:
    """Those of the answer for the person's home, the same organisation's, then the others."""
    answer = _answer(referral.person.postcode, at)
    entries = (answer.leading, *answer.others) if answer else ()
    first = [entry.reference for entry in entries if entry]
    authority = answer.answer.authority if answer else None
    near = [authority.organisation_id] if authority else []
    near.append(referral.service.organisation_id)
    ordered = _others(referral, first=first, near=near, outside=outside)
    reached = _reached(ordered) if outside else {}
    if not (answer and authority):
        return Offered(ordered, "", reached)
    words = ""
    if ordered and ordered[0].organisation_id == authority.organisation_id:
        home = f"{answer.place.postcode}, {authority.name}"
        words = f"Those for the person's home come first: {home}."
    council = Organisation.Kind.COUNCIL
    others = {
        one.reference: f"Another council’s: the person’s home is in {authority.name}."
        for one in ordered
        if one.organisation.kind == council and one.organisation_id != authority.organisation_id
    }
    said = {one: [t for t in (reached.get(one), others.get(one)) if t] for one in reached | others}
    return Offered(ordered, words, {one: ". ".join(texts) for one, texts in said.items()})


def _answer(postcode: str, at: datetime) -> ContactAnswer | None:
    if not postcode:
        return None
    try:
        return contact_answer(postcode=postcode, asked=Asked(signed_in=True), at=at)
    except (InvalidInput, UnknownPostcode):
        return None

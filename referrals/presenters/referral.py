"""One referral in finished words: the person's banner and what the sender says."""

import re
from typing import Protocol

from portal.core.clock import now
from portal.ui.shapes import Fact, Person
from portal.ui.words import age, nhs_spaced, phone_href, short_date
from referrals import models
from referrals.presenters.refer import rung_words
from referrals.states import AGREEMENT_WORDS, Agreement


class Named(Protocol):
    """Somebody with a name and a job."""

    @property
    def name(self) -> str:
        """As colleagues read it."""

    @property
    def job_title(self) -> str:
        """What they are; may be empty."""


def banner(referral: models.Referral) -> Person:
    """Name, birth date (age), NHS number, address, reference: the same everywhere."""
    person = referral.person
    born = ""
    if person.born_on:
        born = f"Born {short_date(person.born_on)} ({age(person.born_on)})"
    where = ", ".join(part for part in (person.address, person.postcode) if part)
    return Person(
        name=person.name,
        born=born,
        nhs_number=f"NHS {nhs_spaced(person.nhs_number)}" if person.nhs_number else "",
        address=where,
        reference=referral.reference,
    )


def who(user: Named) -> str:
    """ "S. Worker, social worker"."""
    title = (
        user.job_title[:1].lower() + user.job_title[1:]
        if _lowers(user.job_title)
        else (user.job_title)
    )
    return f"{user.name}, {title}" if title else user.name


def _lowers(title: str) -> bool:
    """GP stays GP; "Social worker" becomes "social worker" within a sentence."""
    return len(title) > 1 and title[1].islower()


def facts(referral: models.Referral) -> list[Fact]:
    """The rest of the six answers, after the points."""
    agreement = AGREEMENT_WORDS[Agreement(referral.agreement)]
    if referral.agreement_note:
        agreement = f"{agreement}. {referral.agreement_note}"
    rows = [
        ("Why now", referral.why_now),
        ("How urgent", referral.urgency_word),
        ("With the person", referral.with_person),
        ("Does the person know", agreement),
        ("The sender has rung", rung_words(referral, now())),
        ("Ring the sender", referral.call_back),
        ("The person's telephone", referral.person.telephone),
        ("Sent by", f"{who(referral.sent_by)}, {referral.sending_team.name}"),
        ("For", who(referral.for_clinician) if referral.for_clinician else ""),
    ]
    return [_fact(term, detail) for term, detail in rows if detail]


_RING = {"Ring the sender", "The person's telephone"}
# A number at the beginning, with an extension: what comes after it is said, and is no link.
_NUMBER = re.compile(r"\+?[0-9(][0-9 ().-]{4,}[0-9](?:\s*(?:extension|ext\.?|x)\s*[0-9]{1,8})?")


def _fact(term: str, detail: str) -> Fact:
    found = _NUMBER.match(detail) if term in _RING else None
    href = phone_href(found[0]) if found else ""
    if not (found and href):
        return Fact(term=term, detail=detail)
    return Fact(term=term, detail=found[0], href=href, rest=detail[found.end() :])

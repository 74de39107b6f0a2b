"""Other referrals about the same person that are open: for the sender's own side, and the team's.

The same person: the same NHS number; or the same surname and birth date, unless two NHS numbers
say that they are two (twins).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from portal.accounts.access import Reader
from portal.accounts.models import Organisation, Team
from portal.audit.actions import record_access
from portal.audit.models import AccessEvent
from referrals import access
from referrals.models import Person, Referral
from referrals.states import UNDECIDED, Status

AT_MOST = 5
_OPEN = sorted({*UNDECIDED, Status.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is looked for; what is not known is empty."""

    name: str = ""
    born_on: date | None = None
    nhs_number: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether this can single somebody out at all."""
        return bool(self.nhs_number or (self.born_on and surname(self.name)))


@dataclass(frozen=True, slots=True)
class OpenOne:
    """A referral that is open; `may_see`: the reader may open it, and see more than whose it is."""

    referral: Referral
    may_see: bool


def surname(name: str) -> str:
    """The last word of a name, without capitals: what two spellings of a person share."""
    words = name.casefold().split()
    return words[-1] if words else ""


def own_open(*, by: Reader, organisation: Organisation, wanted: Wanted) -> list[OpenOne]:
    """What the reader's own organisation has open for the person. The search is recorded.

    One query and the record; nothing at all where too little is known.
    """
    if not wanted.is_enough:
        return []
    with transaction.atomic():
        found = _open_about(by, wanted, sending_team__organisation=organisation)
        _record(by, AccessEvent.Verb.SEARCHED, found, "is something open already")
        return found


def possible_duplicates(*, by: Reader, referral: Referral, team: Team) -> list[OpenOne]:
    """Other open referrals about its person, whoever sent them: for the receiving team only.

    For everybody else the answer is empty, and nothing is looked for.
    """
    if team.pk != referral.receiving_team_id:
        return []
    person = referral.person
    wanted = Wanted(person.name, person.born_on, person.nhs_number)
    if not wanted.is_enough:
        return []
    with transaction.atomic():
        found = [one for one in _open_about(by, wanted) if one.referral.pk != referral.pk]
        if found:
            _record(by, AccessEvent.Verb.LISTED, found, "possible duplicate")
        return found


def _open_about(by: Reader, wanted: Wanted, **conditions: object) -> list[OpenOne]:
    about = Q()
    if wanted.nhs_number:
        about |= Q(person__nhs_number=wanted.nhs_number)
    if wanted.born_on:
        about |= Q(person__born_on=wanted.born_on)
    rows: Iterable[Any] = (
        Referral.objects.filter(about, status__in=_OPEN, **conditions)
        .annotate(may_see=Exists(access.visible_to(by).filter(pk=OuterRef("pk"))))
        .select_related("person", "service", "sending_team", "receiving_team", "sent_by")
        .order_by("-sent_at", "-pk")
    )
    same = [row for row in rows if _is_same(wanted, row.person)]
    return [OpenOne(row, row.may_see) for row in same[: AT_MOST + 1]]


def _is_same(wanted: Wanted, person: Person) -> bool:
    if wanted.nhs_number and person.nhs_number:
        return wanted.nhs_number == person.nhs_number
    return person.born_on == wanted.born_on and surname(person.name) == surname(wanted.name)


def _record(by: Reader, verb: AccessEvent.Verb, found: list[OpenOne], why: str) -> None:
    record_access(
        by=by.user,
        verb=verb,
        subject_kind="referral",
        subjects=[one.referral.reference for one in found],
        reason=why,
    )

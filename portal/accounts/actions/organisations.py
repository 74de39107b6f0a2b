"""Organisations: one row each, ever. Importers and editors write them here and nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from portal.accounts.models import Organisation, User
from portal.core.refused import InvalidInput

OrganisationKey = tuple[str, str]
_FACTS = ("kind", "name", "nation", "opened_on", "closed_on")


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What a source says about an organisation.

    `scheme` and `code` are who it is: ("ods", "P91013"), ("gss", "E08000009"), ("own", "...").
    """

    scheme: str
    code: str
    kind: str
    name: str
    nation: str = ""
    opened_on: date | None = None
    closed_on: date | None = None

    @property
    def key(self) -> OrganisationKey:
        """Scheme and code."""
        return self.scheme, self.code


@transaction.atomic
def save_organisations(
    *, rows: Iterable[OrganisationFacts], by: User | None
) -> dict[OrganisationKey, Organisation]:
    """Many at once, by scheme and code; rows that say nothing new are not written.

    Raises InvalidInput when two rows are about the same organisation.
    """
    facts: dict[OrganisationKey, OrganisationFacts] = {}
    for row in rows:
        if row.key in facts:
            raise InvalidInput(f"{row.code} is there twice.", code="repeated")
        facts[row.key] = row
    _one_import_at_a_time()
    found = {
        (one.code_scheme, one.code): one
        for one in Organisation.objects.filter(
            code_scheme__in={scheme for scheme, _ in facts}, code__in={code for _, code in facts}
        )
    }
    new = [_new(one) for key, one in facts.items() if key not in found]
    changed = [one for key, one in found.items() if key in facts and _update(one, facts[key])]
    Organisation.objects.bulk_update(changed, _FACTS, batch_size=500)
    for one in Organisation.objects.bulk_create(new, batch_size=500):
        found[one.code_scheme, one.code] = one
    return {key: found[key] for key in facts}


@transaction.atomic
def set_successors(*, of: Mapping[int, int | None], by: User | None) -> None:
    """Say which organisation (by id) took over from which; None takes it back."""
    rows = Organisation.objects.filter(pk__in=of)
    changed = [one for one in rows if one.successor_id != of[one.pk]]
    for one in changed:
        one.successor_id = of[one.pk]
    Organisation.objects.bulk_update(changed, ["successor"], batch_size=500)


@transaction.atomic
def give_code(*, was: OrganisationKey, becomes: OrganisationKey, by: User | None) -> bool:
    """Give an organisation another code: its row, and all that hangs on it, stays the same one.

    For a council that is recoded, or planned under a name and coded later. False where nothing
    has the old code or something has the new one already.
    """
    _one_import_at_a_time()
    taken = Organisation.objects.filter(code_scheme=becomes[0], code=becomes[1]).exists()
    if taken:
        return False
    changed = Organisation.objects.filter(code_scheme=was[0], code=was[1]).update(
        code_scheme=becomes[0], code=becomes[1]
    )
    return bool(changed)


def _one_import_at_a_time() -> None:
    """Two imports at once would both find a row missing; the second waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('accounts.organisations'))")


def _new(facts: OrganisationFacts) -> Organisation:
    values = {name: getattr(facts, name) for name in _FACTS}
    return Organisation(code_scheme=facts.scheme, code=facts.code, **values)


def _update(one: Organisation, facts: OrganisationFacts) -> bool:
    changed = False
    for name in _FACTS:
        if getattr(one, name) != getattr(facts, name):
            setattr(one, name, getattr(facts, name))
            changed = True
    return changed

"""Take in the lists of councils: organisations, what they are, and who answers for which area."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from contacts.importing.councils import Board
from contacts.models import Council, Responsibility
from contacts.states import CouncilType
from contacts.timelines import (
    ContradictionError,
    CouncilRow,
    Lists,
    Planned,
    Row,
    planned_key,
    responsibilities,
)
from portal.accounts.actions.organisations import (
    OrganisationFacts,
    give_code,
    save_organisations,
    set_successors,
)
from portal.accounts.models import Organisation, User
from portal.core.refused import InvalidInput

_KIND = Organisation.Kind
_ROW_FIELDS = ("area_name", "authority_id", "authority_gss", "how", "until")


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did."""

    councils: int
    added: int
    removed: int


@transaction.atomic
def record_councils(*, lists: Lists, boards: Sequence[Board], by: User | None) -> Taken:
    """Bring councils and responsibilities up to date with the lists; the same again does nothing.

    Raises InvalidInput when the lists contradict each other, or lack an area known here.
    """
    try:
        rows = responsibilities(lists)
    except ContradictionError as error:
        raise InvalidInput(f"{error} Nothing was changed.", code="contradiction") from error
    _give_new_codes(lists, by)
    organisations = _save_organisations(lists, boards, by)
    _set_successors(lists, organisations, by)
    _save_councils(lists, organisations)
    added, removed = _save_responsibilities(rows, organisations)
    return Taken(len(lists.councils), added, removed)


def _give_new_codes(lists: Lists, by: User | None) -> None:
    """The same council under another code keeps its row."""
    for council in lists.councils:
        for old in council.former_gss:
            give_code(was=("gss", old), becomes=("gss", council.gss), by=by)
    for name, gss in {(one.council_name, one.council_gss) for one in lists.planned}:
        if gss:
            give_code(was=("own", planned_key(name)), becomes=("gss", gss), by=by)


def _save_organisations(
    lists: Lists, boards: Sequence[Board], by: User | None
) -> dict[str, Organisation]:
    """The organisations by the keys of the lists."""
    started = {council.key: council.started for council in lists.councils}
    facts: dict[str, OrganisationFacts] = {}
    for council in lists.councils:
        # The list gives the last day of some councils and the day after it of others: their
        # successors' first day is what counts.
        ends = [day for key in council.replaced_by if (day := started.get(key))]
        facts[council.key] = OrganisationFacts(
            scheme="gss",
            code=council.gss,
            kind=_KIND.COUNCIL,
            name=council.name,
            nation=council.nation,
            opened_on=council.started,
            closed_on=min(ends) if council.ended and ends else None,
        )
    for planned in _new_councils(lists):
        facts[planned_key(planned.council_name)] = _planned_facts(planned)
    for board in boards:
        facts[board.gss] = OrganisationFacts(
            "gss", board.gss, _KIND.OTHER, board.name, board.nation
        )
    saved = save_organisations(rows=facts.values(), by=by)
    return {key: saved[one.key] for key, one in facts.items()}


def _new_councils(lists: Lists) -> list[Planned]:
    """One row for each planned council that the list of councils does not have yet."""
    known = {council.gss for council in lists.councils}
    new = {one.council_name: one for one in lists.planned if one.council_gss not in known}
    return list(new.values())


def _planned_facts(planned: Planned) -> OrganisationFacts:
    return OrganisationFacts(
        scheme="gss" if planned.council_gss else "own",
        code=planned.council_gss or planned_key(planned.council_name),
        kind=_KIND.COUNCIL,
        name=planned.council_name,
        nation="England",
        opened_on=planned.on,
    )


def _set_successors(lists: Lists, organisations: dict[str, Organisation], by: User | None) -> None:
    """One successor; none for a county that was split, whose districts went different ways."""
    of = {
        organisations[council.key].pk: organisations[council.replaced_by[0]].pk
        if len(council.replaced_by) == 1
        else None
        for council in lists.councils
        if all(key in organisations for key in council.replaced_by)
    }
    set_successors(of=of, by=by)


def _save_councils(lists: Lists, organisations: dict[str, Organisation]) -> None:
    wanted = [_council(council, organisations[council.key]) for council in lists.councils]
    for planned in _new_councils(lists):
        wanted.append(
            Council(
                organisation=organisations[planned_key(planned.council_name)],
                gss=planned.council_gss,
                type=CouncilType.UNITARY,
                short_name=planned.council_name.removesuffix(" Council"),
            )
        )
    fields = ("gss", "type", "short_name", "former_gss")
    known = Council.objects.in_bulk([one.pk for one in wanted])
    new = [one for one in wanted if one.pk not in known]
    changed = [
        one
        for one in wanted
        if one.pk in known and any(getattr(one, f) != getattr(known[one.pk], f) for f in fields)
    ]
    Council.objects.bulk_update(changed, fields)
    Council.objects.bulk_create(new)


def _council(row: CouncilRow, organisation: Organisation) -> Council:
    return Council(
        organisation=organisation,
        gss=row.gss,
        type=row.type,
        short_name=row.short_name,
        former_gss=list(row.former_gss),
    )


def _save_responsibilities(
    rows: Sequence[Row], organisations: dict[str, Organisation]
) -> tuple[int, int]:
    """Make the table say what the rows say; (added, removed). No known area may be lost."""
    wanted = {
        (row.area_gss, row.from_date): Responsibility(
            area_gss=row.area_gss,
            area_name=row.area_name,
            authority=organisations[row.authority] if row.authority else None,
            authority_gss=row.authority_gss,
            how=row.how,
            from_date=row.from_date,
            until=row.until,
        )
        for row in rows
    }
    known = {(one.area_gss, one.from_date): one for one in Responsibility.objects.all()}
    lost = {area for area, _ in known} - {area for area, _ in wanted}
    if lost:
        raise InvalidInput(
            f"The list does not have {len(lost)} areas that are known here, {min(lost)} among"
            " them: it is not the whole list. Nothing was changed.",
            code="areas-lost",
        )
    same = {key for key in wanted.keys() & known.keys() if _says_the_same(wanted[key], known[key])}
    gone = [one.pk for key, one in known.items() if key not in same]
    new = [one for key, one in wanted.items() if key not in same]
    Responsibility.objects.filter(pk__in=gone).delete()
    Responsibility.objects.bulk_create(new)
    return len(new), len(gone)


def _says_the_same(one: Responsibility, other: Responsibility) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in _ROW_FIELDS)

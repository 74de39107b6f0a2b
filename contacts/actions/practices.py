"""Take in GP practices and trusts, and say which homes a practice covers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from contacts.importing.practices import OdsRow
from contacts.models import CatchmentPart, Postcode, Practice, RegisteredShare
from portal.accounts.actions.organisations import OrganisationFacts, save_organisations
from portal.accounts.models import Organisation, User
from portal.core.refused import InvalidInput

_FIELDS = ("ods", "address", "postcode", "telephone", "area_gss")


@dataclass(frozen=True, slots=True)
class OdsTaken:
    """What an import did. `unplaced` are active ones whose district no source gives."""

    active: int
    unplaced: int = 0


@transaction.atomic
def record_practices(
    *, rows: Sequence[OdsRow], areas_of_commissioners: Mapping[str, str], by: User | None
) -> OdsTaken:
    """Bring GP practices up to date. Those that never were active here are not taken in.

    A practice's district is its postcode's where that is loaded, else its commissioner's where
    that has a district's boundary, else unknown.
    """
    organisations = _save(rows, Organisation.Kind.PRACTICE, by)
    districts = _districts([row.postcode for row in rows])
    wanted = {
        organisations[row.code].pk: Practice(
            organisation=organisations[row.code],
            ods=row.code,
            address=row.address[:250],
            postcode=row.postcode,
            telephone=row.telephone[:30],
            area_gss=districts.get(row.postcode.replace(" ", ""))
            or areas_of_commissioners.get(row.commissioner, ""),
        )
        for row in rows
        if row.code in organisations
    }
    known = Practice.objects.in_bulk(list(wanted))
    Practice.objects.bulk_create([one for pk, one in wanted.items() if pk not in known])
    changed = [
        one
        for pk, one in wanted.items()
        if pk in known and any(getattr(one, f) != getattr(known[pk], f) for f in _FIELDS)
    ]
    Practice.objects.bulk_update(changed, _FIELDS, batch_size=500)
    active = [organisations[row.code].pk for row in rows if row.active]
    return OdsTaken(len(active), sum(not wanted[pk].area_gss for pk in active))


@transaction.atomic
def record_trusts(*, rows: Sequence[OdsRow], by: User | None) -> OdsTaken:
    """Bring NHS trusts up to date; closed ones only where they are known here."""
    _save(rows, Organisation.Kind.TRUST, by)
    return OdsTaken(sum(row.active for row in rows))


def _save(
    rows: Sequence[OdsRow], kind: Organisation.Kind, by: User | None
) -> dict[str, Organisation]:
    known = set(
        Organisation.objects.filter(
            code_scheme="ods", code__in=[row.code for row in rows]
        ).values_list("code", flat=True)
    )
    facts = [
        OrganisationFacts(
            scheme="ods",
            code=row.code,
            kind=kind,
            name=row.name,
            nation=row.nation,
            opened_on=row.opened,
            closed_on=row.closed,
        )
        for row in rows
        if row.active or row.code in known
    ]
    saved = save_organisations(rows=facts, by=by)
    return {code: organisation for (_, code), organisation in saved.items()}


def _districts(postcodes: Sequence[str]) -> dict[str, str]:
    keys = {postcode.replace(" ", "") for postcode in postcodes}
    rows = Postcode.objects.filter(key__in=keys, district_gss__regex=r"^[EWSN]")
    return dict(rows.values_list("key", "district_gss"))


@transaction.atomic
def save_catchment(
    *,
    practice: Practice,
    parts: Sequence[str],
    shares: Mapping[int, Decimal],
    is_invented: bool,
    by: User | None,
) -> None:
    """Say which parts of postcodes a practice covers, and where its people live.

    `parts` are outward ("M33") or sectors ("M33 2"); `shares` are by the authority's
    organisation id, 0 to 1. What was there before is replaced. Raises InvalidInput where the
    shares come to more than the whole.
    """
    if sum(shares.values()) > 1:
        raise InvalidInput("The shares come to more than the whole.", code="shares")
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    practice.catchment.exclude(part__in=parts).delete()
    practice.shares.exclude(authority__in=shares).delete()
    CatchmentPart.objects.bulk_create(
        [CatchmentPart(practice=practice, part=part, is_invented=is_invented) for part in parts],
        update_conflicts=True,
        unique_fields=["practice", "part"],
        update_fields=["is_invented"],
    )
    RegisteredShare.objects.bulk_create(
        [
            RegisteredShare(
                practice=practice, authority_id=pk, share=share, is_invented=is_invented
            )
            for pk, share in shares.items()
        ],
        update_conflicts=True,
        unique_fields=["practice", "authority"],
        update_fields=["share", "is_invented"],
    )

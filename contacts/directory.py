"""The directory as it stands, kept in memory for as long as nothing in it has changed.

Every question reads one small row together with the postcode: the directory's revision, which a
trigger replaces whenever something changes that an answer is made from. What was read at that
revision is used again; at another one it is read anew. So an answer is never older than the
question, in any process, and nobody has to clear anything.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from contacts.access import services_of, single_points_of_access
from contacts.dated import bundled_practices, source_of_change
from contacts.entry import Entry, entry_of
from contacts.facts import Authority, PracticeList, Share, Tenure
from contacts.models import CatchmentPart, Practice, RegisteredShare, Responsibility
from contacts.states import How
from portal.accounts.models import Organisation
from portal.core.clock import today


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A practice with the parts of postcodes it covers and where its people live."""

    ods: str
    name: str
    nation: str
    area_gss: str
    catchment: frozenset[str]
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A district: its name and its authorities in time."""

    name: str
    tenures: tuple[Tenure, ...]


@dataclass(slots=True)
class Directory:
    """What has been read at one revision, on one day: who answers today is part of it.

    Reading the same twice at once does no harm.
    """

    revision: UUID | None
    day: date = field(default_factory=today)
    _areas: dict[str, AreaRow] = field(default_factory=dict)
    _services: dict[tuple[str | int, bool], tuple[Entry, ...]] = field(default_factory=dict)
    _authorities: dict[date, tuple[Authority, ...]] = field(default_factory=dict)
    _districts: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _list: PracticeList | None = None
    _practices: dict[str | int, PracticeRow | None] = field(default_factory=dict)

    def area(self, gss: str) -> AreaRow:
        """A district with its authorities; without any where nobody is recorded."""
        if gss not in self._areas:
            self._areas[gss] = _read_area(gss)
        return self._areas[gss]

    def single_points_of_access(self, gss: str, *, signed_in: bool) -> tuple[Entry, ...]:
        """Those that cover a district, by name, with only the contacts the reader may see."""
        key: tuple[str | int, bool] = gss, signed_in
        if key not in self._services:
            rows = single_points_of_access(gss, signed_in=signed_in)
            self._services[key] = tuple(entry_of(row, signed_in=signed_in) for row in rows)
        return self._services[key]

    def services_of(self, organisation_id: int, *, signed_in: bool) -> tuple[Entry, ...]:
        """All entries of one organisation, by name, with only the contacts the reader may see."""
        key: tuple[str | int, bool] = organisation_id, signed_in
        if key not in self._services:
            rows = services_of(organisation_id, signed_in=signed_in)
            self._services[key] = tuple(entry_of(row, signed_in=signed_in) for row in rows)
        return self._services[key]

    def authorities(self, on: date) -> tuple[Authority, ...]:
        """Whoever is responsible for adult social care somewhere on a day, by short name."""
        if on not in self._authorities:
            self._authorities = {on: _read_authorities(on)}
        return self._authorities[on]

    def areas_of(self, authority: Authority, on: date) -> tuple[str, ...]:
        """The districts that an authority answers for on a day, by code."""
        organisation = authority.organisation_id
        if organisation is None:
            return ()
        if on != self.day:
            return _read_districts(organisation, on)
        if organisation not in self._districts:
            self._districts[organisation] = _read_districts(organisation, on)
        return self._districts[organisation]

    def practice_list(self) -> PracticeList:
        """Which practices are loaded: for saying of one that is not whether it could be."""
        if self._list is None:
            self._list = _read_practice_list(self.day)
        return self._list

    def practice(self, key: str | int) -> PracticeRow | None:
        """A practice by its ODS code, or by its organisation's id; None when not known here."""
        found = self._practices.get(key)
        if found is None:
            found = _read_practice(key)
            # What is not known is not kept: anybody can ask for any code.
            if found is not None:
                self._practices[key] = found
        return found


_kept = Directory(None)


def directory_at(revision: UUID | None) -> Directory:
    """The directory at a revision; without one (nothing has ever changed) nothing is kept."""
    global _kept
    if revision is None or (_kept.revision, _kept.day) != (revision, today()):
        _kept = Directory(revision)
    return _kept


def _read_area(gss: str) -> AreaRow:
    rows = list(
        Responsibility.objects.filter(area_gss=gss)
        .select_related("authority__council")
        .order_by("from_date")
    )
    tenures = tuple(
        Tenure(
            authority=_authority(row.authority, row.authority_gss, row.area_name)
            if row.authority
            else None,
            how=How(row.how),
            from_date=row.from_date,
            until=row.until,
            source=source_of_change(gss, row.from_date),
        )
        for row in rows
    )
    return AreaRow(rows[0].area_name if rows else "", tenures)


def _read_authorities(on: date) -> tuple[Authority, ...]:
    rows = Responsibility.objects.on(on).filter(authority__isnull=False)
    # One row for each, whichever of its districts comes first.
    rows = rows.order_by("authority", "area_gss").distinct("authority")
    found = [
        _authority(row.authority, row.authority_gss, row.area_name)
        for row in rows.select_related("authority__council")
        if row.authority
    ]
    return tuple(sorted(found, key=lambda authority: authority.short_name))


def _read_districts(organisation_id: int, on: date) -> tuple[str, ...]:
    rows = Responsibility.objects.on(on).filter(authority=organisation_id)
    return tuple(rows.order_by("area_gss").values_list("area_gss", flat=True))


def _authority(organisation: Organisation, gss: str, otherwise: str) -> Authority:
    """An NHS board is no council: it goes by the name of its area."""
    council = getattr(organisation, "council", None)
    short_name = council.short_name if council else otherwise
    telephone = council.main_telephone if council else ""
    return Authority(organisation.name, gss or None, short_name, organisation.pk, telephone)


def _read_practice_list(on: date) -> PracticeList:
    rows = Practice.objects.values_list(
        "ods", "organisation__nation", "organisation__opened_on", "organisation__closed_on"
    )
    loaded = [row for row in rows if row[3] is None or row[3] > on]
    nations = Counter(nation for _, nation, *_ in loaded)
    opened = [row[2] for row in loaded if row[2]]
    known, codes = bundled_practices()
    bundled = known if loaded and codes.issuperset(row[0] for row in loaded) else None
    return PracticeList(dict(sorted(nations.items())), max(opened, default=None), bundled)


def _read_practice(key: str | int) -> PracticeRow | None:
    rows = Practice.objects.select_related("organisation")
    row = (rows.filter(pk=key) if isinstance(key, int) else rows.filter(ods=key)).first()
    if row is None:
        return None
    shares = (
        RegisteredShare.objects.filter(practice=row)
        .select_related("authority__council")
        .order_by("-share", "authority__name")
    )
    parts = CatchmentPart.objects.filter(practice=row).values_list("part", flat=True)
    return PracticeRow(
        ods=row.ods,
        name=row.organisation.name,
        nation=row.organisation.nation,
        area_gss=row.area_gss,
        catchment=frozenset(parts),
        shares=tuple(
            Share(
                _authority(one.authority, one.authority.council.gss, one.authority.name),
                float(one.share),
            )
            for one in shares
        ),
    )

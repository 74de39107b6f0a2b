"""From the lists of councils to "who answers for which district, from when until when". Pure.

The lists and their traps are described in docs/data.md. Responsibilities are by district: a
county that was split goes by its districts, never by the old county code.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from contacts.states import CouncilType, How

# The Care Act 2014, on which the English answers rest, came into force on this day. Nobody asks
# who answered for adult social care before it, and the lists do not say it reliably.
EARLIEST = date(2015, 4, 1)

OWN_TYPES = {
    CouncilType.UNITARY,
    CouncilType.METROPOLITAN,
    CouncilType.LONDON,
    CouncilType.WELSH,
    CouncilType.SCOTTISH,
}


class ContradictionError(ValueError):
    """The lists do not fit together; the sentence says where."""


@dataclass(frozen=True, slots=True)
class CouncilRow:
    """A council as the list has it. `key` is the list's own code, `gss` the present one."""

    key: str
    name: str
    short_name: str
    type: CouncilType
    nation: str
    gss: str
    started: date | None
    ended: bool
    replaced_by: tuple[str, ...] = ()
    county_key: str = ""
    former_gss: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recoding:
    """A council kept its life and got another code on 1 April of a year."""

    old: str
    new: str
    on: date


@dataclass(frozen=True, slots=True)
class Planned:
    """A district goes from its county to a new council on a day that is decided."""

    district_gss: str
    from_county_gss: str
    council_name: str
    council_gss: str
    on: date


@dataclass(frozen=True, slots=True)
class Exceptional:
    """An area whose adult social care an NHS board runs for its council."""

    area_gss: str
    authority_key: str


@dataclass(frozen=True, slots=True)
class Lists:
    """All that is known about councils, read from files."""

    councils: Sequence[CouncilRow]
    county_of_district: Mapping[str, str]  # GSS to GSS
    recodings: Sequence[Recoding] = ()
    planned: Sequence[Planned] = ()
    exceptional: Sequence[Exceptional] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One responsibility; `authority` is a council's key, None in Northern Ireland."""

    area_gss: str
    area_name: str
    authority: str | None
    authority_gss: str
    how: How
    from_date: date
    until: date | None


@dataclass(frozen=True, slots=True)
class _Span:
    authority: str | None
    how: How
    from_date: date
    until: date | None


@dataclass(slots=True)
class _Book:
    """The lists with their indexes."""

    lists: Lists
    by_key: dict[str, CouncilRow] = field(default_factory=dict)
    by_gss: dict[str, CouncilRow] = field(default_factory=dict)
    recoded: dict[str, list[Recoding]] = field(default_factory=dict)
    forerunners: dict[str, list[CouncilRow]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for council in self.lists.councils:
            self.by_key[council.key] = council
            for gss in (council.gss, *council.former_gss):
                self.by_gss[gss] = council
        for council in self.lists.councils:
            for key in council.replaced_by:
                self.forerunners.setdefault(key, []).append(council)
        for recoding in sorted(self.lists.recodings, key=lambda recoding: recoding.on):
            self.recoded.setdefault(self.coded(recoding.new).key, []).append(recoding)

    def council(self, key: str) -> CouncilRow:
        """The council with this key."""
        if key not in self.by_key:
            raise ContradictionError(f"The list speaks of a council {key} but does not have it.")
        return self.by_key[key]

    def coded(self, gss: str) -> CouncilRow:
        """The council with this GSS code, or that once had it."""
        if gss not in self.by_gss:
            raise ContradictionError(f"No council in the list has the code {gss}.")
        return self.by_gss[gss]


def responsibilities(lists: Lists) -> list[Row]:
    """Every district's authorities in time, by area and day. Raises ContradictionError."""
    book = _Book(lists)
    planned = {change.district_gss: change for change in lists.planned}
    rows: list[Row] = []
    for council in lists.councils:
        if council.type == CouncilType.COUNTY or not council.gss:
            continue
        spans = _with_planned(book, council, _spans(book, council), planned)
        for area in (council.gss, *council.former_gss):
            rows += [row for span in spans for row in _coded(book, area, council, span)]
    return sorted(rows, key=lambda row: (row.area_gss, row.from_date))


def planned_key(name: str) -> str:
    """The key of a council that is planned and has no code: its name as a slug."""
    return "-".join(name.lower().split())


def _spans(book: _Book, council: CouncilRow) -> list[_Span]:
    if council.type == CouncilType.NORTHERN_IRISH:
        return [_Span(None, How.HEALTH_TRUST, EARLIEST, None)]
    exceptional = {one.area_gss: one.authority_key for one in book.lists.exceptional}
    if board := exceptional.get(council.gss):
        return [_Span(board, How.HEALTH_BOARD, EARLIEST, None)]
    if council.type in OWN_TYPES:
        return _own_spans(book, council)
    return _district_spans(book, council)


def _own_spans(book: _Book, council: CouncilRow) -> list[_Span]:
    how = How.PARTNERSHIP if council.type == CouncilType.SCOTTISH else How.COUNCIL
    begun = max(council.started or EARLIEST, EARLIEST)
    spans = [_Span(council.key, how, begun, None)]
    if council.ended:
        later = _successor(book, council)
        spans = [_Span(council.key, how, begun, later.started), _after(later)]
    elif begun > EARLIEST and (before := _authority_before(book, council)):
        spans.insert(0, _Span(before.key, How.COUNTY, EARLIEST, begun))
    return spans


def _district_spans(book: _Book, council: CouncilRow) -> list[_Span]:
    county = _county_of(book, council)
    if not county.ended:
        return [_Span(county.key, How.COUNTY, EARLIEST, None)]
    later = _successor(book, council)
    return [_Span(county.key, How.COUNTY, EARLIEST, later.started), _after(later)]


def _after(council: CouncilRow) -> _Span:
    if council.started is None:
        raise ContradictionError(f"{council.name} replaces others but has no start date.")
    return _Span(council.key, How.COUNCIL, council.started, None)


def _successor(book: _Book, council: CouncilRow) -> CouncilRow:
    """The one that lives on in a council's place: for a district of a split county its own."""
    for _ in range(10):
        if len(council.replaced_by) != 1:
            raise ContradictionError(f"{council.name} has ended, and no one successor is named.")
        council = book.council(council.replaced_by[0])
        if council.type in OWN_TYPES and not council.ended:
            return council
    raise ContradictionError(f"The successors of {council.name} lead in a circle.")


def _authority_before(book: _Book, council: CouncilRow) -> CouncilRow | None:
    """The one county that all of a new council's districts were in; None where they were mixed."""
    before = {
        _county_of(book, forerunner).key
        if forerunner.type == CouncilType.DISTRICT
        else forerunner.key
        for forerunner in book.forerunners.get(council.key, [])
    }
    return book.council(before.pop()) if len(before) == 1 else None


def _county_of(book: _Book, district: CouncilRow) -> CouncilRow:
    """A district's county: as ONS has it (for itself or what it became), else as the list has.

    The list has errors here: it puts Forest Heath, in Suffolk, under Surrey.
    """
    met, now = set(), district
    while now.key not in met:
        met.add(now.key)
        if county_gss := book.lists.county_of_district.get(now.gss):
            return book.coded(county_gss)
        if now.type != CouncilType.DISTRICT or len(now.replaced_by) != 1:
            break
        now = book.council(now.replaced_by[0])
    if county := book.by_key.get(district.county_key):
        return county
    raise ContradictionError(f"No county is given for {district.name}.")


def _with_planned(
    book: _Book, council: CouncilRow, spans: list[_Span], planned: Mapping[str, Planned]
) -> list[_Span]:
    change = planned.get(council.gss)
    if change is None:
        return spans
    *earlier, last = spans
    if last.from_date == change.on:
        return spans  # the list of councils knows it by now
    county = book.by_gss.get(change.from_county_gss)
    if county is None or last.authority != county.key or last.from_date >= change.on:
        raise ContradictionError(
            f"{council.name} is to leave {change.from_county_gss} on {change.on:%d %B %Y},"
            " but is not under it then."
        )
    leaves = _Span(last.authority, last.how, last.from_date, change.on)
    joins = _Span(planned_key(change.council_name), How.COUNCIL, change.on, None)
    return [*earlier, leaves, joins]


def _coded(book: _Book, area: str, council: CouncilRow, span: _Span) -> Iterator[Row]:
    """The span as rows, cut where the authority's own code changed within it."""
    begun = span.from_date
    recodings = book.recoded.get(span.authority or "", [])
    for recoding in recodings:
        if begun < recoding.on and (span.until is None or recoding.on < span.until):
            yield _row(area, council, span, recoding.old, begun, recoding.on)
            begun = recoding.on
    yield _row(area, council, span, _present_gss(book, span.authority), begun, span.until)


def _row(
    area: str, council: CouncilRow, span: _Span, gss: str, begun: date, until: date | None
) -> Row:
    return Row(area, council.short_name, span.authority, gss, span.how, begun, until)


def _present_gss(book: _Book, authority: str | None) -> str:
    if authority is None:
        return ""
    if authority in book.by_key:
        return book.by_key[authority].gss
    for change in book.lists.planned:
        if planned_key(change.council_name) == authority:
            return change.council_gss
    # An NHS board: its key is its code.
    return authority

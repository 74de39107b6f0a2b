"""A practice's single points of access: those of each council whose people it looks after, and
those that trusts and others run there, alone or with the council."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contacts import queries
from contacts.directory import Directory
from contacts.entry import Entry
from contacts.facts import Authority, tenure_on
from contacts.states import Basis, Kind
from portal.core.clock import london


@dataclass(frozen=True, slots=True)
class CouncilDoors:
    """What is entered for one council's area. `share` (0 to 1) is that of the practice's people who
    live there, None where nobody has said; `is_own` is the area it stands in.

    The first three are the council's own, or else those it shares; `others` are the single points
    of access there of anybody but a council.
    """

    authority: Authority
    share: float | None
    is_own: bool
    front_door: Entry | None
    safeguarding: Entry | None
    out_of_hours: Entry | None
    others: Sequence[Entry] = ()


@dataclass(frozen=True, slots=True)
class PracticeDoors:
    """A practice with its councils: its own first, then by share."""

    ods: str
    name: str
    councils: Sequence[CouncilDoors]


def practice_doors(ods: str, at: datetime) -> PracticeDoors | None:
    """What stands on a practice's card; None where the practice is not known here.

    Public contacts only, whoever asks: a card hangs on a wall.
    """
    directory = queries.directory_now()
    practice = directory.practice(ods)
    if practice is None:
        return None
    on = london(at).date()
    tenure = tenure_on(directory.area(practice.area_gss).tenures, on) if practice.area_gss else None
    own = tenure.authority if tenure else None
    shares = {share.authority.organisation_id: share for share in practice.shares}
    councils = [own] if own else []
    # A council that has ended is no longer anybody's, even while its share still stands.
    today = {one.organisation_id for one in directory.authorities(on)}
    councils += [
        share.authority
        for share in practice.shares
        if share.authority.organisation_id in today
        and not (own and share.authority.organisation_id == own.organisation_id)
    ]
    return PracticeDoors(
        ods=practice.ods,
        name=practice.name,
        councils=[
            _doors(
                directory,
                council,
                _shared(directory, practice.area_gss, council, on, is_own=council is own),
                share=shares[council.organisation_id].share
                if council.organisation_id in shares
                else None,
                is_own=council is own,
            )
            for council in councils
        ],
    )


def _doors(
    directory: Directory,
    council: Authority,
    shared: Sequence[Entry],
    *,
    share: float | None,
    is_own: bool,
) -> CouncilDoors:
    entries = (
        directory.services_of(council.organisation_id, signed_in=False)
        if council.organisation_id
        else ()
    )
    # A door that goes by registration is nobody's first for social care, as in the answer.
    doors = [*entries, *(one for one in shared if one.basis != Basis.REGISTERED)]
    front = _first(doors, Kind.FRONT_DOOR)
    safeguarding = _first(doors, Kind.SAFEGUARDING)
    named = [one.out_of_hours for one in (front, safeguarding) if one and one.out_of_hours]
    out_of_hours = named[0] if named else _first(doors, Kind.EMERGENCY_DUTY)
    shown = {one.reference for one in (front, safeguarding, out_of_hours) if one}
    return CouncilDoors(
        authority=council,
        share=share,
        is_own=is_own,
        front_door=front,
        safeguarding=safeguarding,
        out_of_hours=out_of_hours,
        others=tuple(one for one in shared if one.reference not in shown),
    )


def _shared(
    directory: Directory, practice_area: str, council: Authority, on: date, *, is_own: bool
) -> list[Entry]:
    """The single points of access of trusts and others for the practice's people in an area.

    In the practice's own district all that cover it. In another council's only those that cover
    the whole of it, for nobody knows in which district the people live; and none that go by
    registration, because these people are registered here.
    """
    if is_own:
        areas: Sequence[str] = (practice_area,)
    else:
        areas = directory.areas_of(council, on)
    everywhere = [directory.single_points_of_access(one, signed_in=False) for one in areas]
    if not everywhere:
        return []
    covering = [{entry.reference for entry in one} for one in everywhere]
    return [
        entry
        for entry in everywhere[0]
        # As in the answer: a neighbour's entry, or that of a council that has handed over.
        if not entry.is_councils
        and (is_own or entry.basis != Basis.REGISTERED)
        and all(entry.reference in one for one in covering)
    ]


def _first(entries: Sequence[Entry], kind: Kind) -> Entry | None:
    """The first of a kind; one that is a single point of access stands before one that is not.

    Of two that are, the council's own: it comes first in what is given.
    """
    of_kind = [entry for entry in entries if entry.kind == kind]
    return min(of_kind, key=lambda entry: not entry.is_single_point_of_access, default=None)

"""A practice's single points of access: one for each council whose people it looks after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contacts import queries
from contacts.directory import Directory
from contacts.entry import Entry
from contacts.facts import Authority, tenure_on
from contacts.states import Kind
from portal.core.clock import london


@dataclass(frozen=True, slots=True)
class CouncilDoors:
    """What one council has entered for everybody. `share` (0 to 1) is that of the practice's
    people who live there, None where nobody has said; `is_own` is the area it stands in."""

    authority: Authority
    share: float | None
    is_own: bool
    front_door: Entry | None
    safeguarding: Entry | None
    out_of_hours: Entry | None


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
                share=shares[council.organisation_id].share
                if council.organisation_id in shares
                else None,
                is_own=council is own,
            )
            for council in councils
        ],
    )


def _doors(
    directory: Directory, council: Authority, *, share: float | None, is_own: bool
) -> CouncilDoors:
    entries = (
        directory.services_of(council.organisation_id, signed_in=False)
        if council.organisation_id
        else ()
    )
    front = _first(entries, Kind.FRONT_DOOR)
    safeguarding = _first(entries, Kind.SAFEGUARDING)
    named = [one.out_of_hours for one in (front, safeguarding) if one and one.out_of_hours]
    return CouncilDoors(
        authority=council,
        share=share,
        is_own=is_own,
        front_door=front,
        safeguarding=safeguarding,
        out_of_hours=named[0] if named else _first(entries, Kind.EMERGENCY_DUTY),
    )


def _first(entries: Sequence[Entry], kind: Kind) -> Entry | None:
    """The first of a kind; one that is a single point of access stands before one that is not."""
    of_kind = [entry for entry in entries if entry.kind == kind]
    return min(of_kind, key=lambda entry: not entry.is_single_point_of_access, default=None)

"""Which services go with an answer, and which of them leads."""

from contacts.codes import NATIONS
from contacts.directory import Directory
from contacts.entry import Entry
from contacts.facts import Answer, Authority, Place, PracticeFacts, Question
from contacts.states import About, Basis, Kind

# The doors that an answer can begin with, the best first; which of them, its basis decides.
_DOORS = {
    About.CARE: (Kind.FRONT_DOOR,),
    About.SAFEGUARDING: (Kind.SAFEGUARDING, Kind.FRONT_DOOR),
    About.CARER: (Kind.CARERS, Kind.FRONT_DOOR),
    About.AFTERCARE: (Kind.FRONT_DOOR,),
}


def fitting(
    directory: Directory,
    question: Question,
    answer: Answer,
    place: Place,
    practice: PracticeFacts | None,
    *,
    signed_in: bool,
) -> list[Entry]:
    """The services on the wanted bases, each of the area or council that its basis goes by."""
    if not answer.wanted:
        return []
    known = bool(place.area_gss) and place.nation in NATIONS
    here = directory.single_points_of_access(place.area_gss, signed_in=signed_in) if known else ()
    there = here
    if known and practice and practice.area_gss:
        there = directory.single_points_of_access(practice.area_gss, signed_in=signed_in)
    local = answer.local.organisation_id if answer.local else None
    wanted = [
        entry
        for entry in here
        if entry.basis in answer.wanted
        and entry.basis != Basis.REGISTERED
        # A council that has handed over keeps its entries until somebody closes them.
        and (not entry.is_councils or entry.organisation_id == local)
    ]
    placed_by = question.placed_by
    if placed_by and placed_by.organisation_id and answer.authority == placed_by:
        # What goes by the home comes from the council that placed the person in it.
        wanted = [one for one in wanted if not one.is_councils or one.basis == Basis.IS_NOW]
        own = directory.services_of(placed_by.organisation_id, signed_in=signed_in)
        resident = (Basis.LIVES, Basis.CARED_FOR)
        wanted += [one for one in own if one.basis in answer.wanted and one.basis in resident]
    if Basis.REGISTERED in answer.wanted:
        wanted += [entry for entry in there if entry.basis == Basis.REGISTERED]
    return sorted(wanted, key=lambda entry: answer.wanted.index(entry.basis))


def leading_of(entries: list[Entry], question: Question, answer: Answer) -> Entry | None:
    """The best door for the question: the authority's own before one that it shares.

    Out of hospital the way leads through the care transfer hub, where there is one.
    """
    kinds = _DOORS[question.about]
    if question.in_hospital and question.about == About.CARE:
        kinds = (Kind.TRANSFER_HUB, *kinds)
    own = answer.authority.organisation_id if answer.authority else None
    doors = [one for one in entries if one.kind in kinds and one.basis != Basis.REGISTERED]
    return min(
        doors, key=lambda one: (kinds.index(one.kind), one.organisation_id != own), default=None
    )


def front_door_of(
    directory: Directory, council: Authority | None, *, signed_in: bool
) -> Entry | None:
    """A council's front door; None without a council or where none is entered."""
    if council is None or council.organisation_id is None:
        return None
    theirs = directory.services_of(council.organisation_id, signed_in=signed_in)
    return next((entry for entry in theirs if entry.kind == Kind.FRONT_DOOR), None)

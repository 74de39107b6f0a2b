"""Ask who to contact: reads the facts, lets who.py decide, picks the services that go with it."""

import re
from dataclasses import dataclass
from datetime import datetime

from contacts import queries, who_words
from contacts.codes import NATIONS
from contacts.entry import Entry
from contacts.postcodes import parse_postcode
from contacts.states import Basis, Kind
from contacts.who import Answer, Place, PracticeFacts, Question, who
from portal.accounts.access import Reader
from portal.accounts.models import Organisation
from portal.core.clock import london
from portal.core.refused import InvalidInput, Refused

_ODS = re.compile(r"[A-Z0-9]{3,8}")


class UnknownPostcode(Refused):
    """Well formed, but not in the postcodes that are loaded here."""

    status = 404
    code = "unknown-postcode"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asking: `own_practice_id` is the organisation of a signed-in reader's practice."""

    signed_in: bool = False
    own_practice_id: int | None = None


@dataclass(frozen=True, slots=True)
class ContactAnswer:
    """The answer with its services; `leading` is the one to contact first, if it is entered."""

    place: Place
    answer: Answer
    practice: PracticeFacts | None
    leading: Entry | None
    others: tuple[Entry, ...]
    sentences: tuple[str, ...]


def asked_by(reader: Reader) -> Asked:
    """A signed-in reader; their practice is the one they hold a role in, the oldest first."""
    practices = (
        one.organisation_id
        for one in reader.memberships
        if one.organisation.kind == Organisation.Kind.PRACTICE
    )
    return Asked(signed_in=True, own_practice_id=next(practices, None))


def contact_answer(
    *,
    postcode: str,
    asked: Asked,
    at: datetime,
    practice_ods: str = "",
    question: Question | None = None,
) -> ContactAnswer:
    """Who to contact for a postcode as typed, at this moment.

    A practice that is named comes before the reader's own. Raises InvalidInput for a malformed
    postcode or code, UnknownPostcode for one that is not loaded. Keeps and logs nothing.
    """
    key = parse_postcode(postcode).key
    ods = _ods(practice_ods)
    place = queries.find_place(key)
    if place is None:
        raise UnknownPostcode(_unknown(key), field="postcode")
    practice = None
    if ods or asked.own_practice_id:
        own = None if ods else asked.own_practice_id
        practice = queries.find_practice(ods=ods or None, organisation_id=own, home=key)
    today = london(at).date()
    answer = who(question or Question(), place, practice, today)
    areas = [area for area in (place.area_gss, practice.area_gss if practice else "") if area]
    found = queries.single_points_of_access(areas=areas, on=today, signed_in=asked.signed_in)
    entries = _fitting(found, answer, place, practice)
    leading = _leading(entries, answer)
    return ContactAnswer(
        place=place,
        answer=answer,
        practice=practice,
        leading=leading,
        others=tuple(entry for entry in entries if entry is not leading),
        sentences=_sentences(answer, leading, ods if practice is None else ""),
    )


def _ods(text: str) -> str:
    code = text.strip().upper()
    if code and not _ODS.fullmatch(code):
        raise InvalidInput(
            "A practice's code has letters and numbers only, like P91013.",
            code="malformed-practice",
            field="practice",
        )
    return code


def _unknown(key: str) -> str:
    postcode = f"{key[:-3]} {key[-3:]}"
    return (
        f"{postcode} is not among the postcodes that are known here. Check it;"
        " if it is right, the person's GP practice can say which council it is."
    )


def _fitting(
    found: list[queries.Found], answer: Answer, place: Place, practice: PracticeFacts | None
) -> list[Entry]:
    """The services on the wanted bases, each found for the area that its basis goes by."""
    practice_area = (practice.area_gss if practice else "") or place.area_gss
    authority_id = answer.authority.organisation_id if answer.authority else None
    fitting = []
    for entry, areas, is_councils in found:
        if entry.basis not in answer.wanted:
            continue
        goes_by = practice_area if entry.basis == Basis.REGISTERED else place.area_gss
        # A council that has handed over keeps its entries until somebody closes them.
        handed_over = (
            is_councils
            and entry.basis != Basis.REGISTERED
            and entry.organisation_id != authority_id
        )
        if goes_by in areas and not handed_over:
            fitting.append(entry)
    return sorted(fitting, key=lambda entry: answer.wanted.index(entry.basis))


def _leading(entries: list[Entry], answer: Answer) -> Entry | None:
    """The front door on the basis of the answer: the authority's own before one that it shares."""
    doors = [
        entry
        for entry in entries
        if entry.basis == answer.basis and entry.kind in (Kind.FRONT_DOOR, Kind.SAFEGUARDING)
    ]
    authority_id = answer.authority.organisation_id if answer.authority else None
    return min(doors, key=lambda door: door.organisation_id != authority_id, default=None)


def _sentences(answer: Answer, leading: Entry | None, unknown_practice: str) -> tuple[str, ...]:
    sentences = [*answer.explanation, *answer.practice_explanation]
    if unknown_practice:
        sentences.append(who_words.practice_not_known(unknown_practice))
    if leading is None and answer.authority and answer.nation in NATIONS:
        sentences.append(who_words.nobody_entered(answer.authority.name))
    return tuple(sentences)

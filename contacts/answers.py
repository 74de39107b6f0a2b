"""Ask who to contact: reads the facts, lets who.py decide, picks the services that go with it."""

import re
from dataclasses import dataclass
from datetime import datetime

from contacts import queries, who_words
from contacts.codes import NATIONS
from contacts.directory import Directory
from contacts.entry import Entry
from contacts.postcodes import parse_postcode
from contacts.states import Basis, Kind
from contacts.who import Answer, Place, PracticeFacts, Question, who
from portal.accounts.access import Reader
from portal.accounts.models import Organisation
from portal.core.clock import london
from portal.core.refused import InvalidInput, Refused

_ODS = re.compile(r"[A-Z0-9]{3,8}")
# What an answer can begin with; which of them is decided by the basis.
_DOORS = (Kind.FRONT_DOOR, Kind.SAFEGUARDING, Kind.CARERS)


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
    found = queries.look_up(key)
    if found is None:
        raise UnknownPostcode(_unknown(key), field="postcode")
    place, directory = found
    practice = queries.practice_facts(
        directory, ods=ods, organisation_id=asked.own_practice_id, home=key
    )
    answer = who(question or Question(), place, practice, london(at).date())
    entries = _fitting(directory, answer, place, practice, signed_in=asked.signed_in)
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
    directory: Directory,
    answer: Answer,
    place: Place,
    practice: PracticeFacts | None,
    *,
    signed_in: bool,
) -> list[Entry]:
    """The services on the wanted bases, each of the district that its basis goes by."""
    if not place.area_gss or place.nation not in NATIONS:
        return []
    here = directory.single_points_of_access(place.area_gss, signed_in=signed_in)
    there = here
    if practice and practice.area_gss:
        there = directory.single_points_of_access(practice.area_gss, signed_in=signed_in)
    authority_id = answer.authority.organisation_id if answer.authority else None
    fitting = [
        entry
        for entry in here
        if entry.basis != Basis.REGISTERED
        # A council that has handed over keeps its entries until somebody closes them.
        and (not entry.is_councils or entry.organisation_id == authority_id)
    ]
    fitting += [entry for entry in there if entry.basis == Basis.REGISTERED]
    wanted = [entry for entry in fitting if entry.basis in answer.wanted]
    return sorted(wanted, key=lambda entry: answer.wanted.index(entry.basis))


def _leading(entries: list[Entry], answer: Answer) -> Entry | None:
    """The front door on the basis of the answer: the authority's own before one that it shares."""
    doors = [entry for entry in entries if entry.basis == answer.basis and entry.kind in _DOORS]
    authority_id = answer.authority.organisation_id if answer.authority else None
    return min(doors, key=lambda door: door.organisation_id != authority_id, default=None)


def _sentences(answer: Answer, leading: Entry | None, unknown_practice: str) -> tuple[str, ...]:
    sentences = [*answer.explanation, *answer.practice_explanation]
    if unknown_practice:
        sentences.append(who_words.practice_not_known(unknown_practice))
    if leading is None and answer.authority and answer.nation in NATIONS:
        sentences.append(who_words.nobody_entered(answer.authority.name))
    return tuple(sentences)

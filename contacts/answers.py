"""Ask who to contact: reads the facts, lets who.py decide, picks the services that go with it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from contacts import area_words, list_words, queries, who_words
from contacts.codes import NATIONS, ODS
from contacts.dated import CARE_BOARDS, dated_fact
from contacts.directory import Directory
from contacts.entry import Entry
from contacts.facts import Answer, Authority, Place, PracticeFacts, Question
from contacts.postal_areas import letters_of, postal_area
from contacts.postcodes import display, parse_postcode
from contacts.states import About, Basis, Kind
from contacts.who import who
from portal.accounts.access import Reader
from portal.accounts.models import Organisation
from portal.core.clock import london
from portal.core.refused import InvalidInput, Refused

# The doors that an answer can begin with, the best first; which of them, its basis decides.
_DOORS = {
    About.CARE: (Kind.FRONT_DOOR,),
    About.SAFEGUARDING: (Kind.SAFEGUARDING, Kind.FRONT_DOOR),
    About.CARER: (Kind.CARERS, Kind.FRONT_DOOR),
    About.AFTERCARE: (Kind.FRONT_DOOR,),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asking: `own_practice_id` is the organisation of a signed-in reader's practice."""

    signed_in: bool = False
    own_practice_id: int | None = None


@dataclass(frozen=True, slots=True)
class ContactAnswer:
    """The answer with its services.

    `leading` is the one to contact first, if it is entered; `also_tell` that of a council that
    must hear of it too. `councils` are those to choose from where one placed the person and
    nobody has said which.
    """

    place: Place
    question: Question
    answer: Answer
    practice: PracticeFacts | None
    leading: Entry | None
    others: tuple[Entry, ...]
    sentences: tuple[str, ...]
    also_tell: Entry | None = None
    councils: tuple[Authority, ...] = ()


class UnknownPostcode(Refused):
    """Well formed, but not among the postcodes that are loaded here.

    `by_area` is what its first letters answer; None where no postcode begins so.
    `no_fixed_home`: in a record it stands for that the person has none.
    """

    status = 404
    code = "unknown-postcode"

    def __init__(self, key: str, by_area: ContactAnswer | None) -> None:
        sentence = (
            " ".join(by_area.sentences)
            if by_area
            else area_words.area_not_known(display(key), letters_of(key))
        )
        super().__init__(sentence, field="postcode")
        self.by_area = by_area
        self.no_fixed_home = area_words.means_no_fixed_home(key)


def asked_by(reader: Reader) -> Asked:
    """A signed-in reader with their practice."""
    practice = own_practice(reader)
    return Asked(signed_in=True, own_practice_id=practice.pk if practice else None)


def own_practice(reader: Reader) -> Organisation | None:
    """The practice that the reader holds a role in, the oldest first; no query."""
    practices = (
        one.organisation
        for one in reader.memberships
        if one.organisation.kind == Organisation.Kind.PRACTICE
    )
    return next(practices, None)


def contact_answer(
    *,
    postcode: str,
    asked: Asked,
    at: datetime,
    practice_ods: str = "",
    question: Question | None = None,
    placing_council: str = "",
) -> ContactAnswer:
    """Who to contact for a postcode as typed, at this moment.

    A practice that is named comes before the reader's own. `placing_council` is the code or name
    of the council that placed the person. Raises InvalidInput for a malformed postcode or code,
    an unknown council, or circumstances that cannot be together; UnknownPostcode, with what its
    letters say, for one that is not loaded. Keeps and logs nothing.
    """
    key = parse_postcode(postcode).key
    ods = _ods(practice_ods)
    question = question or Question()
    _check(question, placing_council)
    on = london(at).date()
    found = queries.look_up(key)
    if found is None:
        raise UnknownPostcode(key, _by_area(key, question, on))
    place, directory = found
    question = _placed(question, placing_council, directory, on)
    practice = queries.practice_facts(
        directory, ods=ods, organisation_id=asked.own_practice_id, home=key
    )
    answer = who(question, place, practice, on)
    entries = _fitting(directory, question, answer, place, practice, signed_in=asked.signed_in)
    leading = _leading(entries, question, answer)
    instead = None
    if leading is None and question.about == About.SAFEGUARDING:
        # Where no safeguarding entry is there, the same council's front door takes it.
        instead = _front_door_of(directory, answer.authority, signed_in=asked.signed_in)
    return ContactAnswer(
        place=place,
        question=question,
        answer=answer,
        practice=practice,
        leading=leading or instead,
        others=tuple(entry for entry in entries if entry is not leading),
        sentences=_sentences(
            answer,
            leading,
            instead,
            practice_not_known(ods, directory) if ods and practice is None else "",
        ),
        also_tell=_front_door_of(directory, answer.tell_too, signed_in=asked.signed_in),
        councils=directory.authorities(on) if answer.asks_who_placed else (),
    )


def _check(question: Question, placing_council: str) -> None:
    placed = question.placed or placing_council.strip()
    both = [placed, question.arranged_own_home, question.no_settled_home]
    if sum(map(bool, both)) > 1:
        raise InvalidInput(
            "Choose one: a council placed the person there, they arranged the home themselves, or"
            " they have no settled home.",
            code="contradicting-circumstances",
            field="placed",
        )


def _placed(question: Question, council: str, directory: Directory, on: date) -> Question:
    """The question with the council that placed the person, where one is named."""
    wanted = " ".join(council.split()).casefold()
    if not wanted:
        return question
    for one in directory.authorities(on):
        if wanted in ((one.gss or "").casefold(), one.name.casefold(), one.short_name.casefold()):
            return replace(question, placed=True, placed_by=one)
    raise InvalidInput(
        f"“{council.strip()[:60]}” is no council that is responsible for adult social care."
        " Give its name or its GSS code, like E08000009.",
        code="unknown-council",
        field="placing_council",
    )


def _by_area(key: str, question: Question, on: date) -> ContactAnswer | None:
    area = postal_area(key)
    if area is None:
        return None
    nation = area.nations[0] if len(area.nations) == 1 else ""
    place = Place(display(key), nation, "", postal_area=area)
    answer = who(question, place, None, on)
    return ContactAnswer(place, question, answer, None, None, (), answer.explanation)


def _ods(text: str) -> str:
    code = text.strip().upper()
    if code and not ODS.fullmatch(code):
        raise InvalidInput(
            "A practice's code has letters and numbers only, like P91013.",
            code="malformed-practice",
            field="practice",
        )
    return code


def _fitting(
    directory: Directory,
    question: Question,
    answer: Answer,
    place: Place,
    practice: PracticeFacts | None,
    *,
    signed_in: bool,
) -> list[Entry]:
    """The services on the wanted bases, each of the area or council that its basis goes by."""
    if not place.area_gss or place.nation not in NATIONS or not answer.wanted:
        return []
    here = directory.single_points_of_access(place.area_gss, signed_in=signed_in)
    there = here
    if practice and practice.area_gss:
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


def _leading(entries: list[Entry], question: Question, answer: Answer) -> Entry | None:
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


def _front_door_of(
    directory: Directory, council: Authority | None, *, signed_in: bool
) -> Entry | None:
    if council is None or council.organisation_id is None:
        return None
    theirs = directory.services_of(council.organisation_id, signed_in=signed_in)
    return next((entry for entry in theirs if entry.kind == Kind.FRONT_DOOR), None)


def practice_not_known(ods: str, directory: Directory) -> str:
    """For a practice's code that is not in the list: which list that is, and of when."""
    return list_words.practice_not_known(ods, directory.practice_list(), dated_fact(CARE_BOARDS))


def _sentences(
    answer: Answer, leading: Entry | None, instead: Entry | None, unknown_practice: str
) -> tuple[str, ...]:
    sentences = [*answer.explanation, *answer.practice_explanation]
    if unknown_practice:
        sentences.append(unknown_practice)
    if instead and answer.authority:
        sentences.append(who_words.front_door_instead(answer.authority.name))
    elif leading is None and answer.authority and answer.wanted:
        sentences.append(
            who_words.nobody_entered(answer.authority.name, answer.authority.telephone)
        )
    return tuple(sentences)

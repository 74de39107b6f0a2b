"""Ask who to contact: reads the facts, lets who.py decide, picks the services that go with it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from contacts import area_words, list_words, queries, who_words
from contacts.codes import ODS
from contacts.dated import CARE_BOARDS, dated_fact
from contacts.directory import Directory
from contacts.doors import fitting, front_door_of, leading_of
from contacts.entry import Entry
from contacts.facts import Answer, Authority, Place, PracticeFacts, Question
from contacts.postal_areas import letters_of, postal_area
from contacts.postcodes import display, parse_postcode
from contacts.states import About
from contacts.who import who
from portal.accounts.access import Reader
from portal.accounts.models import Organisation
from portal.core.clock import london
from portal.core.refused import InvalidInput, Refused


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
    nobody has said which. `instead` says that a front door takes what no entry is there for.
    `further` are the questions whose own answer is another one.
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
    instead: bool = False
    further: tuple[About, ...] = ()


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


def works_in_hospital(reader: Reader) -> bool:
    """Whether the reader has roles in trusts alone, whose persons are in hospital; no query."""
    kinds = {one.organisation.kind for one in reader.memberships}
    return kinds == {Organisation.Kind.TRUST}


def contact_answer(
    *,
    postcode: str,
    asked: Asked,
    at: datetime,
    practice_ods: str = "",
    question: Question | None = None,
    placing_council: str = "",
    with_further: bool = False,
) -> ContactAnswer:
    """Who to contact for a postcode as typed, at this moment.

    A practice that is named comes before the reader's own. `placing_council` is the code or name
    of the council that placed the person. `with_further` finds the questions that would change
    the answer, by answering them as well. Raises InvalidInput for a malformed postcode or code,
    an unknown council, or circumstances that cannot be together; UnknownPostcode, with what its
    letters say, for one that is not loaded. Keeps and logs nothing.
    """
    key = parse_postcode(postcode).key
    ods = _ods(practice_ods)
    question = question or Question()
    _check(question, placing_council)
    on = london(at).date()
    place, directory = queries.look_up(key)
    if place is None:
        question = _placed(question, placing_council, directory, on)
        raise UnknownPostcode(key, _by_area(key, question, directory, asked, on))
    practice = queries.practice_facts(
        directory, ods=ods, organisation_id=asked.own_practice_id, home=key
    )
    not_known = practice_not_known(ods, directory) if ods and practice is None else ""
    ground = _Ground(directory, place, practice, on, asked.signed_in, not_known)
    question = _placed(question, placing_council, directory, on)
    return _answered(question, ground, with_further=with_further)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the same for every question is: where, of which practice, when, for whom."""

    directory: Directory
    place: Place
    practice: PracticeFacts | None
    on: date
    signed_in: bool
    not_known: str = ""


def _answered(question: Question, ground: _Ground, *, with_further: bool) -> ContactAnswer:
    directory, place, practice = ground.directory, ground.place, ground.practice
    answer = who(question, place, practice, ground.on)
    entries = fitting(directory, question, answer, place, practice, signed_in=ground.signed_in)
    leading = leading_of(entries, question, answer)
    instead = None
    if leading is None and question.about == About.SAFEGUARDING:
        # Where no safeguarding entry is there, the same council's front door takes it.
        instead = front_door_of(directory, answer.authority, signed_in=ground.signed_in)
    found = ContactAnswer(
        place=place,
        question=question,
        answer=answer,
        practice=practice,
        leading=leading or instead,
        others=tuple(entry for entry in entries if entry is not leading),
        sentences=_sentences(answer, leading, instead, ground.not_known),
        also_tell=front_door_of(directory, answer.tell_too, signed_in=ground.signed_in),
        councils=directory.authorities(ground.on) if answer.asks_who_placed else (),
        instead=instead is not None,
    )
    return replace(found, further=_further(found, ground)) if with_further else found


def _further(found: ContactAnswer, ground: _Ground) -> tuple[About, ...]:
    """The other questions that change something, each by its own answer."""
    now = _what_to_do(found)
    return tuple(
        about
        for about in found.answer.further
        if _what_to_do(_answered(replace(found.question, about=about), ground, with_further=False))
        != now
    )


def _what_to_do(found: ContactAnswer) -> tuple[object, ...]:
    """What an answer asks of its reader: whom to contact, from where it goes, whom else to tell.

    By area nobody can be named, and what holds there is all that there is to do.
    """
    answer, question, entry = found.answer, found.question, found.leading
    if found.place.postal_area:
        return answer.authority, answer.tell_too, answer.explanation
    safeguarding = question.about == About.SAFEGUARDING
    return (
        answer.authority,
        entry and entry.reference,
        # Say at once what it is about; the threshold of the Safeguarding Adults Board.
        found.instead,
        entry.threshold if safeguarding and entry else "",
        # Where the person is now need not be their home; in hospital it is not.
        safeguarding and (question.in_hospital or not question.no_settled_home),
        # A placing council is asked for care, and told of a concern.
        safeguarding and question.placed,
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


def _by_area(
    key: str, question: Question, directory: Directory, asked: Asked, on: date
) -> ContactAnswer | None:
    area = postal_area(key)
    if area is None:
        return None
    nation = area.nations[0] if len(area.nations) == 1 else ""
    place = Place(display(key), nation, "", postal_area=area)
    ground = _Ground(directory, place, None, on, asked.signed_in)
    return _answered(question, ground, with_further=True)


def _ods(text: str) -> str:
    code = text.strip().upper()
    if code and not ODS.fullmatch(code):
        raise InvalidInput(
            "A practice's code has letters and numbers only, like P91013.",
            code="malformed-practice",
            field="practice",
        )
    return code


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

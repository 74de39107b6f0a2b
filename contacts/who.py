"""Who to contact: one pure function from a question, a place, a practice and a day to an answer.

Nothing here asks a database or a clock. Sources are named where a sentence rests on them; the
dated facts (which council, from when until when) come in as data.
"""

from datetime import date
from typing import NamedTuple

from contacts import who_words as words
from contacts.bases import (
    BASIS,
    WANTED,
    after_english_law,
    asks_who_placed,
    circumstances,
    nobody,
    other_questions,
)
from contacts.codes import NATIONS
from contacts.facts import (
    Answer,
    Authority,
    Place,
    PostalArea,
    PracticeFacts,
    Question,
    Share,
    Tenure,
    tenure_on,
)
from contacts.states import About, Basis, How
from contacts.who_by_area import by_area

__all__ = [
    "Answer",
    "Authority",
    "Place",
    "PostalArea",
    "PracticeFacts",
    "Question",
    "Share",
    "Tenure",
    "who",
]

# Children's services are the same council's; in Highland and in Northern Ireland they are not.
_OWN_CHILDRENS_SERVICES = {How.COUNCIL, How.COUNTY, How.PARTNERSHIP}


class _Responsible(NamedTuple):
    basis: Basis
    authority: Authority | None
    how: How | None


def who(question: Question, place: Place, practice: PracticeFacts | None, on: date) -> Answer:
    """The authority for this question, why, and which services to show, on that day."""
    tenure = place.tenure_on(on)
    if place.postal_area:
        return by_area(question, place, place.postal_area)
    if tenure is None:
        return _without(question, place, on)
    if question.under_18:
        return _for_children(place, tenure)
    basis, authority, how = _responsible(question, tenure)
    paragraph, stressed = _practice(question, practice, place, tenure, on)
    health = [words.HEALTH_FOLLOWS_REGISTRATION] if stressed else []
    placed_by = question.placed_by
    safeguarding = question.about == About.SAFEGUARDING
    return Answer(
        nation=place.nation,
        basis=basis,
        authority=authority,
        how=how,
        explanation=(
            *_about_the_postcode(place),
            *_why(question, place, tenure),
            *(_changes(place, on) if authority == tenure.authority else ()),
            *health,
        ),
        wanted=WANTED[question.about],
        practice_explanation=paragraph,
        stressed=stressed,
        local=tenure.authority,
        tell_too=placed_by if safeguarding and placed_by != authority else None,
        further=other_questions(question) if tenure.authority else (),
        asks_who_placed=asks_who_placed(question),
    )


def _responsible(question: Question, here: Tenure) -> _Responsible:
    """Which authority, on which basis: the four questions and what moves their answers."""
    basis = BASIS[question.about]
    if question.about in (About.CARE, About.CARER):
        if question.placed_by:
            # Care Act 2014 s.39: what a council has arranged elsewhere stays its own.
            return _Responsible(basis, question.placed_by, How.COUNCIL)
        if question.about == About.CARE and (question.placed or question.no_settled_home):
            return _Responsible(Basis.IS_NOW, here.authority, here.how)
    return _Responsible(basis, here.authority, here.how)


def _why(question: Question, place: Place, here: Tenure) -> list[str]:
    name = here.authority.name if here.authority else ""
    short = here.authority.short_name if here.authority else ""
    where = words.responsible(here.how, place.postcode, place.area_name, short, name)
    moved = circumstances(
        question,
        england=place.nation == "England",
        local=name,
        postcode=place.postcode,
        area=place.area_name,
    )
    if place.nation != "England":
        in_highland = here.how == How.HEALTH_BOARD
        elsewhere = words.law_elsewhere(place.nation, question.about, in_highland=in_highland)
        return [*elsewhere, *moved, *where]
    before, _ = words.ENGLISH_LAW[question.about]
    if question.about == About.CARE and moved:
        # Whoever answers for the area does not answer for somebody placed in it.
        return [*moved, *([] if question.placed_by else where), words.ACTS_FIRST]
    return [before, *moved, *where, *after_english_law(question)]


def _about_the_postcode(place: Place) -> list[str]:
    if place.terminated_on is None:
        return []
    return [words.terminated(place.postcode, place.terminated_on)]


def _changes(place: Place, on: date) -> list[str]:
    """What will change, as far as it is decided; of a county what is planned for most of them."""
    decided = [
        words.will_change(tenure.from_date, tenure.authority.name, tenure.source)
        for tenure in place.tenures
        if tenure.from_date > on and tenure.authority
    ]
    here, planned = place.tenure_on(on), place.planned
    if decided or not (planned and here and here.how == How.COUNTY and on < planned.on):
        return decided
    return [words.sourced(planned.sentence, planned.source)]


def _for_children(place: Place, here: Tenure) -> Answer:
    """Under 18 it is children's services, which go by where the child is (Children Act 1989
    ss.17 and 47): another door, and none of the services here."""
    own = here.authority if here.how in _OWN_CHILDRENS_SERVICES else None
    return Answer(
        nation=place.nation,
        basis=Basis.IS_NOW,
        authority=own,
        how=here.how,
        local=here.authority,
        explanation=(
            *_about_the_postcode(place),
            *words.under_18(
                own.name if own else "",
                own.telephone if own else "",
                england=place.nation == "England",
            ),
        ),
        wanted=(),
    )


def _without(question: Question, place: Place, on: date) -> Answer:
    """Nobody answers for the place on that day, or nobody knows where it is."""
    if place.nation not in NATIONS:
        said = [*_about_the_postcode(place), *words.outside(place.postcode, place.nation)]
    elif place.area_gss:
        said = [*_about_the_postcode(place), words.not_recorded(place.postcode, on)]
        said += _changes(place, on)
    elif place.terminated_on:
        said = [words.terminated_without_place(place.postcode, place.terminated_on)]
    else:
        said = [words.no_place(place.postcode)]
    return nobody(question, place.nation, said)


def _practice(
    question: Question, practice: PracticeFacts | None, place: Place, here: Tenure, on: date
) -> tuple[tuple[str, ...], str]:
    """The sentences about home and registration, and the stressed one."""
    if practice is None or question.about != About.CARE:
        return (), ""
    tenure = tenure_on(practice.tenures, on)
    its, home = tenure.authority if tenure else None, here.authority
    your = "Your practice" if practice.is_readers_own else practice.name
    # Registering from outside a practice's area is England's rule, for homes in England.
    in_england = practice.nation == place.nation == "England"
    outside = in_england and practice.covers_home is False
    covers = [words.not_covered(your)] if outside else []
    if home is None:
        return tuple(covers), ""
    if its is None:
        return (words.practice_area_unknown(your), *covers), ""
    social = question.placed_by or home
    if social == its:
        return tuple(covers), ""
    stressed = words.social_care_from(social.short_name)
    differ = words.areas_differ(
        your, its.short_name, home.short_name, stressed, practice.is_readers_own
    )
    if question.placed_by:
        differ = words.placed_elsewhere(differ, stressed, same=its == home)
    return (*differ, *covers), stressed

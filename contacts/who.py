"""Who to contact: one pure function from a question, a place, a practice and a day to an answer.

Nothing here asks a database or a clock. Sources are named where a sentence rests on them; the
dated facts (which council, from when until when) come in as data.
"""

from datetime import date
from typing import NamedTuple

from contacts import area_words
from contacts import who_words as words
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

_BASIS = {
    About.CARE: Basis.LIVES,
    About.SAFEGUARDING: Basis.IS_NOW,
    About.CARER: Basis.CARED_FOR,
    About.AFTERCARE: Basis.LIVES,
}
_WANTED = {
    About.CARE: (Basis.LIVES, Basis.REGISTERED, Basis.IS_NOW, Basis.CARED_FOR),
    About.SAFEGUARDING: (Basis.IS_NOW,),
    About.CARER: (Basis.CARED_FOR, Basis.LIVES),
    About.AFTERCARE: (Basis.LIVES,),
}
# Aftercare is asked among the circumstances: it is rare.
_ASKED = (About.CARE, About.SAFEGUARDING, About.CARER)
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
        return _by_area(question, place, place.postal_area)
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
        wanted=_WANTED[question.about],
        practice_explanation=paragraph,
        stressed=stressed,
        local=tenure.authority,
        tell_too=placed_by if safeguarding and placed_by != authority else None,
        further=_further(question, tenure),
        asks_who_placed=question.placed and not placed_by and question.about != About.AFTERCARE,
    )


def _responsible(question: Question, here: Tenure) -> _Responsible:
    """Which authority, on which basis: the four questions and what moves their answers."""
    basis = _BASIS[question.about]
    if question.about in (About.CARE, About.CARER):
        if question.placed_by:
            # Care Act 2014 s.39: what a council has arranged elsewhere stays its own.
            return _Responsible(basis, question.placed_by, How.COUNCIL)
        if question.about == About.CARE and (question.placed or question.no_settled_home):
            return _Responsible(Basis.IS_NOW, here.authority, here.how)
    return _Responsible(basis, here.authority, here.how)


def _further(question: Question, here: Tenure) -> tuple[About, ...]:
    """The other questions: each has another basis or another door, wherever somebody answers."""
    if here.authority is None:
        return ()
    return tuple(about for about in _ASKED if about != question.about)


def _why(question: Question, place: Place, here: Tenure) -> list[str]:
    name = here.authority.name if here.authority else ""
    short = here.authority.short_name if here.authority else ""
    where = words.responsible(here.how, place.postcode, place.area_name, short, name)
    moved = _circumstances(question, place, here)
    if place.nation != "England":
        in_highland = here.how == How.HEALTH_BOARD
        elsewhere = words.law_elsewhere(place.nation, question.about, in_highland=in_highland)
        return [*elsewhere, *moved, *where]
    before, after = words.ENGLISH_LAW[question.about]
    if question.about == About.CARE and moved:
        # Whoever answers for the area does not answer for somebody placed in it.
        return [*moved, *([] if question.placed_by else where), words.ACTS_FIRST]
    if question.placed_by:
        after = tuple(sentence for sentence in after if sentence != words.TELL_THE_PLACING_COUNCIL)
    return [before, *moved, *where, *after]


def _circumstances(question: Question, place: Place, here: Tenure) -> list[str]:
    """A sentence or two for each circumstance that has been given."""
    england = place.nation == "England"
    local = here.authority.name if here.authority else ""
    if question.about == About.SAFEGUARDING:
        told = [words.tell_too(question.placed_by.name)] if question.placed_by else []
        return [*([words.SAFE_IN_HOSPITAL] if question.in_hospital else []), *told]
    if question.about == About.AFTERCARE or not (here.authority or question.placed_by):
        return []
    said = []
    if question.placed_by:
        said += words.placed_by(
            question.placed_by.name, place.postcode, place.area_name, england=england
        )
    elif question.placed:
        said += words.placed_by_somebody(local, england=england)
    elif question.no_settled_home:
        said += words.no_settled_home(england=england)
    elif question.arranged_own_home:
        said += [words.ARRANGED_OWN_HOME]
    if question.in_hospital:
        said += words.in_hospital(england=england)
    return said


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
    return _nobody(question, place.nation, said)


def _by_area(question: Question, place: Place, area: PostalArea) -> Answer:
    """The postcode is not loaded: what its first letters say, and that only they were asked."""
    sure = len(area.nations) == 1
    if sure and place.nation not in NATIONS:
        return _nobody(question, place.nation, words.outside(place.postcode, place.nation))
    said = [area_words.by_area(place.postcode, area)]
    if question.under_18:
        said += words.under_18("", england=False)
    elif area.nations == ("England",):
        said += [words.ENGLISH_LAW[question.about][0]]
    elif sure:
        in_highland = bool(area.councils)
        said += words.law_elsewhere(place.nation, question.about, in_highland=in_highland)
    if area.nations:
        said += [area_words.who_can_say(area, under_18=question.under_18)]
    trust = area.nations == ("Northern Ireland",)
    return _nobody(question, place.nation, said, How.HEALTH_TRUST if trust else None)


def _nobody(question: Question, nation: str, said: list[str], how: How | None = None) -> Answer:
    return Answer(
        nation=nation,
        basis=_BASIS[question.about],
        authority=None,
        how=how,
        explanation=tuple(said),
        wanted=_WANTED[question.about],
    )


def _practice(
    question: Question, practice: PracticeFacts | None, place: Place, here: Tenure, on: date
) -> tuple[tuple[str, ...], str]:
    """The sentences about home and registration, and the stressed one."""
    if practice is None or question.about != About.CARE:
        return (), ""
    tenure = tenure_on(practice.tenures, on)
    its, home = tenure.authority if tenure else None, here.authority
    your = "Your practice" if practice.is_readers_own else practice.name
    covers = [words.not_covered(your)] if practice.covers_home is False else []
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

"""Who to contact where the postcode is not loaded: what its first letters say. Pure."""

from contacts import area_words
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
from contacts.facts import Answer, Place, PostalArea, Question
from contacts.states import About, Basis, How

_ENGLAND = ("England",)
_NORTHERN_IRELAND = ("Northern Ireland",)


def by_area(question: Question, place: Place, area: PostalArea) -> Answer:
    """What holds in the area, and that only the letters were asked.

    Nobody is named but a council that has placed the person: that is known without the place.
    """
    if len(area.nations) == 1 and place.nation not in NATIONS:
        return nobody(question, place.nation, words.outside(place.postcode, place.nation))
    said = [area_words.by_area(place.postcode, area)]
    how = How.HEALTH_TRUST if area.nations == _NORTHERN_IRELAND else None
    if question.under_18:
        said += words.under_18("", england=False)
        if area.nations:
            said += [area_words.who_can_say(area, under_18=True)]
        return nobody(question, place.nation, said, how)
    said += _law(question, place, area)
    resident = question.about in (About.CARE, About.CARER)
    placed_by = question.placed_by
    stays = placed_by if resident else None
    if area.nations and not stays:
        said += [area_words.who_can_say(area)]
    present = question.about == About.CARE and (question.placed or question.no_settled_home)
    return Answer(
        nation=place.nation,
        basis=Basis.IS_NOW if present and not stays else BASIS[question.about],
        authority=stays,
        how=How.COUNCIL if stays else how,
        explanation=tuple(said),
        wanted=WANTED[question.about],
        tell_too=placed_by if question.about == About.SAFEGUARDING else None,
        further=other_questions(question) if area.has_councils else (),
        asks_who_placed=area.has_councils and asks_who_placed(question),
    )


def _law(question: Question, place: Place, area: PostalArea) -> list[str]:
    england = area.nations == _ENGLAND
    moved = circumstances(question, england=england, local="the council there")
    if not area.has_councils:
        # Where Trusts answer, or nobody does, a circumstance moves nothing between councils.
        moved = moved if question.placed_by else []
    if england:
        before, _ = words.ENGLISH_LAW[question.about]
        if question.about == About.CARE:
            return [*moved, words.ACTS_FIRST] if moved else [before]
        return [before, *moved, *after_english_law(question)]
    if len(area.nations) == 1:
        in_highland = bool(area.councils)
        law = words.law_elsewhere(place.nation, question.about, in_highland=in_highland)
        return [*law, *moved]
    return [*area_words.in_either(question.about, area), *moved]

"""What each question goes by, and what a circumstance says beside it: shared by the answer for a
place and the one by area. Pure."""

from contacts import who_words as words
from contacts.facts import Answer, Question
from contacts.states import About, Basis, How

BASIS = {
    About.CARE: Basis.LIVES,
    About.SAFEGUARDING: Basis.IS_NOW,
    About.CARER: Basis.CARED_FOR,
    About.AFTERCARE: Basis.LIVES,
}
WANTED = {
    About.CARE: (Basis.LIVES, Basis.REGISTERED, Basis.IS_NOW, Basis.CARED_FOR),
    About.SAFEGUARDING: (Basis.IS_NOW,),
    About.CARER: (Basis.CARED_FOR, Basis.LIVES),
    About.AFTERCARE: (Basis.LIVES,),
}
# Aftercare is asked among the circumstances: it is rare.
_ASKED = (About.CARE, About.SAFEGUARDING, About.CARER)


def other_questions(question: Question) -> tuple[About, ...]:
    """Those that could change the answer: each has another basis or another door."""
    return tuple(about for about in _ASKED if about != question.about)


def asks_who_placed(question: Question) -> bool:
    """Whether the name of the council that placed the person would change the answer."""
    return question.placed and not question.placed_by and question.about != About.AFTERCARE


def circumstances(
    question: Question, *, england: bool, local: str, postcode: str = "", area: str = ""
) -> list[str]:
    """A sentence or two for each circumstance that has been given.

    `local` is who acts first there. Without a `postcode` nothing is said of where it lies.
    """
    if question.about == About.SAFEGUARDING:
        told = [words.tell_too(question.placed_by.name)] if question.placed_by else []
        return [*([words.SAFE_IN_HOSPITAL] if question.in_hospital else []), *told]
    if question.about == About.AFTERCARE or not (local or question.placed_by):
        return []
    said = []
    if question.placed_by:
        said += words.placed_by(question.placed_by.name, postcode, area, england=england)
    elif question.placed:
        said += words.placed_by_somebody(local, england=england)
    elif question.no_settled_home:
        said += words.no_settled_home(england=england)
    elif question.arranged_own_home:
        said += [words.ARRANGED_OWN_HOME]
    if question.in_hospital:
        said += words.in_hospital(england=england)
    return said


def after_english_law(question: Question) -> list[str]:
    """What is to be done beside ringing, in England."""
    _, after = words.ENGLISH_LAW[question.about]
    told = question.placed_by is not None
    return [one for one in after if not (told and one == words.TELL_THE_PLACING_COUNCIL)]


def nobody(question: Question, nation: str, said: list[str], how: How | None = None) -> Answer:
    """The answer where no authority can be named."""
    return Answer(
        nation=nation,
        basis=BASIS[question.about],
        authority=None,
        how=how,
        explanation=tuple(said),
        wanted=WANTED[question.about],
    )

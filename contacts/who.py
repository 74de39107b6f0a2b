"""Who to contact: one pure function from a question, a place, a practice and a day to an answer.

Nothing here asks a database or a clock. Sources are named where a sentence rests on them; the
dated facts (which council, from when until when) come in as data.
"""

from dataclasses import dataclass, field
from datetime import date

from contacts import who_words as words
from contacts.codes import NATIONS
from contacts.states import About, Basis, How


@dataclass(frozen=True, slots=True)
class Authority:
    """Who answers for an area. `gss` is None while a planned council has no code yet."""

    name: str
    gss: str | None
    short_name: str
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """An authority answers for an area from a day up to, not including, another."""

    authority: Authority | None
    how: How
    from_date: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is the one on that day."""
        return self.from_date <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Place:
    """What the postcode directory and the councils' list say about a home.

    `area_name` is the district's ("Cambridge"); `area_gss` is empty where nobody knows the place.
    """

    postcode: str
    nation: str
    area_gss: str
    area_name: str = ""
    terminated_on: date | None = None
    tenures: tuple[Tenure, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """Which part (0 to 1) of a practice's people live with an authority."""

    authority: Authority
    share: float


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """The practice where the person is registered; `covers_home` is None where nobody has said."""

    ods: str
    name: str
    nation: str
    area_gss: str = ""
    tenures: tuple[Tenure, ...] = ()
    covers_home: bool | None = None
    shares: tuple[Share, ...] = ()
    is_readers_own: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. For a carer the postcode is that of the person cared for."""

    about: About = About.CARE


@dataclass(frozen=True, slots=True)
class Answer:
    """Who to contact, on which basis and why.

    `explanation` are whole sentences; `practice_explanation` are those about home and
    registration, of which `stressed` is the part to be seen first. `wanted` are the bases of the
    services to show, the leading one first.
    """

    nation: str
    basis: Basis
    authority: Authority | None
    how: How | None
    explanation: tuple[str, ...]
    wanted: tuple[Basis, ...]
    practice_explanation: tuple[str, ...] = ()
    stressed: str = ""
    practice_authority: Authority | None = field(default=None)

    @property
    def areas_differ(self) -> bool:
        """Whether home and registration fall into the areas of two authorities."""
        return bool(self.stressed)


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


def who(question: Question, place: Place, practice: PracticeFacts | None, on: date) -> Answer:
    """The authority for this question, why, and which services to show, on that day."""
    tenure = _on(place.tenures, on)
    authority = tenure.authority if tenure else None
    sentences = [
        *_about_the_postcode(place),
        *_why(question, place, tenure, on),
        *_changes(place, on),
    ]
    practice_sentences, stressed, its_authority = _practice(practice, place, authority, on)
    return Answer(
        nation=place.nation,
        basis=_BASIS[question.about],
        authority=authority,
        how=tenure.how if tenure else None,
        explanation=tuple(sentences),
        wanted=_WANTED[question.about],
        practice_explanation=practice_sentences,
        stressed=stressed,
        practice_authority=its_authority,
    )


def _on(tenures: tuple[Tenure, ...], day: date) -> Tenure | None:
    return next((tenure for tenure in tenures if tenure.holds_on(day)), None)


def _about_the_postcode(place: Place) -> list[str]:
    if place.terminated_on is None:
        return []
    if not place.area_gss:
        return [words.terminated_without_place(place.postcode, place.terminated_on)]
    return [words.terminated(place.postcode, place.terminated_on)]


def _why(question: Question, place: Place, tenure: Tenure | None, on: date) -> list[str]:
    if place.nation not in NATIONS:
        return words.outside(place.postcode, place.nation)
    if not place.area_gss:
        return [] if place.terminated_on else [words.no_place(place.postcode)]
    if tenure is None:
        return [words.not_recorded(place.postcode, on)]
    name = tenure.authority.name if tenure.authority else ""
    short = tenure.authority.short_name if tenure.authority else ""
    where = words.responsible(tenure.how, place.postcode, place.area_name, short, name)
    if place.nation != "England":
        return [words.law_elsewhere(place.nation), *where]
    before, after = words.ENGLISH_LAW[question.about]
    return [before, *where, *after]


def _changes(place: Place, on: date) -> list[str]:
    """What will change, as far as it is decided."""
    return [
        words.will_change(tenure.from_date, tenure.authority.name)
        for tenure in place.tenures
        if tenure.from_date > on and tenure.authority
    ]


def _practice(
    practice: PracticeFacts | None, place: Place, authority: Authority | None, on: date
) -> tuple[tuple[str, ...], str, Authority | None]:
    """The sentences about home and registration, the stressed one, the practice's authority."""
    if practice is None or place.nation not in NATIONS or not place.area_gss:
        return (), "", None
    tenure = _on(practice.tenures, on)
    its_authority = tenure.authority if tenure else None
    your = "Your practice" if practice.is_readers_own else practice.name
    covers = [words.not_covered(your)] if practice.covers_home is False else []
    if authority is None:
        return tuple(covers), "", its_authority
    if its_authority is None:
        return (words.practice_area_unknown(your), *covers), "", None
    if its_authority == authority:
        return tuple(covers), "", its_authority
    stressed = words.social_care_from(authority.short_name)
    sentences = words.areas_differ(
        your, its_authority.short_name, authority.short_name, stressed, practice.is_readers_own
    )
    return (*sentences, *covers), stressed, its_authority

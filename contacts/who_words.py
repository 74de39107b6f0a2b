"""The sentences of "who to contact". Each is whole, and true wherever it is used."""

from datetime import date

from contacts.codes import CHANNEL_ISLANDS, ISLE_OF_MAN
from contacts.facts import Source
from contacts.states import About, How
from portal.ui.words import MONTHS, long_date

ACTS_FIRST = (
    "When the need is urgent, or it is not clear where the person lives, the council where they"
    " are now acts first: a dispute about residence never delays an assessment or care."
)
TELL_THE_PLACING_COUNCIL = "If another council has placed the person there, tell that council too."
# Before and after the sentence that names the council.
ENGLISH_LAW: dict[About, tuple[str, tuple[str, ...]]] = {
    About.CARE: (
        "Assessment and care go by where the person lives: their ordinary residence"
        " (Care Act 2014, section 39).",
        (
            "A stay in hospital does not change it, and someone whom another council has placed"
            " there stays with that council.",
            ACTS_FIRST,
        ),
    ),
    About.SAFEGUARDING: (
        "Safeguarding goes by where the person is now, whether or not they live there"
        " (Care Act 2014, section 42). In immediate danger ring 999.",
        (
            TELL_THE_PLACING_COUNCIL,
            "Whether to ring first, and from which threshold, each Safeguarding Adults Board"
            " decides for its area.",
        ),
    ),
    About.CARER: (
        "Support for a carer comes from the council of the person they care for, wherever the"
        " carer lives (Care Act 2014, section 20).",
        (),
    ),
    About.AFTERCARE: (
        "Aftercare following detention goes by where the person lived before they were detained"
        " (Mental Health Act 1983, section 117). Give the postcode of that home.",
        ("Check it with the council and the hospital: it can differ from where they live now.",),
    ),
}

_LAW_ELSEWHERE = {
    "Wales": "In Wales care and support come from the county or county borough council"
    " (Social Services and Well-being (Wales) Act 2014); English law does not apply.",
    "Scotland": "In Scotland adult social care comes through health and social care partnerships"
    " (Public Bodies (Joint Working) (Scotland) Act 2014); English law does not apply.",
    "Northern Ireland": "In Northern Ireland health and social care come together, from Health"
    " and Social Care Trusts and not from the district councils; English law does not apply.",
}
# Public Bodies (Joint Working) (Scotland) Act 2014: Highland alone made its health board the lead.
HIGHLAND = (
    "In Highland adult social care comes from NHS Highland; elsewhere in Scotland from the health"
    " and social care partnership. English law does not apply."
)
_QUESTION_ELSEWHERE = {
    ("Wales", About.SAFEGUARDING): "An adult at risk is for the council where they are now,"
    " whether or not they live there (the same Act, section 126).",
    ("Scotland", About.SAFEGUARDING): "An adult at risk of harm is for the council where they are"
    " now (Adult Support and Protection (Scotland) Act 2007).",
    ("Scotland", About.CARER): "A carer's support plan comes from where the person cared for lives"
    " (Carers (Scotland) Act 2016).",
    ("Wales", About.CARER): "Ask for a carer's assessment where the person cared for lives.",
}
HEALTH_FOLLOWS_REGISTRATION = (
    "Health care usually follows registration; some community services go by the address, and in"
    " an emergency it is where the person is. So the two can rightly come from two areas."
)
ARRANGED_OWN_HOME = (
    "A home that the person arranged and pays for usually makes them resident there, even where"
    " another council helped them before."
)
SAFE_IN_HOSPITAL = "In hospital that is the council of the hospital: give the hospital's postcode."


def month(day: date) -> str:
    """`June 1996`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def terminated(postcode: str, since: date) -> str:
    """For a postcode that has ended but whose place is known."""
    return f"{postcode} was taken out of use in {month(since)}. This is the answer for its place."


def terminated_without_place(postcode: str, since: date) -> str:
    """For one that has ended and whose place is no longer recorded."""
    return (
        f"{postcode} was taken out of use in {month(since)}, and where it was is not recorded."
        " Use the present postcode of the person's home."
    )


def no_place(postcode: str) -> str:
    """For one in use without a place, such as a box number."""
    return (
        f"The postcode directory does not say where {postcode} is."
        " Use the postcode of the person's home."
    )


def not_recorded(postcode: str, on: date) -> str:
    """For a day or an area on which the councils' list is silent."""
    return f"Which council answers for {postcode} on {long_date(on)} is not recorded here."


def outside(postcode: str, nation: str) -> list[str]:
    """Outside the United Kingdom: who it is instead."""
    if nation in (CHANNEL_ISLANDS, ISLE_OF_MAN):
        known = {"JE": "Jersey", "GY": "Guernsey", "IM": "the Isle of Man"}
        nation = known.get(postcode[:2], f"the {nation}")
    return [
        f"{postcode} is in {nation}, outside the United Kingdom: no council here is responsible.",
        "Its own government provides health and social care there; contact that.",
    ]


def law_elsewhere(nation: str, about: About, *, in_highland: bool = False) -> list[str]:
    """What holds in a nation other than England, and for the question where it is its own."""
    own = _QUESTION_ELSEWHERE.get((nation, about))
    law = HIGHLAND if in_highland else _LAW_ELSEWHERE[nation]
    return [law, *([own] if own else [])]


def responsible(how: How, postcode: str, area: str, short: str, name: str) -> list[str]:
    """Which authority answers for the area, by the way in which it does."""
    if how == How.COUNTY:
        return [
            f"{postcode} is in {area}, a district of {short}. {name} is responsible for adult"
            " social care there; the district council is not."
        ]
    if how == How.PARTNERSHIP:
        return [f"{postcode} is in {area}: contact the partnership of {name}."]
    if how == How.HEALTH_BOARD:
        return [f"{postcode} is in {area}, where {name}, not the council, runs adult social care."]
    if how == How.HEALTH_TRUST:
        return [
            f"{postcode} is in {area}. Which Trust serves it is not kept here: look it up on"
            " nidirect (Health and Social Care Trusts)."
        ]
    return [f"{postcode} is in {area or short}, where {name} is responsible for adult social care."]


def will_change(on: date, name: str, source: Source | None) -> str:
    """A change that has been decided."""
    return sourced(f"From {long_date(on)} it will be {name}.", source)


def sourced(sentence: str, source: Source | None) -> str:
    """A dated fact with where it is from, as far as that is kept."""
    return f"{sentence} Source: {source.name}, {long_date(source.on)}." if source else sentence


def placed_by(name: str, postcode: str, area: str, *, england: bool) -> list[str]:
    """A council placed the person here, and it is known which; where "here" is, with a postcode."""
    although = f", although {postcode} is in {area or 'another area'}" if postcode else ""
    return [
        _placement(england=england),
        f"{name} placed the person, so assessment and care stay with it{although}.",
    ]


def placed_by_somebody(local: str, *, england: bool) -> list[str]:
    """A council placed the person here, and nobody has said which."""
    return [
        _placement(england=england),
        f"Until it is known which council that is, {local} acts first, because the person is"
        " there now.",
    ]


def _placement(*, england: bool) -> str:
    stays = "stays that council's" if england else "usually stays that council's; check with it"
    law = " (Care Act 2014, section 39)" if england else ""
    return (
        "Someone whom a council has placed (in a care home, supported living or shared lives)"
        f" {stays}{law}."
    )


def no_settled_home(*, england: bool) -> list[str]:
    """Nowhere that the person usually lives."""
    law = " (Care Act 2014, section 39)" if england else ""
    return [f"Without a settled home it is the council where the person is now{law}."]


def in_hospital(*, england: bool) -> list[str]:
    """A stay in hospital moves nothing, but has a door of its own on the way out."""
    stays = (
        "A stay in hospital does not move it: it is the council of the home, not of the hospital."
    )
    if not england:
        return [stays]
    return [
        stays,
        "Leaving with new or more support goes through the care transfer hub (pathways 1 to 3).",
    ]


def same_for_a_carer(name: str) -> str:
    """Where asking for a carer would change nothing."""
    return (
        "A carer asks for support where the person they care for lives: for this home that is"
        f" {name} as well."
    )


def tell_too(name: str) -> str:
    """The placing council hears of a concern as well."""
    return f"{name} placed the person: tell it too."


def under_18(name: str, telephone: str = "", *, england: bool) -> list[str]:
    """Another door, and what can be asked of adult social care all the same.

    `telephone` is the council's main number, empty where it is not known.
    """
    door = f": ring {name} and ask for them" if name and not telephone else ""
    said = [
        f"Under 18 it is children's services, another door{door}. They go by where the child is."
        " In immediate danger ring 999."
    ]
    if telephone:
        ring = f"Ring the council's main number {telephone} and ask for children's services."
        said.insert(0, ring)
    if england:
        said += [
            "Ahead of the 18th birthday adult social care can be asked to assess as well"
            " (Care Act 2014, section 58)."
        ]
    return said


def social_care_from(short: str) -> str:
    """The stressed part of the paragraph on home and registration."""
    return f"Social care comes from {short}"


def areas_differ(
    your: str, practice_area: str, home_area: str, stressed: str, own: bool
) -> tuple[str, ...]:
    """Home and registration lie in two areas: which to contact for what, and why."""
    through = "your practice" if own else "the practice"
    return (
        f"{your} is in {practice_area}, this home is in {home_area}.",
        f"{stressed}, because it follows the home.",
        f"District nursing and the GP come through {through}, because they follow registration.",
    )


def placed_elsewhere(sentences: tuple[str, ...], stressed: str, *, same: bool) -> tuple[str, ...]:
    """The same where a council has placed the person; `same`: home and practice share an area."""
    areas, *_, through = sentences
    because = f"{stressed}, because it placed the person there."
    return (because, through) if same else (areas, because, through)


def practice_area_unknown(your: str) -> str:
    """For a practice whose district no source gives."""
    return (
        f"Which council's area {_lower(your)} is in is not known here."
        " Social care follows the home in any case."
    )


def not_covered(your: str) -> str:
    """For people registered from outside the practice's area (allowed since January 2015)."""
    return (
        f"This home is outside the area that {_lower(your)} covers. For people registered from"
        " outside (possible since January 2015) home visits do not follow registration: ask."
    )


def nobody_entered(name: str, telephone: str) -> str:
    """Where the directory has no entry for an authority; `telephone` may be empty."""
    number = f": {telephone}" if telephone else ""
    return f"No single point of access of {name} is entered here yet. Ring its main number{number}."


def front_door_instead(name: str) -> str:
    """Where a council has a front door here, but no entry for safeguarding."""
    return (
        f"No safeguarding entry of {name} is here yet: ring its front door, and say at once that"
        " it is about abuse or neglect."
    )


def _lower(your: str) -> str:
    return your[0].lower() + your[1:] if your.startswith("Your ") else your

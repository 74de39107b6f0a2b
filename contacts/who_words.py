"""The sentences of "who to contact". Each is whole, and true wherever it is used."""

from datetime import date

from contacts.codes import CHANNEL_ISLANDS, ISLE_OF_MAN
from contacts.states import About, How
from portal.ui.words import MONTHS, long_date

# Before and after the sentence that names the council.
ENGLISH_LAW: dict[About, tuple[str, tuple[str, ...]]] = {
    About.CARE: (
        "Assessment and care go by where the person lives: their ordinary residence"
        " (Care Act 2014, section 39).",
        (
            "A stay in hospital does not change it, and someone whom another council has placed"
            " there stays with that council.",
            "When it is not clear where the person lives, the council where they are now acts"
            " first.",
        ),
    ),
    About.SAFEGUARDING: (
        "Safeguarding goes by where the person is now, whether or not they live there"
        " (Care Act 2014, section 42). In immediate danger ring 999.",
        ("If another council has placed the person there, tell that council too.",),
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


def month(day: date) -> str:
    """`June 1996`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def terminated(postcode: str, since: date) -> str:
    """For a postcode that has ended but whose place is known."""
    return (
        f"{postcode} was taken out of use in {month(since)} and may no longer be in use."
        " This is the answer for the place where it was."
    )


def terminated_without_place(postcode: str, since: date) -> str:
    """For one that has ended and whose place is no longer recorded."""
    return (
        f"{postcode} was taken out of use in {month(since)}, and the postcode directory does not"
        " say where it was. Use the present postcode of the person's home."
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
    if nation == ISLE_OF_MAN:
        island = "the Isle of Man"
    else:
        known = {"JE": "Jersey", "GY": "Guernsey"}
        island = known.get(postcode[:2], f"the {CHANNEL_ISLANDS}")
    return [
        f"{postcode} is in {island}, outside the United Kingdom: no council here is responsible.",
        "Its own government provides health and social care there; contact that.",
    ]


def law_elsewhere(nation: str) -> str:
    """What holds in a nation other than England."""
    return _LAW_ELSEWHERE[nation]


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
            f"{postcode} is in {area}. Which Trust serves it is not kept here:"
            " the person's GP practice can say."
        ]
    return [f"{postcode} is in {area or short}, where {name} is responsible for adult social care."]


def will_change(on: date, name: str) -> str:
    """A change that has been decided."""
    return f"From {long_date(on)} it will be {name}."


def social_care_from(short: str) -> str:
    """The stressed part of the paragraph on home and registration."""
    return f"Social care comes from {short}"


def areas_differ(
    your: str, practice_area: str, home_area: str, stressed: str, own: bool
) -> tuple[str, str, str]:
    """Home and registration lie in two areas: which to contact for what, and why."""
    through = "your practice" if own else "the practice"
    return (
        f"{your} is in {practice_area}, this home is in {home_area}.",
        f"{stressed}, because it follows the home.",
        f"District nursing and the GP come through {through}, because they follow registration.",
    )


def practice_area_unknown(your: str) -> str:
    """For a practice whose district no source gives."""
    return (
        f"Which council's area {_lower(your)} is in is not known here."
        " Social care follows the home in any case."
    )


def not_covered(your: str) -> str:
    """For people registered from outside the practice's area (allowed since January 2015)."""
    return (
        f"This home is outside the area that {_lower(your)} covers. For someone registered from"
        " outside, home visits and some community services go by the address: ask."
    )


def practice_not_known(ods: str) -> str:
    """For a code that is not in the English and Welsh list."""
    return (
        f"The practice {ods} is not known here: the list has GP practices of England and Wales"
        " only. Social care follows the home in any case."
    )


def nobody_entered(name: str) -> str:
    """Where the directory has no entry for an authority."""
    return f"No single point of access of {name} is entered here yet. Ring its main number."


def _lower(your: str) -> str:
    return your[0].lower() + your[1:] if your.startswith("Your ") else your

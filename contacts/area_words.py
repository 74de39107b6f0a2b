"""The sentences for a postcode that is not loaded: what its letters say, and who knows more."""

from contacts.facts import PostalArea
from contacts.states import About
from portal.ui.words import join_words

# NHS Data Dictionary: the pseudo-postcodes that stand in a record where there is no real one.
_PSEUDO = "ZZ99"
_NO_FIXED_HOME = "ZZ993VZ"
_NORTHERN_IRELAND = ("Northern Ireland",)
# In England, Wales and Scotland alike (who_words has each nation's law).
_IN_EITHER = {
    About.SAFEGUARDING: "an adult at risk is for the council where they are now, whether or not"
    " they live there. In immediate danger ring 999.",
    About.CARER: "support for a carer comes from where the person cared for lives.",
}


def means_no_fixed_home(key: str) -> bool:
    """Whether a postcode's key is the one that records hold for no fixed abode."""
    return key == _NO_FIXED_HOME


def by_area(postcode: str, area: PostalArea) -> str:
    """What the first letters say; without nations they are no place on the map."""
    letters, name, nations = area.letters, area.name, area.nations
    if not nations:
        return f"{postcode}: {letters} is {name}. Use the postcode of the person's home."
    known = f"{postcode} is not loaded here, so this goes by its area only: {letters} ({name})"
    if area.councils:
        return f"{known} could be {join_words(area.councils, 'or')}."
    if len(nations) == 1:
        return f"{known} is in {nations[0]}."
    return f"{known} is on a border, so it could be in either {join_words(nations, 'or')}."


def area_not_known(postcode: str, letters: str) -> str:
    """For letters with which no postcode begins."""
    if means_no_fixed_home(postcode.replace(" ", "")):
        return (
            f"{postcode} in a record means no fixed home."
            " Give the postcode where the person is now."
        )
    if postcode.startswith(_PSEUDO):
        return (
            f"{postcode} in a record stands for no place: codes with {_PSEUDO} are used where an"
            " address is not known or abroad. Give the postcode of the person's home."
        )
    return (
        f"{postcode} is not among the postcodes that are known here: none begins with {letters}."
        " Check it."
    )


def in_either(about: About, area: PostalArea) -> list[str]:
    """What holds on both sides of a border, whichever it is."""
    goes_by = _IN_EITHER.get(about) if area.nations else None
    return [f"In either {goes_by}"] if goes_by else []


def who_can_say(area: PostalArea, *, under_18: bool = False) -> str:
    """Where to look up who is responsible, and what to ask for there."""
    service = "children's services" if under_18 else "adult social care"
    if area.nations == _NORTHERN_IRELAND:
        return (
            "Check the postcode. If it is right, look up its Trust on nidirect (Health and Social"
            f" Care Trusts), then ring that Trust and ask for {service}."
        )
    look = "Check the postcode. If it is right, look it up on GOV.UK (Find your local council)"
    if area.councils and not under_18:
        return (
            f"{look}. If that is Highland Council, ring NHS Highland; else ring that council."
            f" Ask for {service}."
        )
    return f"{look}, then ring that council and ask for {service}."

"""What can be said beside the postcode: the names that forms and the API use, and the words."""

from collections.abc import Mapping

from contacts.facts import Question
from contacts.states import About

# Each a yes or no; Question says what they mean. In the order of the page.
WORDS: dict[str, str] = {
    "in_hospital": "In hospital now",
    "placed": "Placed in this home by another council",
    "arranged_own_home": "Arranged and pays for this home themselves",
    "no_settled_home": "No settled home",
    "under_18": "Under 18",
}
# What can be so about the home, of which only one can be; the others are ticks of their own.
HOMES: dict[str, str] = {
    "placed": "Placed by a council",
    "arranged_own_home": "Arranged it themselves",
    "no_settled_home": "No settled home",
}
# What the link says that leads to another question.
ABOUT_WORDS: dict[About, str] = {
    About.CARE: "It is about care and support",
    About.SAFEGUARDING: "It is about abuse or neglect",
    About.CARER: "It is for a carer",
    About.AFTERCARE: "It is aftercare following detention",
}


def question_of(given: Mapping[str, object]) -> Question:
    """The question from a form's or a serializer's cleaned data; what is not given is no."""
    return Question(
        about=About(str(given.get("about") or About.CARE)),
        in_hospital=bool(given.get("in_hospital")),
        placed=bool(given.get("placed")),
        arranged_own_home=bool(given.get("arranged_own_home")),
        no_settled_home=bool(given.get("no_settled_home")),
        under_18=bool(given.get("under_18")),
    )

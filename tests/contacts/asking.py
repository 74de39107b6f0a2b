"""Places and councils given by hand, and the pure function asked about them."""

from datetime import date

from contacts.facts import Authority, Place, PracticeFacts, Question, Tenure
from contacts.states import How
from contacts.who import Answer, who

TODAY = date(2026, 11, 22)
SINCE = date(2015, 4, 1)
TRAFFORD = Authority("Trafford Council", "E08000009", "Trafford", 1)
SALFORD = Authority("Salford City Council", "E08000006", "Salford", 2)
MANCHESTER = Authority("Manchester City Council", "E08000003", "Manchester", 3)
CARDIFF = Authority("Cardiff Council", "W06000015", "Cardiff", 4)
HIGHLAND = Authority("NHS Highland", "S08000022", "Highland", 5)
FIFE = Authority("Fife Council", "S12000047", "Fife", 6)


def place(
    authority: Authority | None = TRAFFORD,
    how: How = How.COUNCIL,
    nation: str = "England",
    area: str = "Trafford",
) -> Place:
    return Place("M33 2RH", nation, "X", area, tenures=(Tenure(authority, how, SINCE),))


HERE = place()
IN_SCOTLAND = place(FIFE, How.PARTNERSHIP, "Scotland", "Fife")
IN_WALES = place(CARDIFF, How.COUNCIL, "Wales", "Cardiff")
IN_HIGHLAND = place(HIGHLAND, How.HEALTH_BOARD, "Scotland", "Highland")
IN_NORTHERN_IRELAND = place(None, How.HEALTH_TRUST, "Northern Ireland", "Belfast")


def answer(
    question: Question | None = None,
    home: Place = HERE,
    practice: PracticeFacts | None = None,
    on: date = TODAY,
) -> Answer:
    return who(question or Question(), home, practice, on)


def said(found: Answer) -> str:
    return " ".join((*found.explanation, *found.practice_explanation))

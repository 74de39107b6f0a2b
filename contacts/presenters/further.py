"""What the reader can add to a question, and what they have added: for the forms beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from contacts.answers import ContactAnswer
from contacts.circumstances import ABOUT_WORDS, HOMES, WORDS
from contacts.facts import Authority, Question
from contacts.states import About

_WHERE = {
    About.CARE: "Postcode of the person’s home",
    About.SAFEGUARDING: "Postcode where the person is now",
    About.CARER: "Postcode of the person cared for",
    About.AFTERCARE: "Postcode of the home before detention",
}

_SHORT = {
    About.CARE: "care and support",
    About.SAFEGUARDING: "abuse or neglect",
    About.CARER: "a carer",
    About.AFTERCARE: "aftercare",
}


class Tick(NamedTuple):
    """One circumstance, ticked or chosen."""

    name: str
    label: str
    ticked: bool


class Choice(NamedTuple):
    """A value that a form sends, with its words."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """The questions and circumstances beside an answer.

    `homes` are those of which one is chosen, the last of them for none; `ticks` are the others.
    `given` names what has been said, in one line. `hidden` are the names and values that a form
    sends on unseen. `where` labels a box for another postcode, and is empty where the home is
    meant anyway. `councils` are those that may have placed the person, while that is asked.
    `offered` is false where nothing of it would change the answer; `teaser` leads to it, in a line.
    """

    about: str
    questions: Sequence[Choice]
    aftercare: str
    homes: Sequence[Tick]
    ticks: Sequence[Tick]
    any_ticked: bool
    given: str
    hidden: Sequence[tuple[str, str]]
    placing_council: str
    where: str
    councils: Sequence[Choice]
    offered: bool
    teaser: str


def further_of(found: ContactAnswer) -> Further | None:
    """What can be asked further; None where nothing would change the answer."""
    answer, question = found.answer, found.question
    if area := found.place.postal_area:
        where = _WHERE[_place_of(question)]
        return _further(question, found.further, found.councils, where, offered=area.has_councils)
    if answer.local is None:
        return None
    return _further(question, found.further, found.councils)


def typed_again(question: Question) -> Further | None:
    """For the box that comes back with an error: what had been said beside the postcode."""
    return _further(question) if question != Question() else None


def _further(
    question: Question,
    questions: Sequence[About] = (),
    councils: Sequence[Authority] = (),
    where: str = "",
    *,
    offered: bool = True,
) -> Further:
    homes = [Tick(name, words, getattr(question, name)) for name, words in HOMES.items()]
    homes.append(Tick("", "None of these", not any(home.ticked for home in homes)))
    ticks = [
        Tick(name, words, getattr(question, name))
        for name, words in WORDS.items()
        if name not in HOMES
    ]
    placed_by = question.placed_by
    elsewhere = question.about != About.CARE or question.no_settled_home
    there = _WHERE[_place_of(question)]
    return Further(
        about=question.about,
        questions=[Choice(about, ABOUT_WORDS[about]) for about in questions],
        aftercare=_aftercare(question),
        homes=homes,
        ticks=ticks,
        any_ticked=any(getattr(question, name) for name in WORDS),
        given=_given(question),
        hidden=_hidden(question),
        placing_council=(placed_by.gss or placed_by.name) if placed_by else "",
        where=where or (there if elsewhere and not question.under_18 else ""),
        councils=[Choice(one.gss or one.name, one.name) for one in councils],
        offered=offered,
        teaser=_teaser(questions),
    )


def _place_of(question: Question) -> About:
    """Of which question's place the postcode is wanted."""
    return About.SAFEGUARDING if question.no_settled_home else question.about


def _teaser(questions: Sequence[About]) -> str:
    asked = [_SHORT[about] for about in questions]
    said = ", ".join([*asked, "in hospital", "placed by a council"])
    return f"{said[0].upper()}{said[1:]}?"


def _aftercare(question: Question) -> str:
    asked = question.about == About.AFTERCARE or question.under_18
    return "" if asked else ABOUT_WORDS[About.AFTERCARE]


def _hidden(question: Question) -> list[tuple[str, str]]:
    placed_by = question.placed_by
    return [
        ("about", str(question.about)),
        *(("home", name) for name in HOMES if getattr(question, name)),
        *((name, "1") for name in WORDS if name not in HOMES and getattr(question, name)),
        *([("placing_council", placed_by.gss or placed_by.name)] if placed_by else []),
    ]


def _given(question: Question) -> str:
    said = [words.lower() for name, words in WORDS.items() if getattr(question, name)]
    said = [one for one in said if not (question.placed_by and one.startswith("placed"))]
    if question.placed_by:
        said.append(f"placed there by {question.placed_by.name}")
    return f"You said: {'; '.join(said)}." if said else ""

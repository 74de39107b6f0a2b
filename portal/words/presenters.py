"""The page "Working together", as its template reads it."""

from dataclasses import dataclass

from portal.ui.shapes import Pill
from portal.words.explainers import Role, Wording, explainers
from portal.words.glossary import Term, terms

# In the order of the page: each side's words are there for the other.
HEADINGS = {
    "social": "Words of social care",
    "health": "Words of health",
    "both": "Words that both use",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The terms of one side, under their heading."""

    side: str
    heading: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class WorkingTogether:
    """All that the page shows; `groups` are those that the reader asked for."""

    roles: tuple[Role, ...]
    wording: tuple[Wording, ...]
    pills: tuple[Pill, ...]
    groups: tuple[Group, ...]


def working_together(side: str, address: str) -> WorkingTogether:
    """The page with the words of one side, or of all where `side` is none of them.

    `address` is that of the page, for the links of the filter.
    """
    known = explainers()
    chosen = side if side in HEADINGS else ""
    return WorkingTogether(
        roles=known.roles,
        wording=known.wording,
        pills=_pills(chosen, address),
        groups=tuple(_group(name) for name in HEADINGS if chosen in ("", name)),
    )


def _pills(chosen: str, address: str) -> tuple[Pill, ...]:
    everything = Pill(
        label="All words", count=len(terms()), href=f"{address}#words", current=not chosen
    )
    return everything, *(
        Pill(
            label=heading,
            count=len(_group(side).terms),
            href=f"{address}?side={side}#words",
            current=side == chosen,
        )
        for side, heading in HEADINGS.items()
    )


def _group(side: str) -> Group:
    return Group(side, HEADINGS[side], tuple(term for term in terms() if term.side == side))

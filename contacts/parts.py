"""The parts in which an entry is edited, and what its fields are called: plain data."""

from typing import NamedTuple


class Part(NamedTuple):
    """One page of changes: its word in the address, its title, the fields of a whole it holds."""

    slug: str
    title: str
    fields: tuple[str, ...]


PARTS: tuple[Part, ...] = (
    Part("notices", "Notices for now", ("notices",)),
    Part("reach", "How to reach them", ("contacts",)),
    Part(
        "hours",
        "When they are open",
        ("openings", "always_open", "closed_on_bank_holidays", "out_of_hours"),
    ),
    Part("area", "Where", ("covers", "basis")),
    Part(
        "about",
        "What it is",
        ("name", "kind", "is_single_point_of_access", "summary"),
    ),
    Part(
        "needs",
        "What is for them",
        ("what_it_needs", "what_it_does_not_do", "ring_first", "threshold"),
    ),
    Part(
        "referrals",
        "How it takes referrals",
        ("how_it_takes_referrals", "receiving_team", "standards"),
    ),
)
BY_SLUG = {part.slug: part for part in PARTS}

FIELD_NAMES: dict[str, str] = {
    "closed": "Open or closed",
    "notices": "Notices",
    "contacts": "Ways to reach them",
    "openings": "Opening hours",
    "always_open": "Always open",
    "closed_on_bank_holidays": "Bank holidays",
    "out_of_hours": "Whom to ring while it is closed",
    "covers": "Area",
    "basis": "Goes by",
    "name": "Name",
    "kind": "Kind of service",
    "is_single_point_of_access": "Among the first answers",
    "summary": "In one or two sentences",
    "what_it_needs": "What they need to know",
    "what_it_does_not_do": "What they do not do",
    "ring_first": "Ring first",
    "threshold": "Threshold",
    "how_it_takes_referrals": "How it takes referrals",
    "receiving_team": "Who reads referrals",
    "standards": "Answered in",
}

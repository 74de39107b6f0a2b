"""Who does what on each side, and how we write about people: data/explainers.json."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from portal.words.reading import check, read


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody on the other side: what to expect of them, what not, and when to ring."""

    name: str
    side: str
    does: tuple[str, ...]
    does_not: tuple[str, ...]
    ring: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A way to write about people, instead of others."""

    say: str
    instead_of: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Explainers:
    """What the page "Working together" tells besides the glossary."""

    roles: tuple[Role, ...]
    wording: tuple[Wording, ...]


@cache
def explainers() -> Explainers:
    """The file, checked; ValueError where it is not as it should be."""
    return parse(read("explainers.json"))


def parse(content: dict[str, Any]) -> Explainers:
    """Check the content of a file."""
    return Explainers(
        roles=tuple(_role(entry) for entry in content["roles"]),
        wording=tuple(_wording(entry) for entry in content["wording"]),
    )


def _role(entry: dict[str, Any]) -> Role:
    fields = {"name": str, "side": str, "does": list, "does_not": list, "ring": str}
    check(entry, str(entry.get("name", "a role without a name")), fields)
    return Role(**{**entry, "does": tuple(entry["does"]), "does_not": tuple(entry["does_not"])})


def _wording(entry: dict[str, Any]) -> Wording:
    check(entry, str(entry.get("say", "a wording")), {"say": str, "instead_of": list, "why": str})
    return Wording(**{**entry, "instead_of": tuple(entry["instead_of"])})

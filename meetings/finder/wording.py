"""Small things that sentences are made of."""

from collections.abc import Sequence

_OWNERS = 2
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def leading(words: str) -> str:
    """With a capital: `The GP`."""
    return words[:1].upper() + words[1:]


def joined(words: Sequence[str], last: str = "and") -> str:
    """`A, B and C`."""
    *first, end = words
    return f"{', '.join(first)} {last} {end}" if first else end


def either_or(words: Sequence[str]) -> str:
    """`in clinic, on leave or busy`."""
    return joined(words, "or")


def number(count: int) -> str:
    """`three`; `12`."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def those(labels: Sequence[str], named: int = 3) -> str:
    """`A, B and C`; `A, B and 4 others`."""
    if len(labels) <= named:
        return joined(labels)
    return f"{', '.join(labels[: named - 1])} and {number(len(labels) - named + 1)} others"


def owned(labels: Sequence[str], what: str) -> str:
    """What belongs to somebody: one or two by name, `the clinics of A, B and 4 others`."""
    if len(labels) <= _OWNERS:
        return f"{joined([f'{label}’s' for label in labels])} {what}"
    return f"the {what} of {those(labels)}"


def points(places: Sequence[int]) -> str:
    """`point 2`, `points 1 and 2`: of the agenda as it was given."""
    words = joined([str(place + 1) for place in places])
    return f"points {words}" if len(places) > 1 else f"point {words}"

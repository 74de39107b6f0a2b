"""A letter in place of the points. Pure."""

from collections.abc import Sequence

LETTER_AT_MOST = 20_000  # characters: some ten pages
IN_THE_LETTER = "In the letter"


def points_shown(points: Sequence[str], letter: str) -> list[str]:
    """The points, or where they are: a letter stands in their place."""
    return list(points) or ([IN_THE_LETTER] if letter else [])

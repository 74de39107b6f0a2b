"""Starts at which people are free for a whole stretch: exact, over bits."""

from collections.abc import Iterable


def stretch(free: int, cells: int) -> int:
    """The starts from which so many cells in a row are free."""
    found, done = free, 1
    while done < cells:
        step = min(done, cells - done)
        found &= found >> step
        done += step
    return found


def whole_starts(starts: int, free: Iterable[int], cells: int) -> int:
    """Those starts at which everybody is free for so many cells."""
    common = None
    for one in free:
        common = one if common is None else common & one
    return starts if common is None else starts & stretch(common, cells)

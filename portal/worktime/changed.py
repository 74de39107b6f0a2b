"""Rooms above hear whose time has changed: a clinic may have moved on top of a meeting."""

from collections.abc import Callable, Iterable

from portal.worktime.rebuilding import rebuild

Heard = Callable[[list[int]], None]
_hear: list[Heard] = []


def on_change(hear: Heard) -> None:
    """Have `hear` called with user ids, inside the transaction that changes their time.

    Their packed time is worked out by then. A room does this in its `AppConfig.ready()`. What is
    booked changes nobody's time in this sense.
    """
    if hear not in _hear:
        _hear.append(hear)


def time_changed(user_ids: Iterable[int]) -> None:
    """Work out these people's time anew and tell the rooms above, in the caller's transaction.

    The last step of whatever changes patterns, single days, leave or other calendars.
    """
    changed = sorted(set(user_ids))
    if not changed:
        return
    rebuild(changed)
    for hear in _hear:
        hear(changed)

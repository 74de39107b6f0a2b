"""What upper rooms do when somebody stops working in a team: they hand over what the person holds.

A room registers in its `AppConfig.ready()`; this room calls, in the transaction that ends the
membership, and never asks who listens.
"""

from collections.abc import Sequence
from typing import Protocol

from portal.accounts.models import Team, User


class HandOver(Protocol):
    """Releases what `user` holds in `teams`. `by` is nobody on the command line."""

    def __call__(self, *, user: User, teams: Sequence[Team], by: User | None) -> None: ...


_registered: list[HandOver] = []


def register(hand_over: HandOver) -> None:
    """Have `hand_over` called whenever somebody stops working in teams; once is enough."""
    if hand_over not in _registered:
        _registered.append(hand_over)


def hand_over(*, user: User, teams: Sequence[Team], by: User | None) -> None:
    """Let every room hand over, in the caller's transaction."""
    if not teams:
        return
    for each in _registered:
        each(user=user, teams=teams, by=by)

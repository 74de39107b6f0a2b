"""How long a sign-in lasts: idle and longest limits, kept in the session itself.

A session holds three values of ours: when it began, when its reader last did something (both in
seconds since 1970, the second written at most once a minute), and whether it belongs to an
administrator, whose longest time is shorter.
"""

import hmac
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from portal.core.clock import now

View = TypeVar("View", bound=Callable[..., Any])

BEGAN, SEEN, ADMINISTRATOR = "began", "seen", "administrator"
WRITE_EVERY = 60  # seconds


class Ended(StrEnum):
    """Why a session is over."""

    IDLE = "idle"
    LONGEST = "longest"


def begin(session: SessionBase, *, administrator: bool) -> None:
    """Start the clocks: somebody has just signed in."""
    session[BEGAN] = session[SEEN] = _seconds()
    session[ADMINISTRATOR] = administrator


def has_begun(session: SessionBase) -> bool:
    """Whether the clocks run."""
    return BEGAN in session


def why_ended(session: SessionBase) -> Ended | None:
    """Why the session is over, or None while it may go on."""
    if _idle_left(session) <= 0:
        return Ended.IDLE
    return Ended.LONGEST if _longest_left(session) <= 0 else None


def is_due(session: SessionBase) -> bool:
    """Whether the last activity should be written down again: a minute has gone by."""
    return _seconds() - session.get(SEEN, 0) >= WRITE_EVERY


def touch(session: SessionBase, *, administrator: bool | None = None) -> None:
    """Write down that the reader has just done something."""
    session[SEEN] = _seconds()
    if administrator is not None:
        session[ADMINISTRATOR] = administrator


def seconds_left(session: SessionBase) -> int:
    """How long the session goes on if its reader does nothing more; 0 when it is over."""
    return max(0, min(_idle_left(session), _longest_left(session)))


def account_mark(user_id: int) -> str:
    """A short text that is the same for one account and no other: not a name, not a number."""
    secret = settings.SECRET_KEY.encode()
    return hmac.digest(secret, f"idle:{user_id}".encode(), "sha256").hex()[:16]


def _idle_left(session: SessionBase) -> int:
    return int(session.get(SEEN, 0)) + _whole(settings.SESSION_IDLE) - _seconds()


def _longest_left(session: SessionBase) -> int:
    limit = (
        settings.SESSION_LONGEST_ADMINISTRATOR
        if session.get(ADMINISTRATOR)
        else settings.SESSION_LONGEST
    )
    return int(session.get(BEGAN, 0)) + _whole(limit) - _seconds()


def _whole(span: timedelta) -> int:
    return int(span.total_seconds())


def _seconds() -> int:
    return int(now().timestamp())


def passive(view: View) -> View:
    """Mark a view that pages ask by themselves: asking it is no activity of the reader."""
    view.counts_as_activity = False  # type: ignore[attr-defined]
    return view

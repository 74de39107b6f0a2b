"""What a notification can be, and what a failed try means: plain data."""

from datetime import timedelta
from enum import StrEnum


class Channel(StrEnum):
    """How somebody is told."""

    APP = "app"
    EMAIL = "email"


class State(StrEnum):
    """Where a notification stands. In the app it is sent by being there."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    NOT_NEEDED = "not-needed"
    FAILED_PERMANENTLY = "failed-permanently"
    FAILED_TECHNICALLY = "failed-technically"
    HANDLED = "handled"


STATE_NAMES: dict[State, str] = {
    State.QUEUED: "waits to be sent",
    State.CLAIMED: "is being sent",
    State.SENT: "sent",
    State.NOT_NEEDED: "no longer needed",
    State.FAILED_PERMANENTLY: "failed: the address does not take it",
    State.FAILED_TECHNICALLY: "failed: a fault of the portal",
    State.HANDLED: "failed, and told in another way by somebody",
}
OPEN = (State.QUEUED, State.CLAIMED)
FAILED = (State.FAILED_PERMANENTLY, State.FAILED_TECHNICALLY)

# By those who look after it; or what it told of has been undone.
_LOOKED_AFTER = frozenset({State.QUEUED, State.HANDLED, State.NOT_NEEDED})
# Every change that may happen; delivery, taking back and those who look after failed mails make
# no other.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.CLAIMED, State.NOT_NEEDED}),
    # From claimed to claimed: the lease ran out and the dispatcher takes it again.
    State.CLAIMED: frozenset(State) - {State.HANDLED},
    State.SENT: frozenset(),
    State.NOT_NEEDED: frozenset(),
    State.FAILED_PERMANENTLY: _LOOKED_AFTER,
    State.FAILED_TECHNICALLY: _LOOKED_AFTER,
    State.HANDLED: frozenset(),
}


class Failure(StrEnum):
    """The class of a failed try. Never an address or what the other server said in words."""

    # Temporary: tried again.
    CONNECTION = "connection"
    DEFERRED = "deferred"
    SIGN_IN = "mail-server-sign-in"
    SENDER = "sender-refused"
    # Permanent: this address, or this mail, will not be taken.
    RECIPIENT = "recipient-refused"
    CONTENT = "mail-refused"
    NO_ADDRESS = "no-address"
    GAVE_UP = "gave-up"
    # Technical: ours.
    COMPOSING = "composing"
    UNEXPECTED = "unexpected"


FAILURE_NAMES: dict[Failure, str] = {
    Failure.CONNECTION: "the mail server could not be reached",
    Failure.DEFERRED: "the mail server asked to come back later",
    Failure.SIGN_IN: "the mail server did not accept our name and password",
    Failure.SENDER: "the mail server did not accept our sender's address",
    Failure.RECIPIENT: "the mail server knows no such address",
    Failure.CONTENT: "the mail server refused the mail",
    Failure.NO_ADDRESS: "there is no address to send to",
    Failure.GAVE_UP: "it could not be sent for a whole day",
    Failure.COMPOSING: "the mail could not be composed",
    Failure.UNEXPECTED: "something unexpected went wrong while sending",
}

# What a person can do about it, for those who look after failed mails.
ADVICE: dict[Failure, str] = {
    Failure.RECIPIENT: "Have the address corrected, then try again.",
    Failure.CONTENT: "Ask whoever runs the recipient’s mail why, then try again.",
    Failure.NO_ADDRESS: "Have an address entered, then try again.",
    Failure.GAVE_UP: "Try again; if it fails once more, tell them another way.",
    Failure.COMPOSING: "Tell them another way, and tell whoever runs the portal.",
    Failure.UNEXPECTED: "Try again; if it fails once more, tell whoever runs the portal.",
}

# What ends a notification at once; every other failure is tried again.
ENDS_IN: dict[Failure, State] = {
    Failure.RECIPIENT: State.FAILED_PERMANENTLY,
    Failure.CONTENT: State.FAILED_PERMANENTLY,
    Failure.NO_ADDRESS: State.FAILED_PERMANENTLY,
    Failure.GAVE_UP: State.FAILED_PERMANENTLY,
    Failure.COMPOSING: State.FAILED_TECHNICALLY,
    Failure.UNEXPECTED: State.FAILED_TECHNICALLY,
}

# Seconds until the next try, by the number of failed ones; the last repeats. A mail server that
# is away concerns every mail and costs little to ask, so mail flows soon after it is back. One
# that defers a mail (greylisting, a full mailbox) wants to be left alone for longer.
_AWAY = (5, 15, 30, 60, 120)
_LATER = (5, 30, 120, 600, 3600, 10800)
BACKOFF: dict[Failure, tuple[int, ...]] = {
    Failure.CONNECTION: _AWAY,
    Failure.SIGN_IN: _AWAY,
    Failure.SENDER: _AWAY,
    Failure.DEFERRED: _LATER,
}
GIVE_UP_AFTER = timedelta(hours=24)


def wait_after(failure: Failure, attempts: int) -> timedelta:
    """How long to wait after the given number of tries, the last of which failed temporarily."""
    steps = BACKOFF[failure]
    return timedelta(seconds=steps[min(max(attempts, 1), len(steps)) - 1])

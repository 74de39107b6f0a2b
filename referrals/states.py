"""What a referral can be, what can happen to it, and the words for both: plain data."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a referral is. "Received" means acknowledged: a person holds it."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Event(StrEnum):
    """What happens to a referral."""

    SEND = "send"
    CLAIM = "claim"
    RELEASE = "release"
    TAKE_OVER = "take-over"
    TAKE_ON = "take-on"
    ASK = "ask"
    ANSWER = "answer"
    ACCEPT = "accept"
    DECLINE = "decline"
    REDIRECT = "redirect"
    OUTSIDE = "outside"
    HAND_BACK = "hand-back"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    REOPEN = "reopen"
    RESUME = "resume"
    SUCCEED = "succeed"
    UNDO = "undo"


class Part(StrEnum):
    """Which of the two sides an event belongs to."""

    SENDER = "sender"
    RECEIVER = "receiver"
    EITHER = "either"


@dataclass(frozen=True)
class Transition:
    """From which statuses, to which one (None: it stays), by which side.

    `goes_back`: to the status that it had before what is undone.
    """

    origins: frozenset[Status]
    target: Status | None
    part: Part
    goes_back: bool = False


_UNDECIDED = frozenset({Status.SENT, Status.ACKNOWLEDGED, Status.ASKED})
_HELD = frozenset({Status.ACKNOWLEDGED, Status.ASKED})

TRANSITIONS: dict[Event, Transition] = {
    Event.CLAIM: Transition(frozenset({Status.SENT}), Status.ACKNOWLEDGED, Part.RECEIVER),
    Event.RELEASE: Transition(frozenset({Status.ACKNOWLEDGED}), Status.SENT, Part.RECEIVER),
    Event.TAKE_OVER: Transition(_HELD, None, Part.RECEIVER),
    # A redirected referral is acknowledged by the second team.
    Event.TAKE_ON: Transition(
        frozenset({Status.SENT, Status.ACKNOWLEDGED}), Status.ACKNOWLEDGED, Part.RECEIVER
    ),
    Event.ASK: Transition(frozenset({Status.ACKNOWLEDGED}), Status.ASKED, Part.RECEIVER),
    Event.ANSWER: Transition(frozenset({Status.ASKED}), Status.ACKNOWLEDGED, Part.SENDER),
    Event.ACCEPT: Transition(_HELD, Status.ACCEPTED, Part.RECEIVER),
    Event.DECLINE: Transition(_HELD, Status.DECLINED, Part.RECEIVER),
    # In one step: whoever redirects what nobody holds claims it, and an open question ends.
    Event.REDIRECT: Transition(_UNDECIDED, Status.ACKNOWLEDGED, Part.RECEIVER),
    # To a service that takes no referrals here: it ends, and is no decline.
    Event.OUTSIDE: Transition(_UNDECIDED, Status.CLOSED, Part.RECEIVER),
    # The second team does not take on what was redirected to it: it stays the first one's.
    Event.HAND_BACK: Transition(frozenset({Status.SENT, Status.ACKNOWLEDGED}), None, Part.RECEIVER),
    Event.WITHDRAW: Transition(_UNDECIDED, Status.WITHDRAWN, Part.SENDER),
    Event.CLOSE: Transition(frozenset({Status.ACCEPTED}), Status.CLOSED, Part.EITHER),
    # Back to the receiving team's inbox, with a clock of its own: what was never accepted.
    Event.REOPEN: Transition(
        frozenset({Status.DECLINED, Status.WITHDRAWN, Status.CLOSED}), Status.SENT, Part.EITHER
    ),
    # What was closed too early goes on where it was.
    Event.RESUME: Transition(frozenset({Status.CLOSED}), Status.ACCEPTED, Part.EITHER),
    # Within ten minutes, by whoever did it, where nothing has been built on it.
    Event.UNDO: Transition(frozenset(Status), None, Part.EITHER, goes_back=True),
}

# What can be undone. An answer and a message are words, and words are followed by other words.
UNDOABLE = frozenset(
    {
        Event.CLAIM,
        Event.RELEASE,
        Event.TAKE_OVER,
        Event.TAKE_ON,
        Event.ASK,
        Event.ACCEPT,
        Event.DECLINE,
        Event.REDIRECT,
        Event.OUTSIDE,
        Event.WITHDRAW,
        Event.CLOSE,
    }
)
# What was done, as the page and the audit say it.
DONE_WORDS: dict[Event, str] = {
    Event.CLAIM: "claimed",
    Event.RELEASE: "given back to the team",
    Event.TAKE_OVER: "taken over",
    Event.TAKE_ON: "acknowledged",
    Event.ASK: "asked",
    Event.ANSWER: "answered",
    Event.ACCEPT: "accepted",
    Event.DECLINE: "declined",
    Event.REDIRECT: "redirected",
    Event.OUTSIDE: "handed over outside the portal",
    Event.HAND_BACK: "not taken on",
    Event.WITHDRAW: "withdrawn",
    Event.CLOSE: "closed",
    Event.REOPEN: "reopened",
    Event.RESUME: "reopened",
    Event.SUCCEED: "moved to the new council",
    Event.UNDO: "undone",
}

UNDECIDED = _UNDECIDED
HELD = _HELD
DECIDED = frozenset(Status) - _UNDECIDED
# Somebody still has to do something: what moves with its council (actions/succeed.py).
OPEN = _UNDECIDED | {Status.ACCEPTED}
ENDED = frozenset({Status.DECLINED, Status.WITHDRAWN, Status.CLOSED})

STATUS_WORDS: dict[Status, str] = {
    Status.SENT: "Delivered, nobody holds it yet",
    Status.ACKNOWLEDGED: "Acknowledged",
    Status.ASKED: "Waiting for an answer",
    Status.ACCEPTED: "Accepted",
    Status.DECLINED: "Declined",
    Status.WITHDRAWN: "Withdrawn",
    Status.CLOSED: "Closed",
}

# "Why is that not possible?", said for the status the referral is in.
WHY_NOT: dict[Status, str] = {
    Status.SENT: "Nobody holds this referral yet. Claim it first.",
    Status.ACKNOWLEDGED: "This referral is already acknowledged.",
    Status.ASKED: "This referral waits for an answer from the sender.",
    Status.ACCEPTED: "This referral has been accepted.",
    Status.DECLINED: "This referral has been declined.",
    Status.WITHDRAWN: "This referral has been withdrawn by the sender.",
    Status.CLOSED: "This referral is closed.",
}


class Urgency(StrEnum):
    """How soon an answer is needed."""

    ROUTINE = "routine"
    THIS_WEEK = "this-week"
    TODAY = "today"


URGENCY_WORDS: dict[Urgency, str] = {
    Urgency.ROUTINE: "Routine",
    Urgency.THIS_WEEK: "This week",
    Urgency.TODAY: "Today",
}


class Agreement(StrEnum):
    """Does the person know, and agree? (UK GDPR Art 6(1)(e), 9(2)(h); not a consent box.)"""

    AGREES = "agrees"
    OBJECTS = "objects"
    BEST_INTERESTS = "best-interests"


AGREEMENT_WORDS: dict[Agreement, str] = {
    Agreement.AGREES: "Told, and agrees",
    Agreement.OBJECTS: "Told, and objects",
    Agreement.BEST_INTERESTS: "Lacks capacity: best interests",
}


class DeclineReason(StrEnum):
    """Why a team declines. Residence is not among them: a council redirects for residence."""

    PERSON_DECLINED = "person-declined"
    ADVICE_GIVEN = "advice-given"
    ALREADY_OPEN = "already-open"
    ANOTHER_SERVICE = "another-service"
    NOT_REACHED = "not-reached"
    DIED = "died"
    SENT_IN_ERROR = "sent-in-error"
    OTHER = "other"


DECLINE_WORDS: dict[DeclineReason, str] = {
    DeclineReason.PERSON_DECLINED: "Declined by the person",
    DeclineReason.ADVICE_GIVEN: "Information and advice given; no more is needed now",
    DeclineReason.ALREADY_OPEN: "We are already working with the person on this",
    DeclineReason.ANOTHER_SERVICE: "Another service does this, and we have said which",
    DeclineReason.NOT_REACHED: "The person could not be reached",
    DeclineReason.DIED: "The person has died",
    DeclineReason.SENT_IN_ERROR: "Sent in error",
    DeclineReason.OTHER: "Another reason",
}


class WithdrawReason(StrEnum):
    """Why a sender withdraws: the reasons that hospitals know from the list of assessment,
    discharge and withdrawal notices (ADW)."""

    SAFE_WITHOUT = "safe-without"
    DECLINED_BY_PERSON = "declined-by-person"
    OWN_ARRANGEMENTS = "own-arrangements"
    CONTINUING_HEALTHCARE = "continuing-healthcare"
    INTERMEDIATE_CARE = "intermediate-care"
    TREATMENT_CHANGED = "treatment-changed"
    PACKAGE_INADEQUATE = "package-inadequate"
    LIVES_ELSEWHERE = "lives-elsewhere"
    SELF_DISCHARGED = "self-discharged"
    DETERIORATED = "deteriorated"
    DIED = "died"
    SENT_IN_ERROR = "sent-in-error"
    OTHER = "other"


WITHDRAW_WORDS: dict[WithdrawReason, str] = {
    WithdrawReason.SAFE_WITHOUT: "Safe without an assessment",
    WithdrawReason.DECLINED_BY_PERSON: "Declined by the person",
    WithdrawReason.OWN_ARRANGEMENTS: "The person has made own arrangements",
    WithdrawReason.CONTINUING_HEALTHCARE: "Eligible for NHS Continuing Healthcare",
    WithdrawReason.INTERMEDIATE_CARE: "Going to intermediate care",
    WithdrawReason.TREATMENT_CHANGED: "Treatment cancelled or postponed",
    WithdrawReason.PACKAGE_INADEQUATE: "The package offered is not enough",
    WithdrawReason.LIVES_ELSEWHERE: "The person lives in another council's area",
    WithdrawReason.SELF_DISCHARGED: "The person has discharged themselves",
    WithdrawReason.DETERIORATED: "The person's health has got worse",
    WithdrawReason.DIED: "The person has died",
    WithdrawReason.SENT_IN_ERROR: "Sent in error",
    WithdrawReason.OTHER: "Another reason",
}
# What happens on a ward only: other senders are not asked.
HOSPITAL_REASONS = frozenset(
    {
        WithdrawReason.INTERMEDIATE_CARE,
        WithdrawReason.TREATMENT_CHANGED,
        WithdrawReason.SELF_DISCHARGED,
    }
)


class CloseReason(StrEnum):
    """Why the work on an accepted referral ends."""

    WORK_DONE = "work-done"
    NO_LONGER_NEEDED = "no-longer-needed"
    DECLINED_BY_PERSON = "declined-by-person"
    MOVED = "moved"
    NOT_REACHED = "not-reached"
    DIED = "died"
    OTHER = "other"


CLOSE_WORDS: dict[CloseReason, str] = {
    CloseReason.WORK_DONE: "The work is done",
    CloseReason.NO_LONGER_NEEDED: "It is no longer needed",
    CloseReason.DECLINED_BY_PERSON: "Declined by the person",
    CloseReason.MOVED: "The person has moved to another area",
    CloseReason.NOT_REACHED: "The person could not be reached",
    CloseReason.DIED: "The person has died",
    CloseReason.OTHER: "Another reason",
}


class Voice(StrEnum):
    """What a message in the thread is."""

    NOTE = "note"
    QUESTION = "question"
    ANSWER = "answer"


class Audience(StrEnum):
    """Who reads a message."""

    BOTH = "both"
    OWN_TEAM = "own-team"

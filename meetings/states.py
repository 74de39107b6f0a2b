"""Kinds of meeting, what can happen to one, and their words: plain data."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of meeting it is."""

    CASE = "case"
    NEIGHBOURHOOD = "neighbourhood"
    PRACTICE = "practice"
    FIRST = "first"
    VISIT = "visit"
    REFLECTION = "reflection"


KIND_WORDS: dict[Kind, str] = {
    Kind.CASE: "Case meeting",
    Kind.NEIGHBOURHOOD: "Neighbourhood meeting",
    Kind.PRACTICE: "Practice meeting",
    Kind.FIRST: "First meeting",
    Kind.VISIT: "Visit",
    Kind.REFLECTION: "Service reflection",
}
# Meetings of these kinds recur, and people are added to them from their referrals.
IN_SERIES = (Kind.NEIGHBOURHOOD, Kind.PRACTICE, Kind.REFLECTION)


class How(StrEnum):
    """How people meet."""

    VIDEO = "video"
    TELEPHONE = "telephone"
    IN_PERSON = "in-person"


HOW_WORDS: dict[How, str] = {
    How.VIDEO: "by video",
    How.TELEPHONE: "by telephone",
    How.IN_PERSON: "in person",
}


class Status(StrEnum):
    """Where a meeting stands."""

    ARRANGING = "arranging"
    BOOKED = "booked"
    HELD = "held"
    CANCELLED = "cancelled"


STATUS_WORDS: dict[Status, str] = {
    Status.ARRANGING: "Looking for a time",
    Status.BOOKED: "Booked",
    Status.HELD: "Held",
    Status.CANCELLED: "Cancelled",
}


class Event(StrEnum):
    """What can happen to a meeting."""

    BOOK = "book"
    MOVE = "move"
    PLACE = "place"
    CANCEL = "cancel"
    BEGIN = "begin"
    END = "end"


# event: (from which status, to which)
TRANSITIONS: dict[Event, tuple[frozenset[Status], Status]] = {
    Event.BOOK: (frozenset({Status.ARRANGING}), Status.BOOKED),
    Event.MOVE: (frozenset({Status.BOOKED}), Status.BOOKED),
    Event.PLACE: (frozenset({Status.BOOKED}), Status.BOOKED),
    Event.CANCEL: (frozenset({Status.ARRANGING, Status.BOOKED}), Status.CANCELLED),
    Event.BEGIN: (frozenset({Status.BOOKED}), Status.BOOKED),
    Event.END: (frozenset({Status.BOOKED}), Status.HELD),
}
WHY_NOT: dict[Status, str] = {
    Status.ARRANGING: "No time has been booked for this meeting yet.",
    Status.BOOKED: "This meeting has a time already.",
    Status.HELD: "This meeting has been held.",
    Status.CANCELLED: "This meeting has been cancelled.",
}


class Need(StrEnum):
    """Whether a meeting can be without somebody."""

    MUST = "must"
    MAY = "may"


class Attendance(StrEnum):
    """How somebody takes part at the time that was booked."""

    NOT_PLANNED = "not-planned"
    WHOLE = "whole"
    PART = "part"
    WRITING = "writing"
    MISSING = "missing"


# Those who are there, for all of it or for some.
THERE = (Attendance.WHOLE, Attendance.PART)


class Clash(StrEnum):
    """What has come to lie on somebody's part of a meeting after it was booked."""

    NONE = ""
    CLINIC = "clinic"
    LEAVE = "leave"
    BUSY = "busy"
    AWAY = "away"


# "Dr Example is in clinic then."
CLASH_WORDS: dict[Clash, str] = {
    Clash.CLINIC: "in clinic",
    Clash.LEAVE: "on leave",
    Clash.BUSY: "busy with something else",
    Clash.AWAY: "not at work",
}


class Answer(StrEnum):
    """What somebody says to an invitation."""

    NONE = "none"
    YES = "yes"
    NO = "no"
    WRITING = "writing"


class Said(StrEnum):
    """What the host of a visit says to the time that was asked for."""

    NOTHING = "none"
    YES = "yes"
    NO = "no"


class Guest(StrEnum):
    """Somebody without an account who is invited to their own item."""

    PERSON = "person"
    CARER = "carer"


class ItemState(StrEnum):
    """Where an item of the agenda stands."""

    OPEN = "open"
    DONE = "done"
    PUT_OFF = "put-off"


class ActionState(StrEnum):
    """Where an action stands: done, or explained why not."""

    OPEN = "open"
    DONE = "done"
    EXPLAINED = "explained"

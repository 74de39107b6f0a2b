"""Kinds of working time, as plain data."""

from enum import StrEnum


class SessionKind(StrEnum):
    """What somebody does in a session of their working pattern."""

    CLINIC = "clinic"
    WARD_ROUND = "ward-round"
    VISITS = "visits"
    DUTY = "duty"
    DESK = "desk"
    MEETING = "meeting"
    NOT_WORKING = "not-working"


SESSION_WORDS: dict[SessionKind, str] = {
    SessionKind.CLINIC: "Clinic or surgery",
    SessionKind.WARD_ROUND: "Ward round",
    SessionKind.VISITS: "Calls and visits",
    SessionKind.DUTY: "Duty",
    SessionKind.DESK: "At work, no appointments",
    SessionKind.MEETING: "Time for meetings",
    SessionKind.NOT_WORKING: "Not working",
}
# With people in front of them: never used for a meeting, and a quiet time for what is not urgent.
CLINICAL = frozenset({SessionKind.CLINIC, SessionKind.WARD_ROUND})
# Can be moved by whoever has them, so a meeting may use them, at a price.
MOVABLE = frozenset({SessionKind.VISITS, SessionKind.DUTY})


class Use(StrEnum):
    """What a stretch of somebody's time is to whoever looks for a meeting.

    CLINIC, LEAVE, BUSY, BOOKED and AWAY are hard: nobody is asked to come then. MOVABLE can be
    used at a price, MEETING is kept for meetings. What is in none of them, within a working day,
    is a gap.
    """

    CLINIC = "clinic"
    LEAVE = "leave"
    BUSY = "busy"
    BOOKED = "booked"
    AWAY = "away"
    MOVABLE = "movable"
    MEETING = "meeting"


HARD = frozenset({Use.CLINIC, Use.LEAVE, Use.BUSY, Use.BOOKED, Use.AWAY})


class CalendarState(StrEnum):
    """How reading somebody's other calendar stands."""

    NEW = "new"
    READ = "read"
    TROUBLE = "trouble"


class CalendarTrouble(StrEnum):
    """Why a calendar could not be read: what its owner is told stands in calendars/words.py."""

    NOT_FOUND = "not-found"
    NOT_ALLOWED = "not-allowed"
    NO_ANSWER = "no-answer"
    INSIDE = "inside"
    TOO_LARGE = "too-large"
    NOT_A_CALENDAR = "not-a-calendar"
    TOO_MANY = "too-many"
    LOST = "lost"

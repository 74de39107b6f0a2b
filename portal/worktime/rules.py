"""When a working pattern, a single day or leave can be kept. No database."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from portal.core.refused import InvalidInput
from portal.worktime.bank_holidays import NATIONS
from portal.worktime.given import MOST_BUFFER, PatternGiven, SessionGiven
from portal.worktime.hours import in_utc
from portal.worktime.states import SESSION_WORDS
from portal.worktime.words import WEEKDAYS

SESSIONS_AT_MOST = 80
ONE_OFFS_A_DAY_AT_MOST = 12
LEAVE_AT_MOST = 200
LONGEST_NIGHT = 16 * 60  # minutes
LONGEST_LEAVE = timedelta(days=800)
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)
_DAY = 24 * 60
_WEEK = 7 * _DAY


def check_pattern(place: str, pattern: PatternGiven) -> None:
    """Raises InvalidInput for what cannot be somebody's working week."""
    if not place.strip():
        raise InvalidInput("Say where this working week is worked.", field="place")
    if pattern.nation not in NATIONS:
        raise InvalidInput("Choose whose bank holidays are kept.", field="nation")
    if pattern.weeks not in (1, 2):
        raise InvalidInput("A pattern recurs every week or every two weeks.", field="weeks")
    _check_day(pattern.starts_on, "starts_on")
    if pattern.ends_on is not None:
        _check_day(pattern.ends_on, "ends_on")
        if pattern.ends_on <= pattern.starts_on:
            raise InvalidInput("The last day must not be before the first.", field="ends_on")
    if not 0 <= pattern.buffer_minutes <= MOST_BUFFER:
        raise InvalidInput(
            f"Keep at most {MOST_BUFFER} minutes free around a clinic.", field="buffer_minutes"
        )
    check_sessions(pattern.sessions, pattern.weeks)


def check_sessions(sessions: Sequence[SessionGiven], weeks: int) -> None:
    """Raises InvalidInput for sessions that overlap, or lie outside of the week."""
    if not sessions:
        raise InvalidInput("Give at least one session.", field="sessions")
    if len(sessions) > SESSIONS_AT_MOST:
        raise InvalidInput(f"Give at most {SESSIONS_AT_MOST} sessions.", field="sessions")
    for session in sessions:
        if session.week not in range(weeks) or session.weekday not in range(7):
            raise InvalidInput("Choose a day of the week for each session.", field="sessions")
        check_session(session.starts, session.ends, session.kind, "sessions")
    laid = sorted((_begins(s), _ends(s), s) for s in sessions)
    for (_, earlier, before), (begins, _, after) in pairwise(laid):
        if begins < earlier:
            raise _overlap(before, after)
    # What crosses the last midnight goes on in the first night.
    if laid[-1][1] > laid[0][0] + weeks * _WEEK:
        raise _overlap(laid[-1][2], laid[0][2])


def check_session(starts: time, ends: time, kind: str, field: str) -> None:
    """Raises InvalidInput for a session that is on no clock, or of no kind."""
    if kind not in SESSION_WORDS:
        raise InvalidInput("Choose what the session is.", field=field)
    if any(clock.second or clock.microsecond or clock.tzinfo for clock in (starts, ends)):
        raise InvalidInput("Give times in hours and minutes, such as 08:30.", field=field)
    if starts == ends:
        raise InvalidInput("A session ends at another time than it starts.", field=field)


def is_night(starts: time, ends: time) -> bool:
    """Whether what ends on the next day can be one session, and is no slip of the pen."""
    return _minutes(ends) - _minutes(starts) + _DAY <= LONGEST_NIGHT


def check_one_off_day(day: date, others: int) -> None:
    """Raises InvalidInput for a day that nobody plans, or with too many one-offs already."""
    _check_day(day, "day")
    if others >= ONE_OFFS_A_DAY_AT_MOST:
        raise InvalidInput(
            f"A day can have at most {ONE_OFFS_A_DAY_AT_MOST} single sessions.", field="day"
        )


def check_leave(starts_at: datetime, ends_at: datetime) -> None:
    """Raises InvalidInput for leave that does not end after it starts, or hardly ever ends."""
    _check_day(starts_at.date(), "starts_at")
    if in_utc(ends_at) <= in_utc(starts_at):
        raise InvalidInput("Leave must end after it starts.", field="ends_at")
    if in_utc(ends_at) - in_utc(starts_at) > LONGEST_LEAVE:
        raise InvalidInput(
            "That is more than two years. End the working week instead.", field="ends_at"
        )


def check_leave_count(others: int) -> None:
    """Raises InvalidInput for more leave to come than anybody has."""
    if others >= LEAVE_AT_MOST:
        raise InvalidInput(
            f"There are {LEAVE_AT_MOST} times of leave to come already.", field="starts_at"
        )


def _check_day(day: date, field: str) -> None:
    if not _EARLIEST <= day < _LATEST:
        raise InvalidInput("Give a date between 2000 and 2099.", field=field)


def _begins(session: SessionGiven) -> int:
    return session.week * _WEEK + session.weekday * _DAY + _minutes(session.starts)


def _ends(session: SessionGiven) -> int:
    crosses = session.ends <= session.starts
    return _begins(session) - _minutes(session.starts) + _minutes(session.ends) + crosses * _DAY


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _overlap(before: SessionGiven, after: SessionGiven) -> InvalidInput:
    return InvalidInput(
        f"Two sessions overlap: {_words(before)} and {_words(after)}.", field="sessions"
    )


def _words(session: SessionGiven) -> str:
    return f"{WEEKDAYS[session.weekday]} {session.starts:%H:%M} to {session.ends:%H:%M}"

"""Which teams share referrals, and which of them have never met: from rows, not from guesses."""

from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection

from meetings.states import Attendance, Status
from portal.accounts.access import Reader
from portal.accounts.roles import May
from portal.core.clock import now, today
from portal.core.refused import NotYours

# How many referrals together, within which time, make it worth 20 minutes.
LEAST = 3
WITHIN = timedelta(days=180)
OFFERS = 2
WHO_AT_MOST = 40
PARTNERS_AT_MOST = 20


def _sql(name: str) -> str:
    text = (Path(__file__).parent / "sql" / f"{name}.sql").read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))


_SHARED, _WHO_SHARES = _sql("shared"), _sql("who_shares")


class Shared(NamedTuple):
    """One of the reader's teams and one of the other side, with their referrals of late."""

    team_id: int
    team: str
    other_id: int
    other: str
    together: int


def never_met(reader: Reader) -> list[Shared]:
    """The few pairs with most referrals together that have never met. One query."""
    return _read(reader, OFFERS)


def have_never_met(reader: Reader, team_id: int, other_id: int) -> Shared:
    """That pair; NotYours (404) where no first meeting is on offer to this reader. One query."""
    found = _read(reader, 1, pair=(team_id, other_id))
    if not found:
        raise NotYours("first meeting", f"{team_id} {other_id}")
    return found[0]


def partners(reader: Reader) -> list[Shared]:
    """All teams of the other side with which the reader's share referrals. One query."""
    return _read(reader, PARTNERS_AT_MOST, met_too=True, least=1)


def partner(reader: Reader, team_id: int, other_id: int) -> Shared:
    """That pair; NotYours (404) where it is not one of the reader's. One query."""
    found = _read(reader, 1, pair=(team_id, other_id), met_too=True, least=1)
    if not found:
        raise NotYours("team", f"{team_id} {other_id}")
    return found[0]


def who_shares(team_id: int, other_id: int) -> list[tuple[int, int]]:
    """(user, team) of those who had to do with what the two share, most first. One query."""
    values: dict[str, Any] = {
        "team": team_id,
        "other": other_id,
        "since": now() - WITHIN,
        "most": WHO_AT_MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WHO_SHARES, values)
        return [(user, team) for user, team in cursor.fetchall()]


def _read(
    reader: Reader,
    most: int,
    *,
    pair: tuple[int, int] = (0, 0),
    met_too: bool = False,
    least: int = LEAST,
) -> list[Shared]:
    teams = sorted(reader.team_ids(May.REFER))
    if not teams:
        return []
    values: dict[str, Any] = {
        "teams": teams,
        "since": now() - WITHIN,
        "today": today(),
        "least": least,
        "most": most,
        "only_team": pair[0],
        "only_other": pair[1],
        "met_too": met_too,
        "there": [Attendance.WHOLE.value, Attendance.PART.value],
        "to_come": [Status.ARRANGING.value, Status.BOOKED.value],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, values)
        return [Shared._make(row) for row in cursor.fetchall()]

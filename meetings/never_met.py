"""Which teams share referrals and have never met: from rows, never from what anybody guesses."""

from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection

from meetings.states import Attendance, Status
from portal.accounts.access import Reader
from portal.accounts.roles import May
from portal.core.clock import now, today

# How many referrals together, within which time, make it worth 20 minutes.
LEAST = 3
WITHIN = timedelta(days=180)
OFFERS = 2
_SQL = "\n".join(
    line
    for line in (Path(__file__).parent / "sql" / "never_met.sql").read_text("utf-8").splitlines()
    if not line.startswith("--")
)


class NeverMet(NamedTuple):
    """One of the reader's teams and one of the other side, with their referrals of late."""

    team_id: int
    team: str
    other_id: int
    other: str
    together: int


def never_met(reader: Reader) -> list[NeverMet]:
    """The few pairs with most referrals together, for all of the reader's teams. One query."""
    return _read(reader, OFFERS)


def have_never_met(reader: Reader, team_id: int, other_id: int) -> NeverMet | None:
    """That pair, if it may be offered a first meeting to this reader. One query."""
    found = _read(reader, 1, team_id, other_id)
    return found[0] if found else None


def _read(reader: Reader, most: int, team_id: int = 0, other_id: int = 0) -> list[NeverMet]:
    teams = sorted(reader.team_ids(May.REFER))
    if not teams:
        return []
    values: dict[str, Any] = {
        "teams": teams,
        "since": now() - WITHIN,
        "today": today(),
        "least": LEAST,
        "most": most,
        "only_team": team_id,
        "only_other": other_id,
        "there": [Attendance.WHOLE.value, Attendance.PART.value],
        "to_come": [Status.ARRANGING.value, Status.BOOKED.value],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        return [NeverMet._make(row) for row in cursor.fetchall()]

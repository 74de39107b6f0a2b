"""What pages read with all its words by one statement: lists, counts, the page of one referral.

The statements are written by hand (referrals/sql/): building them from models, and models from
their rows, took longer than all the rest of a page.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import connection

from portal.accounts.memberships import HOLDS
from referrals.listed import Listed

# As RedirectQuerySet.waiting() asks for.
_WAITS = "d.acknowledged_at IS NULL AND d.ended_at IS NULL"


def _read(name: str) -> str:
    path = Path(__file__).with_name("sql") / f"{name}.sql"
    lines = path.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("--"))
    return text.replace("{holds}", HOLDS).replace("{waits}", _WAITS)


_HANDED_ON = _read("handed_on")
_LISTED = _read("listed")
_INBOX = _LISTED.replace("{picked}", _read("inbox").replace("{handed_on}", _HANDED_ON)).replace(
    "{opened_by}", "o.team_id = ANY(%(teams)s::bigint[])"
)
_BOARD = _LISTED.replace("{picked}", _read("board")).replace(
    "{opened_by}", _read("opened_for_sender")
)
_LONGEST = _LISTED.replace("{picked}", _read("team_longest")).replace(
    "{opened_by}", "o.team_id = ANY(%(teams)s::bigint[])"
)
_PEOPLE, _CHANGES = _read("team_people"), _read("team_changes")
_NEWS = _read("inbox_news").replace("{handed_on}", _HANDED_ON)
_COUNT = _read("count")
_FOR_US = _read("waiting_for_us")
_WAITING = _read("waiting").replace("{handed_on}", _HANDED_ON).replace("{for_us}", _FOR_US)
_SINCE = _read("inbox_since").replace("{handed_on}", _HANDED_ON)
_TOLD = _read("told")
_DETAIL = _read("detail")


def read_inbox(wanted: str, values: Mapping[str, Any]) -> list[Listed]:
    """A page of an inbox; `wanted` is a condition on `r`, with names of `values` in it."""
    return [Listed._make(row) for row in _rows(_INBOX.replace("{wanted}", wanted), values)]


def read_board(values: Mapping[str, Any]) -> list[Listed]:
    """Both parts of a board: "undecided" and "changed"."""
    return [Listed._make(row) for row in _rows(_BOARD, values)]


def read_longest(values: Mapping[str, Any]) -> list[Listed]:
    """What has waited longest for some teams."""
    return [Listed._make(row) for row in _rows(_LONGEST, values)]


def read_people(values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What each of those who may triage for some teams holds for them."""
    return _rows(_PEOPLE, values)


def read_changes(values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What has been done lately to referrals of some teams."""
    return _rows(_CHANGES, values)


def read_news(wanted: Sequence[str], values: Mapping[str, Any]) -> tuple[Any, ...]:
    """When something in an inbox changed last (or None), and how many meet each condition."""
    counts = "".join(f",{_COUNT.replace('{wanted}', one)}" for one in wanted)
    return _rows(_NEWS.replace("{counts}", counts), values)[0]


def read_since(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """How many of an inbox are new, changed and newly overdue since a page was made."""
    return _rows(_SINCE, values)[0]


def read_waiting(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """How many need a decision, and how many wait for an answer of ours."""
    return _rows(_WAITING, values)[0]


def read_for_us(values: Mapping[str, Any]) -> int:
    """The second of these alone."""
    return int(_rows(_FOR_US, values)[0][0])


def read_told(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The points, the thread and the timeline of one referral."""
    return _rows(_TOLD, values)[0]


def read_detail(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """All that the page of one referral shows."""
    return _rows(_DETAIL, values)[0]


# Their values are the same for every reader. In the text PostgreSQL can plan with them once for
# all (a list of statuses that is a parameter hides which index fits).
_CONSTANTS = frozenset(
    {"asked", "accepted", "decide", "decided", "undecided", "working"}
    | {"counted_to", "most", "undecided_most"}
)
# Spelled out one by one, so that PostgreSQL knows how many there are.
_TEAMS = ("teams", "sending")


def _rows(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    teams = {name: tuple(values[name]) for name in _TEAMS if name in values}
    constants = tuple((name, _literal(values[name])) for name in _CONSTANTS & values.keys())
    given = {name: value for name, value in values.items() if name not in _CONSTANTS}
    for name, ids in teams.items():
        del given[name]
        given |= {f"{name}_{n}": pk for n, pk in enumerate(ids)}
    sizes = tuple((name, len(ids)) for name, ids in teams.items())
    with connection.cursor() as cursor:
        cursor.execute(_spelled_out(statement, frozenset(constants), sizes), given)
        return list(cursor.fetchall())


def _literal(value: int | list[str]) -> str:
    """As it stands in the text: 26, or a list of statuses (ours, without quotes in them)."""
    return str(int(value)) if isinstance(value, int) else f"ARRAY{value!r}"


@lru_cache(maxsize=512)
def _spelled_out(
    statement: str, constants: frozenset[tuple[str, str]], sizes: tuple[tuple[str, int], ...]
) -> str:
    """The text with its constants, and a place for each team."""
    for name, text in constants:
        statement = statement.replace(f"%({name})s", text)
    for name, size in sizes:
        places = ", ".join(f"%({name}_{n})s" for n in range(size))
        statement = statement.replace(f"%({name})s::bigint[]", f"ARRAY[{places}]::bigint[]")
    return statement

"""What pages read: each function says how many queries it costs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from portal.accounts.access import Reader
from portal.accounts.models import Membership, Team, User
from portal.accounts.roles import May, roles_that
from portal.core.clock import london
from portal.core.cursors import read_cursor, write_cursor
from portal.ui.words import titled
from referrals import access, statements
from referrals.listed import Listed
from referrals.models import Redirect, Referral, StatusChange
from referrals.states import DECIDED, UNDECIDED, Audience, Event, Status

PAGE = 25
COUNTED_TO = 1_000

# Filters of the inbox, in the order of the pills.
NEEDS_DECISION, OVERDUE, MINE, WAITING = "needs-decision", "overdue", "mine", "waiting"
ACCEPTED = "accepted"


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and where it goes on (empty: it ends here)."""

    rows: list[Listed]
    next_cursor: str


# What a pill of the inbox shows, as conditions on a referral. Due exactly now is overdue.
_WANTED = {
    NEEDS_DECISION: "r.status = ANY(%(decide)s)",
    OVERDUE: "r.status = ANY(%(decide)s) AND r.due_at <= %(at)s",
    MINE: "r.status = ANY(%(working)s) AND r.held_by_id = %(reader)s",
    # A clock that is paused has no due time, which the index can find.
    WAITING: "r.status = ANY(%(asked)s) AND r.due_at IS NULL",
    ACCEPTED: "r.status = ANY(%(accepted)s)",
}
STATUSES = {
    "decide": [Status.SENT.value, Status.ACKNOWLEDGED.value],
    "asked": [Status.ASKED.value],
    "undecided": sorted(status.value for status in UNDECIDED),
    "accepted": [Status.ACCEPTED.value],
    "working": sorted(status.value for status in (*UNDECIDED, Status.ACCEPTED)),
    "decided": sorted(status.value for status in DECIDED),
}
FILTERS = tuple(_WANTED)


def inbox_page(reader: Reader, name: str, at: datetime, cursor: str = "") -> Page:
    """A page of the inbox, soonest due first (paused ones last), then oldest: one query."""
    values = _inbox_values(reader, at) | {"most": PAGE + 1}
    wanted = f"({_WANTED[name]})"
    if cursor:
        due, pk = read_cursor("inbox", cursor)
        values |= {"after": due or None, "after_pk": pk}
        wanted += f" AND ({_later(name, paused=not due)})"
    found = statements.read_inbox(wanted, values)
    last = found[PAGE - 1] if len(found) > PAGE else None
    position = (
        write_cursor("inbox", last.due_at.isoformat() if last.due_at else "", last.pk)
        if last
        else ""
    )
    return Page(found[:PAGE], position)


def _later(name: str, *, paused: bool) -> str:
    """The rows behind the last one shown, said so that the index begins there."""
    if paused:
        return "r.due_at IS NULL AND r.id > %(after_pk)s"
    later = "r.due_at >= %(after)s AND (r.due_at > %(after)s OR r.id > %(after_pk)s)"
    # Only what one holds oneself, and what is accepted, has both kinds in one list.
    return f"{later} OR r.due_at IS NULL" if name in (MINE, ACCEPTED) else later


def _inbox_values(reader: Reader, at: datetime) -> dict[str, object]:
    return {**STATUSES, "teams": access.inbox_teams(reader), "at": at, "reader": reader.user.pk}


@dataclass(frozen=True)
class InboxNews:
    """How many each pill has (1,001 stands for "more than 1,000"), and a mark that changes
    whenever something in the reader's inbox does."""

    counts: dict[str, int]
    revision: str


def inbox_news(reader: Reader, at: datetime) -> InboxNews:
    """What stands around the rows of the inbox: one query, which counts no further than it says."""
    values = _inbox_values(reader, at) | {"counted_to": COUNTED_TO + 1}
    changed_at, *counts = statements.read_news(list(_WANTED.values()), values)
    mark = changed_at.isoformat() if changed_at else ""
    return InboxNews(dict(zip(_WANTED, counts, strict=True)), mark)


class Since(NamedTuple):
    """What has happened in an inbox since a page of it was made: 100 of each at most."""

    new: int
    changed: int
    overdue: int


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def inbox_since(
    reader: Reader, *, revision: datetime | None, made_at: datetime, at: datetime
) -> Since:
    """What is new, changed or overdue since the page with this mark: one query.

    `revision` None: the inbox was empty. What the reader has looked at since is no news.
    """
    values = _inbox_values(reader, at) | {"made_at": made_at, "counted_to": 100}
    return Since(*statements.read_since(values | {"since": revision or _LONG_AGO}))


@dataclass(frozen=True)
class Board:
    """A sender's referrals, by whom they wait for. Each list is cut at `BOARD_PART`."""

    for_us: list[Listed]
    overdue: list[Listed]
    for_them: list[Listed]
    changed: list[Listed]
    decided: list[Listed]


BOARD_PART = 50
NEWS_FOR = timedelta(days=14)
DECIDED_FOR = timedelta(days=30)


def board(reader: Reader, at: datetime) -> Board:
    """What the reader's teams have sent and is not done with: one query.

    `changed` are those in which something has happened since the reader's own last look, or
    since they were sent, in the last two weeks; `decided` those of the last 30 days.
    """
    values = {
        "teams": access.board_teams(reader),
        "reader": reader.user.pk,
        "today": london(at).date(),
        "recent": at - NEWS_FOR,
        "lately": at - DECIDED_FOR,
    }
    parts = {"undecided_most": 3 * BOARD_PART, "most": BOARD_PART}
    found = statements.read_board({**STATUSES, **values, **parts})
    waiting = [row for row in found if row.part == "undecided"]
    asked = [row for row in waiting if row.status == Status.ASKED]
    rest = [row for row in waiting if row.status != Status.ASKED]
    over = [row for row in rest if row.due_at and row.due_at <= at]
    them = [row for row in rest if not (row.due_at and row.due_at <= at)]
    shown = {row.pk for row in asked}
    news = [row for row in found if row.part == "changed" and row.pk not in shown]
    decided = [row for row in found if row.part == "decided"]
    return Board(*(part[:BOARD_PART] for part in (asked, over, them, news, decided)))


class Waiting(NamedTuple):
    """How many need a decision in the inbox, and wait for us on the board: 100 at most."""

    needs_decision: int
    for_us: int


WAITING_COUNTED_TO = 100


def waiting(reader: Reader, *, needs_decision: int | None = None) -> Waiting:
    """For the row of links on every page: one query, or none where there is no board either.

    `needs_decision`: what the page itself has counted, which is not counted again.
    """
    board = access.board_teams(reader)
    values = {"sending": board, "asked": STATUSES["asked"], "counted_to": WAITING_COUNTED_TO}
    if needs_decision is not None:
        for_us = statements.read_for_us(values) if board else 0
        return Waiting(min(needs_decision, WAITING_COUNTED_TO), for_us)
    inbox = {"teams": access.inbox_teams(reader), "decide": STATUSES["decide"]}
    return Waiting(*statements.read_waiting({**values, **inbox}))


class Told(NamedTuple):
    """What a program is told of one referral besides its own row, in finished shapes."""

    points: list[str]
    thread: list[dict[str, str]]
    timeline: list[dict[str, str]]


def told(referral: Referral, team: Team) -> Told:
    """Load it for one team: one query. Other teams' notes stay out."""
    both = Audience.BOTH.value
    return Told(*statements.read_told({"referral": referral.pk, "team": team.pk, "both": both}))


def handed_back_by(redirect: Redirect) -> str:
    """Who of the second team did not take it on; "" where something else ended the redirect."""
    if redirect.ended_at is None:
        return ""
    rows = StatusChange.objects.filter(
        referral=redirect.referral_id,
        event=Event.HAND_BACK,
        by_team=redirect.to_team_id,
        at=redirect.ended_at,
    )
    return rows.values_list("by__name", flat=True).first() or ""


def colleagues(team: Team, may: May) -> list[tuple[int, str]]:
    """(user id, "Name, job title") of the team's current members who may do something."""
    memberships = Membership.objects.current().filter(team=team, role__in=roles_that(may))
    users = User.objects.filter(pk__in=memberships.values("user")).order_by("name", "pk")
    return [(u.pk, titled(u.name, u.job_title)) for u in users]


def written_for(team: Team, referral: Referral) -> list[str]:
    """What the team has written in the thread, for whoever it is: the texts alone."""
    return list(referral.messages.filter(team=team).values_list("body", flat=True))

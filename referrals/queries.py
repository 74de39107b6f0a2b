"""Joins and prefetches for pages: each function says how many queries it costs."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, FilteredRelation, Prefetch, Q, QuerySet

from contacts.models import ServiceHours
from portal.accounts.access import Reader
from portal.accounts.models import Membership, Team, User
from portal.accounts.roles import May, Role, roles_that
from portal.core.cursors import read_cursor, write_cursor
from referrals import access
from referrals.models import (
    Decision,
    Message,
    Opening,
    Pause,
    Redirect,
    Referral,
    StatusChange,
)
from referrals.states import UNDECIDED, Audience, Status

PAGE = 25
COUNTED_TO = 1_000

# Filters of the inbox, in the order of the pills.
NEEDS_DECISION, OVERDUE, MINE, WAITING = "needs-decision", "overdue", "mine", "waiting"


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and where it goes on (empty: it ends here)."""

    rows: list[Referral]
    next_cursor: str


def for_rows(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    """With all that a row of a list shows: three queries for any number of rows."""
    return rows.select_related(
        "person", "service", "sending_team", "receiving_team", "held_by"
    ).prefetch_related("points", hours())


def hours() -> Prefetch:
    """The opening hours of each row's service, for its clock."""
    return Prefetch("service__opening_hours", queryset=ServiceHours.objects.order_by("weekday"))


def inbox_filter(name: str, reader: Reader, at: datetime) -> Q:
    """What a pill of the inbox shows. Half-open: due exactly now is overdue."""
    decide = Q(status__in=[Status.SENT, Status.ACKNOWLEDGED])
    return {
        NEEDS_DECISION: decide,
        OVERDUE: decide & Q(due_at__lte=at),
        MINE: Q(status__in=list(UNDECIDED), held_by=reader.user),
        WAITING: Q(status=Status.ASKED),
    }[name]


def inbox_page(reader: Reader, name: str, at: datetime, cursor: str = "") -> Page:
    """A page of the inbox, soonest due first (paused ones last), then oldest."""
    rows = access.received_by(reader).filter(inbox_filter(name, reader, at))
    if cursor:
        due, pk = read_cursor(cursor)
        if due:
            moment = datetime.fromisoformat(str(due))
            later = Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=pk) | Q(due_at__isnull=True)
            rows = rows.filter(later)
        else:
            rows = rows.filter(due_at__isnull=True, pk__gt=pk)
    ordered = for_rows(rows).order_by(F("due_at").asc(nulls_last=True), "pk")
    found = list(ordered[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    position = write_cursor(last.due_at.isoformat() if last.due_at else "", last.pk) if last else ""
    return Page(found[:PAGE], position)


def inbox_counts(reader: Reader, at: datetime) -> dict[str, int]:
    """How many each pill has, counted to 1,000 at most: one query over the undecided."""
    names = (NEEDS_DECISION, OVERDUE, MINE, WAITING)
    undecided = (
        access.received_by(reader)
        .filter(status__in=list(UNDECIDED))
        .values("pk", "status", "due_at", "held_by")[: COUNTED_TO + 1]
    )
    counts = dict.fromkeys(names, 0)
    for row in undecided:
        decide = row["status"] in (Status.SENT, Status.ACKNOWLEDGED)
        counts[NEEDS_DECISION] += decide
        counts[OVERDUE] += bool(decide and row["due_at"] and row["due_at"] <= at)
        counts[MINE] += row["held_by"] == reader.user.pk
        counts[WAITING] += row["status"] == Status.ASKED
    return counts


def inbox_revision(reader: Reader) -> str:
    """A mark that changes whenever something in the reader's inbox does: one query, indexed."""
    newest = (
        access.received_by(reader).order_by("-changed_at").values_list("changed_at", flat=True)
    ).first()
    return newest.isoformat() if newest else ""


@dataclass(frozen=True)
class Board:
    """A sender's referrals, by whom they wait for. Each list is cut at `BOARD_PART`."""

    for_us: list[Referral]
    overdue: list[Referral]
    for_them: list[Referral]
    changed: list[Referral]


BOARD_PART = 50


def board(reader: Reader, at: datetime) -> Board:
    """What the reader's teams have sent and is not done with: a bounded number of queries."""
    sent = access.sent_by_teams_of(reader)
    waiting = list(
        for_rows(sent.filter(status__in=list(UNDECIDED))).order_by(
            F("due_at").asc(nulls_first=True), "pk"
        )[: 3 * BOARD_PART]
    )
    asked = [r for r in waiting if r.status == Status.ASKED]
    rest = [r for r in waiting if r.status != Status.ASKED]
    over = [r for r in rest if r.due_at and r.due_at <= at]
    them = [r for r in rest if not (r.due_at and r.due_at <= at)]
    shown = {r.pk for r in asked}
    news = [r for r in changed_since_looked(sent, reader) if r.pk not in shown]
    return Board(asked[:BOARD_PART], over[:BOARD_PART], them[:BOARD_PART], news[:BOARD_PART])


def changed_since_looked(sent: QuerySet[Referral], reader: Reader) -> list[Referral]:
    """Those in which something has happened since the reader's own last look."""
    looked = FilteredRelation("openings", condition=Q(openings__user=reader.user))
    rows = sent.annotate(looked=looked).filter(
        Q(looked__seen_at__lt=F("changed_at")), changed_at__gt=F("sent_at")
    )
    return list(for_rows(rows).order_by("-changed_at")[:BOARD_PART])


def waits_for_us(reader: Reader) -> int:
    """How many of the teams' referrals wait for an answer of ours: for the navigation."""
    rows = access.sent_by_teams_of(reader).filter(status=Status.ASKED).values("pk")
    return len(rows[:100])


def needs_decision(reader: Reader) -> int:
    """How many in the inbox need a decision, counted to 100: for the navigation."""
    rows = access.received_by(reader).filter(status__in=[Status.SENT, Status.ACKNOWLEDGED])
    return len(rows.values("pk")[:100])


@dataclass(frozen=True)
class Detail:
    """All that the page of one referral shows to one team."""

    referral: Referral
    points: list[str]
    messages: list[Message]
    changes: list[StatusChange]
    openings: list[Opening]
    decisions: list[Decision]
    pauses: list[Pause]
    redirects: list[Redirect]

    @property
    def open_pause(self) -> Pause | None:
        """The question that waits for an answer."""
        return next((pause for pause in self.pauses if pause.ended_at is None), None)

    @property
    def waiting_redirect(self) -> Redirect | None:
        """The redirect that the second team has not acknowledged."""
        waiting = (r for r in self.redirects if r.acknowledged_at is None and r.ended_at is None)
        return next(waiting, None)


def detail(referral: Referral, team: Team) -> Detail:
    """Load what the page of one referral shows: eight queries. Other teams' notes stay out."""
    messages = referral.messages.filter(Q(audience=Audience.BOTH) | Q(team=team))
    return Detail(
        referral=referral,
        points=[point.text for point in referral.points.all()],
        messages=list(messages.select_related("author", "team", "answers")),
        changes=list(referral.changes.select_related("by", "by_team")),
        openings=list(referral.openings.select_related("user", "team")),
        decisions=list(referral.decisions.select_related("by", "worker")),
        pauses=list(referral.pauses.select_related("question")),
        redirects=list(
            referral.redirects.select_related("to_service__receiving_team", "from_service", "by")
        ),
    )


def colleagues(team: Team, may: May) -> list[tuple[int, str]]:
    """(user id, "Name, job title") of the team's current members who may do something."""
    return _people(Membership.objects.current().filter(team=team, role__in=roles_that(may)))


def clinicians(team: Team) -> list[tuple[int, str]]:
    """The team's clinicians, for a referral that is prepared for one of them."""
    return _people(Membership.objects.current().filter(team=team, role=Role.CLINICIAN))


def _people(memberships: QuerySet[Membership]) -> list[tuple[int, str]]:
    users = User.objects.filter(pk__in=memberships.values("user")).order_by("name", "pk")
    return [(u.pk, f"{u.name}, {u.job_title}" if u.job_title else u.name) for u in users]

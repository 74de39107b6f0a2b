"""Rows of the inbox and the board."""

from collections.abc import Iterable
from datetime import datetime, time

from django.urls import reverse

from portal.core.clock import london
from portal.ui.shapes import Chip, Claim, InboxRow, Pill
from portal.ui.shapes import Urgency as Bar
from portal.ui.words import LONDON, age, clock_time, join_words, near_when, plural, short_day
from portal.worktime.hours import WeeklyHours
from portal.worktime.words import due_lines, due_words
from referrals import queries
from referrals.letters import IN_THE_LETTER
from referrals.listed import Listed
from referrals.models import Referral
from referrals.queries import Since
from referrals.references import path_to
from referrals.rules import is_under_18
from referrals.states import ENDED, STATUS_WORDS, URGENCY_WORDS, Agreement, Status, Urgency

_BAR: dict[str, Bar] = {Urgency.TODAY: "today", Urgency.THIS_WEEK: "week", Urgency.ROUTINE: ""}

_UNANSWERED = (Status.SENT, Status.ACKNOWLEDGED)

PILL_WORDS = {
    queries.NEEDS_DECISION: "Needs a decision",
    queries.OVERDUE: "Overdue",
    queries.MINE: "Mine",
    queries.WAITING: "Waiting for others",
    queries.ACCEPTED: "Accepted",
}


def pills(counts: dict[str, int], current: str) -> list[Pill]:
    """The filters above the inbox, each with its count."""
    here = reverse("inbox")
    return [
        Pill(
            label=words,
            count=counts[name],
            href=here if name == queries.NEEDS_DECISION else f"{here}?show={name}",
            current=name == current,
        )
        for name, words in PILL_WORDS.items()
    ]


def inbox_rows(referrals: Iterable[Listed], at: datetime, *, may_claim: bool) -> list[InboxRow]:
    """The inbox: urgency, age, answer due, who holds it."""
    return [_row(r, at, origin=r.sending_team, may_claim=may_claim) for r in referrals]


def board_rows(referrals: Iterable[Listed], at: datetime) -> list[InboxRow]:
    """The sender's list: the same rows, with where each one is."""
    return [_row(r, at, origin=r.service_name, may_claim=False, sender=True) for r in referrals]


def _row(
    referral: Listed, at: datetime, *, origin: str, may_claim: bool, sender: bool = False
) -> InboxRow:
    due, detail, over = _due(referral, at, sender=sender)
    here = path_to(referral.reference)
    years = f", {age(referral.born_on, london(at).date())}" if referral.born_on else ""
    urgency = Urgency(referral.urgency)
    claim = None
    if may_claim and (referral.status == Status.SENT or referral.handed_to == ""):
        claim = Claim(href=f"{here}claim/", version=referral.version)
    return InboxRow(
        href=here,
        person=referral.person_name + years,
        reference=referral.reference,
        origin=f"{origin} · {sent_words(referral, at)}",
        points=referral.points or [IN_THE_LETTER],
        urgency=_BAR[urgency],
        urgency_words="" if urgency == Urgency.ROUTINE else URGENCY_WORDS[urgency],
        chips=chips(referral),
        due=due,
        due_detail=detail,
        overdue=over,
        held_by=referral.held_by or _nobody(referral, sender=sender),
        claim=claim,
        changed=_mark(referral, sender=sender),
    )


def _due(referral: Listed, at: datetime, *, sender: bool) -> tuple[str, str, bool]:
    """`due_of`, with whom a question waits for and until when."""
    if referral.status != Status.ASKED or referral.answer_by is None:
        return due_of(referral, referral.hours, at)
    day = short_day(datetime.combine(referral.answer_by, time(12), LONDON), at)
    if referral.answer_by < london(at).date():
        return ("Your answer is late" if sender else "No answer yet"), f"needed by {day}", True
    return ("Your answer" if sender else "Paused"), f"needed by {day}", False


def _nobody(referral: Listed, *, sender: bool) -> str:
    """What the sender may take for granted while nobody holds it, and what not."""
    if referral.status in ENDED:
        return "Nobody"
    if not sender or referral.status != Status.SENT:
        return "Nobody yet"
    return "Opened, nobody holds it" if referral.team_seen_at else "Not opened yet"


def _mark(referral: Listed, *, sender: bool) -> str:
    """Whether it is new to the team, or has changed since the reader's own last look; of the
    receiving side, who never looked goes by the team's. inbox_since.sql counts the same."""
    if referral.seen_at is not None:
        return "Changed since you looked" if referral.changed_at > referral.seen_at else ""
    if sender:
        return ""
    if referral.team_seen_at is None:
        return "New"
    return "Changed since your team looked" if referral.changed_at > referral.team_seen_at else ""


def news_words(since: Since, made_at: datetime) -> str:
    """ "3 new and 1 changed since 14:05."; empty where nothing has happened."""
    counted = (
        f"{since.new} new" if since.new else "",
        f"{since.changed} changed" if since.changed else "",
        f"{since.overdue} more overdue" if since.overdue else "",
    )
    words = join_words(counted)
    return f"{words} since {clock_time(made_at)}." if words else ""


def sent_words(referral: Listed, at: datetime) -> str:
    """Its age: "sent today 09:10", "sent 3 days ago"."""
    days = (london(at).date() - london(referral.sent_at).date()).days
    if days < 2:
        return f"sent {near_when(referral.sent_at, at)}"
    return f"sent {plural(days, 'day')} ago"


def due_of(referral: Referral | Listed, hours: WeeklyHours, at: datetime) -> tuple[str, str, bool]:
    """(first line, second line, overdue) of when the answer is due; in words where it is not.

    `hours` are those of its service.
    """
    if referral.status == Status.ASKED:
        return "Paused", "waiting for the sender", False
    if referral.due_at is None or referral.status not in _UNANSWERED:
        return status_words(referral), short_day(referral.status_since, at), False
    lines = due_lines(referral.due_at, at, hours)
    return lines.first, lines.second, lines.over


def due_at_first(referral: Referral | Listed, hours: WeeklyHours, at: datetime) -> str:
    """The first line of `due_of` by itself."""
    if referral.due_at is not None and referral.status in _UNANSWERED:
        return due_words(referral.due_at, at, hours)
    return due_of(referral, hours, at)[0]


def status_words(referral: Referral | Listed) -> str:
    """The status in a word."""
    return STATUS_WORDS[Status(referral.status)]


def chips(referral: Referral | Listed) -> list[Chip]:
    """Short facts that must not be missed."""
    found = []
    born_on = referral.born_on if isinstance(referral, Listed) else referral.person.born_on
    if is_under_18(born_on, london(referral.sent_at).date()):
        found.append(Chip(text="under 18: children's services", tint="amber"))
    if isinstance(referral, Listed) and referral.handed_to is not None:
        to = referral.handed_to
        words = f"redirected to {to}, not acknowledged yet" if to else "redirected to you"
        found.append(Chip(text=words, tint="amber"))
    if referral.agreement == Agreement.OBJECTS:
        found.append(Chip(text="the person objects", tint="red"))
    elif referral.agreement == Agreement.BEST_INTERESTS:
        found.append(Chip(text="best interests", tint="amber"))
    return found

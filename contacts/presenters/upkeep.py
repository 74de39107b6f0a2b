"""What is due, what is reported, and who does something about it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from contacts.falling_due import checks_of
from contacts.models import Report, Service
from contacts.presenters.checked import day_words
from contacts.rhythm import LEAST_MONTHS, MOST_MONTHS
from contacts.states import OUTCOME_WORDS, TROUBLE_WORDS, Outcome, Trouble
from contacts.upkeep import Due, OpenReports, Reported
from portal.core.clock import london
from portal.ui.words import join_words, near_when, plural, titled
from portal.worktime.words import WEEKDAYS

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TROUBLES = [(str(trouble), words) for trouble, words in TROUBLE_WORDS.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryUpkeep:
    """What a signed-in reader can do for an entry.

    `reported` says that others report something. `own` is the reader's own open report, to which
    words can be added; `hears` says who is told of it. The rest is for its editors: `answers` lead
    to open reports.
    """

    reference: str
    reported: str
    own: Report | None
    hears: str
    edits: bool
    checked_today: bool
    due: str
    every: int
    rhythms: Sequence[tuple[int, str]]
    answers: Sequence[tuple[str, str]]


def entry_upkeep(
    service: Service,
    found: Sequence[Reported],
    own: Report | None,
    *,
    looked_after: bool,
    edits: bool,
    at: datetime,
) -> EntryUpkeep:
    """For the page of one entry. `looked_after`: whether anybody is told of what is reported."""
    day = london(at).date()
    days = checks_of(service)
    verb = "Due since" if days.is_due(day) else "Due again on"
    return EntryUpkeep(
        reference=service.reference,
        reported=all_reported(found, at),
        own=own,
        hears=who_hears(service.organisation.name, looked_after=looked_after),
        edits=edits,
        checked_today=service.last_checked_on == day,
        due=f"{verb} {day_words(days.due_on, at)}.",
        every=service.check_every_months,
        rhythms=[(n, plural(n, "month")) for n in range(LEAST_MONTHS, MOST_MONTHS + 1)],
        answers=[
            (TROUBLE_WORDS[one.trouble], reverse("directory-report", args=[one.reference]))
            for one in found
        ]
        if edits
        else [],
    )


def who_hears(organisation: str, *, looked_after: bool) -> str:
    """What a reporter can count on: an answer, or at least that colleagues read it."""
    if looked_after:
        return f"{organisation} is told, and you will hear its answer."
    return (
        "It stands beside the entry, where colleagues read it. Nobody at"
        f" {organisation} looks after its entries here yet, so nobody is told now,"
        " and do not count on an answer."
    )


def all_reported(found: Sequence[Reported | OpenReports], at: datetime) -> str:
    """`Reported by one person today: wrong number.`; empty where nothing is."""
    if not found:
        return ""
    people = max(one.people for one in found)
    what = join_words(TROUBLE_WORDS[one.trouble].lower() for one in found)
    return f"{reported_words(people, min(one.since for one in found), at)}: {what}."


def reported_words(people: int, since: datetime, at: datetime) -> str:
    """`Reported by two people since Tuesday`."""
    number = _NUMBERS[people] if people < len(_NUMBERS) else str(people)
    return f"Reported by {number} {'person' if people == 1 else 'people'} {_since(since, at)}"


def _since(moment: datetime, at: datetime) -> str:
    day, today = london(moment).date(), london(at).date()
    back = (today - day).days
    if back < 1:
        return "today"
    if back == 1:
        return "since yesterday"
    return f"since {WEEKDAYS[day.weekday()] if back <= 6 else day_words(day, at)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """An entry that is due, in a list."""

    name: str
    organisation: str
    href: str
    words: str
    overdue: bool


def due_rows(found: Sequence[Due], at: datetime) -> list[DueRow]:
    """Those that are due, in words."""
    day = london(at).date()
    return [
        DueRow(
            name=one.name,
            organisation=one.organisation,
            href=reverse("directory-entry", args=[one.reference]),
            words=_due_words(one, day, at),
            overdue=one.checks.is_unchecked(day),
        )
        for one in found
    ]


def _due_words(one: Due, day: date, at: datetime) -> str:
    since = f"Due since {day_words(one.checks.due_on, at)}"
    if one.checks.is_unchecked(day):
        return f"{since}. Shown as unchecked."
    if one.checks.unchecked_from is None:
        return f"{since}."
    return f"{since}. Shown as unchecked from {day_words(one.checks.unchecked_from, at)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """Open reports of one trouble, in a list of their owner's."""

    title: str
    name: str
    href: str
    words: str


def report_rows(found: Sequence[Reported], at: datetime) -> list[ReportRow]:
    """Those that wait for an answer, in words."""
    return [
        ReportRow(
            title=TROUBLE_WORDS[one.trouble],
            name=one.service.name,
            href=reverse("directory-report", args=[one.reference]),
            words=f"{reported_words(one.people, one.since, at)}.",
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """One report for its reporter, or for the owner who answers it."""

    reference: str
    title: str
    name: str
    hears: str
    entry_href: str
    said: Sequence[tuple[str, str]]
    is_open: bool
    outcome: str
    answer: str
    answered: str
    can_answer: bool


def report_page(
    row: Report,
    others: Sequence[Report],
    *,
    edits: bool,
    leads: bool,
    looked_after: bool,
    by: int,
    at: datetime,
) -> ReportPage:
    """For the reader `by`. `others` are the open ones of the same trouble with it: a reporter who
    does not look after the entry (`leads`) sees only their own."""
    shown = others if leads and row.answered_at is None else [row]
    answered = ""
    if row.answered_at and row.answered_by:
        who = row.answered_by
        answered = f"{who.name}, {row.service.organisation.name}, {near_when(row.answered_at, at)}"
    return ReportPage(
        reference=row.reference,
        title=TROUBLE_WORDS[Trouble(row.trouble)],
        name=row.service.name,
        hears=who_hears(row.service.organisation.name, looked_after=looked_after),
        entry_href=reverse("directory-entry", args=[row.service.reference]),
        said=[(_who(one, by, at), one.words) for one in shown],
        is_open=row.answered_at is None,
        outcome=OUTCOME_WORDS[Outcome(row.outcome)] if row.outcome else "",
        answer=row.answer,
        answered=answered,
        can_answer=edits and row.answered_at is None,
    )


def _who(row: Report, reader: int, at: datetime) -> str:
    by = row.reported_by
    name = titled(by.name, by.job_title)
    name = "You" if by.pk == reader else name
    return f"{name}, {near_when(row.reported_at, at)}"

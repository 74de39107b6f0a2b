"""What a directory entry must be: sentences for its editor. No database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from contacts.states import Basis, Channel, Kind, Visibility
from portal.core.refused import InvalidInput, Refused
from portal.worktime.hours import MIDNIGHT, Opening, WeeklyHours

LONGEST_LINE = 160
MOST_LINES = 8
MOST_CONTACTS = 20
MOST_NOTICES = 5
# What stands longer than this is no notice: it belongs into the entry.
LONGEST_NOTICE = timedelta(days=92)
# Characters; what a reader takes in while somebody waits beside them.
LIMITS = {
    "name": 120,
    "summary": 400,
    "how_it_takes_referrals": 300,
    "ring_first": 300,
    "threshold": 600,
}
NOTICE_LIMIT = 200
LIMIT_OF_REASON = 200
_SHAPES = {
    Channel.TELEPHONE: (
        re.compile(r"\+?[0-9][0-9 ]{2,28}"),
        "a telephone number has digits and spaces, like 020 7946 0123",
    ),
    Channel.EMAIL: (
        re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"),
        "an email address is like team@example.org",
    ),
    Channel.WEB: (
        re.compile(r"https?://[^\s]+"),
        "a web address begins with https://",
    ),
}


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A way to reach a service, and who may see it."""

    kind: Channel
    value: str
    visibility: Visibility = Visibility.PUBLIC
    label: str = ""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Words that stand beside an entry from a moment until another, and who reads them."""

    text: str
    starts_at: datetime
    ends_at: datetime
    visibility: Visibility = Visibility.PUBLIC


@dataclass(frozen=True, slots=True)
class Standards:
    """How soon a referral is answered, in minutes of the service's opening hours."""

    routine: int
    this_week: int
    today: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """All that an entry says, except who it belongs to and who reads its referrals.

    `covers` are GSS codes of districts or of whole authorities. `openings` are London clock
    times; empty with `always_open`, or where nobody has said.
    """

    name: str
    kind: Kind
    basis: Basis
    nation: str = "England"
    covers: Sequence[str] = ()
    contacts: Sequence[ContactFacts] = ()
    is_single_point_of_access: bool = False
    summary: str = ""
    what_it_needs: Sequence[str] = ()
    what_it_does_not_do: Sequence[str] = ()
    ring_first: str = ""
    threshold: str = ""
    how_it_takes_referrals: str = ""
    openings: Sequence[Opening] = ()
    always_open: bool = False
    closed_on_bank_holidays: bool = True
    standards: Standards | None = None
    is_invented: bool = field(default=False)


def check_entry(facts: EntryFacts, *, takes_referrals: bool) -> None:
    """Raises InvalidInput, with the field, for what cannot be an entry."""
    if not facts.name.strip():
        raise InvalidInput("Enter the name of the service.", field="name")
    _check_lengths(facts)
    _check_lines(facts.what_it_needs, "what_it_needs")
    _check_lines(facts.what_it_does_not_do, "what_it_does_not_do")
    if len(facts.contacts) > MOST_CONTACTS:
        raise InvalidInput(f"{MOST_CONTACTS} ways to reach a service at most.", field="contacts")
    for contact in facts.contacts:
        check_contact(contact)
    _check_hours(facts)
    _check_standards(facts.standards)
    if not takes_referrals:
        return
    if facts.standards is None:
        raise InvalidInput(
            "Say how soon a referral is answered: a team that takes them has a clock.",
            field="standards",
        )
    if not (facts.openings or facts.always_open):
        raise InvalidInput(
            "Enter the opening hours: without them nobody knows when a referral is read.",
            field="openings",
        )


def _check_lengths(facts: EntryFacts) -> None:
    for name, limit in LIMITS.items():
        if len(getattr(facts, name)) > limit:
            raise InvalidInput(f"{limit} characters at most: short texts are read.", field=name)


def _check_lines(lines: Sequence[str], name: str) -> None:
    if len(lines) > MOST_LINES:
        raise InvalidInput(f"{MOST_LINES} lines at most: short lists are read.", field=name)
    if any(not line.strip() or len(line) > LONGEST_LINE for line in lines):
        raise InvalidInput(f"Each line has 1 to {LONGEST_LINE} characters.", field=name)


def check_contact(contact: ContactFacts) -> None:
    """Raises InvalidInput for what is no number, address or page."""
    shape, advice = _SHAPES[Channel(contact.kind)]
    if not shape.fullmatch(contact.value):
        raise InvalidInput(f"“{contact.value[:60]}” cannot be used: {advice}.", field="contacts")


def _check_hours(facts: EntryFacts) -> None:
    if facts.always_open and facts.openings:
        raise InvalidInput(
            "A service that is always open has no opening hours beside that.", field="openings"
        )
    check_no_overlap(facts.openings)
    try:
        WeeklyHours(tuple(facts.openings), facts.nation, facts.closed_on_bank_holidays)
    except ValueError as error:
        raise InvalidInput(str(error), field="openings") from error


def _check_standards(standards: Standards | None) -> None:
    if standards is None:
        return
    if not 0 < standards.today <= standards.this_week <= standards.routine:
        raise InvalidInput(
            "“Today” is answered no later than “this week”, and that no later than “routine”.",
            field="standards",
        )


def check_no_overlap(openings: Sequence[Opening]) -> None:
    """Raises InvalidInput where a day's openings overlap; they may meet."""
    ordered = sorted(openings)
    for one, other in pairwise(ordered):
        to_midnight = one.closes == MIDNIGHT
        if one.weekday == other.weekday and (to_midnight or other.opens < one.closes):
            raise InvalidInput(
                f"{one.opens:%H:%M} to {one.closes:%H:%M} and {other.opens:%H:%M} to"
                f" {other.closes:%H:%M} overlap: write them as one.",
                field="openings",
            )


def check_notice(notice: NoticeFacts, at: datetime) -> None:
    """Raises InvalidInput for a notice that could not be put up at this moment."""
    if not notice.text.strip() or len(notice.text) > NOTICE_LIMIT:
        raise InvalidInput(f"A notice has 1 to {NOTICE_LIMIT} characters.", field="notices")
    if notice.visibility == Visibility.PROTECTED:
        raise InvalidInput("A notice is for everybody or for colleagues.", field="notices")
    if notice.ends_at <= at:
        raise InvalidInput("This notice would be over already: say a later end.", field="notices")
    if notice.ends_at <= notice.starts_at:
        raise InvalidInput("A notice ends after it begins.", field="notices")
    if notice.ends_at - at > LONGEST_NOTICE:
        raise InvalidInput(
            f"A notice ends within {LONGEST_NOTICE.days} days: what stays longer belongs"
            " into the entry.",
            field="notices",
        )


def check_reason(reason: str) -> None:
    """Raises InvalidInput where an entry would be closed without words, or with too many."""
    if not reason.strip() or len(reason) > LIMIT_OF_REASON:
        raise InvalidInput(
            "Say in a few words why it closes, and where people go now.", field="reason"
        )


def check_open(closed_on: date | None) -> None:
    """Raises Refused for a change of an entry that is closed."""
    if closed_on is not None:
        raise Refused(
            "This entry is closed. Undo the closing in its history, then change it.",
            code="closed-entry",
        )

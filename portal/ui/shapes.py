"""What presenters hand to the macros in templates/components: finished words, nothing else.

A shape is plain data without a rule or a query in it. Where a text may stress words, it puts
them between asterisks: "Adult social care goes by where the person *lives*".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tint = Literal["grey", "amber", "red", "blue", "green"]
Side = Literal["health", "social", "other"]
Urgency = Literal["today", "week", "routine", ""]


# --- the frame of every page ---------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One entry of the white row. `badge_words` say what the number counts: "need a decision"."""

    label: str
    href: str
    current: bool = False
    badge: int = 0
    badge_words: str = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link in words."""

    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who is signed in: "Dr A. Example, GP", "Longsight practice", and where their account is."""

    name: str
    team: str
    href: str
    sign_out_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """How static/cg/idle.js warns. Times in seconds since the last activity.

    `account` is any short text that is the same for the same account and no other (not a name,
    not an address): after a new sign-in the page shows itself again only to the same account.
    """

    still_here_href: str
    sign_in_href: str
    warn_after: int
    ends_after: int
    account: str


# --- small things --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A short fact that must not be missed: "carer at breaking point"."""

    text: str
    tint: Tint = "grey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row of "Name: Margaret Example"; with `href` the detail is a link, `rest` is not."""

    term: str
    detail: str
    href: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pill:
    """One filter above a list."""

    label: str
    count: int
    href: str
    current: bool = False


# --- who to contact ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The first box of a page. `action` is the one green button, `action_note` stands beside it."""

    heading: str
    basis: str = ""
    telephone: str = ""
    open_words: str = ""
    open_now: bool = False
    notes: Sequence[str] = ()
    action: Link | None = None
    action_note: str = ""


# --- a list of referrals -------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The button that takes a referral: posts `version` to `href`."""

    href: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One referral in a list. The bar at the left repeats `urgency_words` in colour."""

    href: str
    person: str
    reference: str
    origin: str
    points: Sequence[str]
    urgency: Urgency = ""
    urgency_words: str = ""
    chips: Sequence[Chip] = ()
    due: str = ""
    due_detail: str = ""
    overdue: bool = False
    held_by: str = ""
    claim: Claim | None = None
    changed: str = ""


# --- a referral ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The banner: the same everywhere."""

    name: str
    born: str
    nhs_number: str
    address: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One dot of the timeline; hollow while it lies ahead.

    `undo` is the quiet button beneath it ("Undo (until 14:32)"), `undone` crosses it out.
    """

    what: str
    when: str
    ahead: bool = False
    undo: str = ""
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of the thread. `about` follows the name: role, team, time, seen by."""

    anchor: str
    side: Side
    initials: str
    name: str
    about: str
    text: str
    own_team_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How fast one side answers the other."""

    title: str
    time: str
    note: str


# --- lanes of time -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of one lane, in thousandths of its whole length."""

    kind: Literal["clinic", "busy", "meeting", "writing"]
    start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One person's stretch of day. `words` say the same to those who listen."""

    label: str
    words: str
    spans: Sequence[Span]

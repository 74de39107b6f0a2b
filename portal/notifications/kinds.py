"""The kinds of notification: what each says, and which facts it may carry. No person, ever.

A kind's mail is `templates/notifications/<kind>.txt`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.core import sealing
from portal.ui.words import short_when

# Urgency, the team it concerns, what is wanted, by when, and the public reference.
REFERRAL_FACTS = frozenset({"urgency", "team", "wanted", "by", "reference"})
# Besides these: what the meeting is called, when, how and where; the link with which one answers;
# and the invitation as calendars read it.
MEETING_FACTS = REFERRAL_FACTS | {"title", "when", "how", "where", "answer", "calendar"}
LONGEST_FACT = 300
LONGEST_TEXT = 10_000


class Group(StrEnum):
    """Kinds for which people choose together."""

    TEAM = "team"
    OWN = "own"
    DIRECTORY = "directory"
    MEETINGS = "meetings"


_GROUP_OF = {
    "referral": Group.OWN,
    "directory": Group.DIRECTORY,
    "meeting": Group.MEETINGS,
}
_TO_THE_TEAM = frozenset({"referral.sent", "referral.redirected", "referral.moved"})


@dataclass(frozen=True)
class Kind:
    """One kind. `secret` facts are kept sealed, and only until the mail is sent."""

    name: str
    says: str
    facts: frozenset[str] = REFERRAL_FACTS
    secret: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()

    @property
    def group(self) -> Group | None:
        """The group in which people choose whether they want mails; None where there is no choice:
        what concerns an account has to reach its owner."""
        if self.name in _TO_THE_TEAM:
            return Group.TEAM
        return _GROUP_OF.get(self.name.partition(".")[0])

    @property
    def must_hold_secret(self) -> bool:
        """Whether its mail is of no use once the secret is gone: it cannot be sent again."""
        return bool(self.secret & self.needed)

    @property
    def template(self) -> str:
        """The name of the mail's template."""
        return f"notifications/{self.name}.txt"


_ACCOUNT_LINK = frozenset({"link"})


def _of_meeting(name: str, says: str) -> Kind:
    """The link to answer with opens no account; without it there is still the page."""
    return Kind(name, says, facts=MEETING_FACTS, secret=frozenset({"answer"}))


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("referral.sent", "A referral has come in"),
        Kind("referral.acknowledged", "A referral has been acknowledged"),
        Kind("referral.taken-over", "A referral has been taken over by a colleague"),
        Kind("referral.asked", "Information is asked for"),
        Kind("referral.answered", "A question has been answered"),
        Kind("referral.accepted", "A referral has been accepted"),
        Kind("referral.declined", "A referral has been declined"),
        Kind("referral.redirected", "A referral has been redirected"),
        Kind("referral.withdrawn", "A referral has been withdrawn"),
        Kind("referral.closed", "A referral has been closed"),
        Kind("referral.outside", "A referral has been handed over outside the portal"),
        Kind("referral.handed-back", "Another service does not take on a redirected referral"),
        Kind("referral.reopened", "A referral has been reopened"),
        Kind("referral.undone", "Something was done by mistake, and has been undone"),
        Kind("referral.answer-late", "An answer was needed and has not come"),
        Kind("referral.moved", "A referral has moved to another council"),
        Kind("referral.left-behind", "A referral waits for a council that took over"),
        Kind("referral.message", "There is a new message on a referral"),
        Kind("meeting.clash", "Something has come to lie on a meeting"),
        Kind("meeting.visit-asked", "A colleague would like to visit you"),
        Kind("meeting.visit-declined", "The time of your visit does not suit your host"),
        Kind("directory.due", "The directory is due to be checked"),
        Kind("directory.due-lead", "Nobody has checked the directory"),
        Kind("directory.reported", "Something is wrong in the directory"),
        Kind("directory.report-late", "Something is still wrong in the directory"),
        Kind("directory.report-late-lead", "Nobody has answered a report about the directory"),
        Kind("directory.answered", "What you reported has been answered"),
        # No choice: a calendar that cannot be read lets others plan into busy hours.
        Kind(
            "calendar.trouble",
            "One of your calendars cannot be read",
            facts=frozenset({"why"}),
            needed=frozenset({"why"}),
        ),
        _of_meeting("meeting.invited", "You are invited to a meeting"),
        _of_meeting("meeting.moved", "A meeting has been moved"),
        _of_meeting("meeting.place", "How or where a meeting is held has changed"),
        _of_meeting("meeting.cancelled", "A meeting has been cancelled"),
        _of_meeting("meeting.removed", "You are no longer expected at a meeting"),
        Kind("meeting.left", "Somebody who had a part in a meeting has left their team"),
        _of_meeting("meeting.asked-in-writing", "You are asked to write to a meeting"),
        _of_meeting("meeting.without-you", "A meeting is held at a time when you cannot come"),
        _of_meeting("meeting.declined", "You do not come to a meeting"),
        _of_meeting("meeting.answered", "An invitation to a meeting has been answered"),
        Kind("meeting.agenda", "An item has been added to a meeting"),
        Kind("meeting.write", "A meeting tomorrow waits for what you write"),
        Kind("meeting.series", "A series of meetings has changed"),
        Kind("meeting.action", "You are to do something that was agreed at a meeting"),
        Kind("meeting.action-due", "Something that was agreed at a meeting is due"),
        Kind("meeting.action-ended", "Something that was agreed at a meeting has ended"),
        Kind("meeting.minutes", "A meeting has been held"),
        Kind("meeting.corrected", "The minutes of a meeting have been corrected"),
        Kind(
            "account.invited",
            "You are invited to Common Ground",
            facts=frozenset({"link", "team", "by"}),
            secret=_ACCOUNT_LINK,
            needed=_ACCOUNT_LINK,
        ),
        Kind(
            "account.password-reset",
            "Choose a new password for Common Ground",
            facts=frozenset({"link", "by"}),
            secret=_ACCOUNT_LINK,
            needed=_ACCOUNT_LINK,
        ),
        Kind(
            "account.mailbox-code",
            "A team wants to use this mailbox on Common Ground",
            facts=frozenset({"code", "team", "by"}),
            secret=frozenset({"code"}),
            needed=frozenset({"code", "team"}),
        ),
        # Anything else that the sign-in package wants to say, in whole sentences of its own.
        Kind(
            "account.mail",
            "About your account on Common Ground",
            facts=frozenset({"subject", "body"}),
            secret=frozenset({"body"}),
            needed=frozenset({"subject", "body"}),
        ),
    )
}


class UnknownKindError(ValueError):
    """A programming error: no such kind, or facts that it may not carry."""


def checked(kind: str, facts: Mapping[str, str]) -> dict[str, str]:
    """The facts as they are kept; raises UnknownKindError for what the kind may not carry.

    Line breaks and control characters become spaces in everything but a body and a calendar, so
    that no fact can begin a header line or a paragraph of its own.
    """
    if kind not in KINDS:
        raise UnknownKindError(f"There is no kind of notification called {kind!r}.")
    foreign = set(facts) - KINDS[kind].facts
    if foreign:
        raise UnknownKindError(f"A notification {kind} may not carry {', '.join(sorted(foreign))}.")
    kept = {name: _tidy(name, str(text)) for name, text in facts.items() if text}
    missing = KINDS[kind].needed - set(kept)
    if missing:
        raise UnknownKindError(f"A notification {kind} needs {', '.join(sorted(missing))}.")
    return kept


def sealed(kind: str, facts: Mapping[str, str]) -> dict[str, str]:
    """The facts as the database keeps them: a copy of it opens nobody's account."""
    secret = KINDS[kind].secret
    return {name: _seal(text) if name in secret else text for name, text in facts.items()}


def unsealed(kind: str, facts: Mapping[str, str]) -> dict[str, str]:
    """The facts as they were told; raises sealing.Unreadable."""
    secret = KINDS[kind].secret
    return {name: _unseal(text) if name in secret else text for name, text in facts.items()}


def by_words(by: str) -> str:
    """By when, as people read it; a moment in ISO 8601 becomes words, words stay."""
    try:
        moment = datetime.fromisoformat(by)
    except ValueError:
        return by
    return short_when(moment) if moment.tzinfo else by


def _seal(text: str) -> str:
    return sealing.seal(text, purpose="outbox")


def _unseal(text: str) -> str:
    return sealing.unseal(text, purpose="outbox")


def _tidy(name: str, text: str) -> str:
    if name in ("body", "calendar"):
        return text.replace("\0", "")[:LONGEST_TEXT]
    if name in ("link", "answer"):
        return "".join(text.split())[:LONGEST_TEXT]
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:LONGEST_FACT]

"""Counts what was promised against what is there. Pure: no database, no network."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SENT, CLAIMED = "referral.sent", "referral.acknowledged"


@dataclass(frozen=True)
class Side:
    """Who is to be told of something: people in the app, and addresses by mail."""

    people: frozenset[int] = frozenset()
    addresses: frozenset[str] = frozenset()


@dataclass
class Promised:
    """What senders and claimers know: each key that was sent, with every reference it was
    answered with; who was told to hold which referral; and who is to hear of the two."""

    answers: dict[str, set[str]] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    hear_of_sent: Side = field(default_factory=Side)
    hear_of_claimed: Side = field(default_factory=Side)


@dataclass
class Found:
    """What is there. `referrals` are (key, reference), `holders` (reference, name, how often it
    was claimed), `told` (kind, reference, person), `mails` (Message-ID, address, kind,
    reference); `unsent` mails that the outbox still holds or gave up."""

    referrals: list[tuple[str, str]] = field(default_factory=list)
    holders: list[tuple[str, str, int]] = field(default_factory=list)
    told: list[tuple[str, str, int]] = field(default_factory=list)
    mails: list[tuple[str, str, str, str]] = field(default_factory=list)
    unsent: int = 0


@dataclass
class Outcome:
    """What is wrong, line by line (none: nothing was lost), and what was counted."""

    wrong: dict[str, list[str]]
    counts: dict[str, int]

    @property
    def nothing_lost(self) -> bool:
        """Whether every promise was kept."""
        return not any(self.wrong.values())


def compare(promised: Promised, found: Found) -> Outcome:
    """Every promise against every finding."""
    by_key: dict[str, list[str]] = {}
    for key, reference in found.referrals:
        by_key.setdefault(key, []).append(reference)
    told = Counter(found.told)
    mails = Counter((kind, reference, address) for _, address, kind, reference in found.mails)
    copies = Counter((message, address) for message, address, _, _ in found.mails)
    to_tell, to_mail = _expected(promised, found)
    wrong = {
        "acknowledged and lost": [
            key for key, answered in promised.answers.items() if answered and key not in by_key
        ],
        "kept twice": [key for key, kept in by_key.items() if len(kept) > 1],
        "answered with another reference": [
            key
            for key, answered in promised.answers.items()
            if key in by_key and answered - set(by_key[key])
        ],
        "sent by nobody": [key for key in by_key if key not in promised.answers],
        "never answered": [key for key, answered in promised.answers.items() if not answered],
        "claimed otherwise than was answered": wrong_holders(promised.claims, found.holders),
        "not told in the app": _words(to_tell - told.keys()),
        "told in the app twice": _words(pair for pair, many in told.items() if many > 1),
        "told in the app by mistake": _words(told.keys() - to_tell),
        "without a mail": _words(to_mail - mails.keys()),
        "mailed by mistake": _words(mails.keys() - to_mail),
        "left in the outbox": ["mail"] * found.unsent,
    }
    counts = {
        "referrals promised": sum(bool(answered) for answered in promised.answers.values()),
        "referrals kept": len(found.referrals),
        "claims answered": len(promised.claims),
        "app rows expected": len(to_tell),
        "app rows found": len(found.told),
        "mails expected": len(to_mail),
        "mails accepted": len(found.mails),
        "mails accepted again": sum(many - 1 for many in copies.values()),
    }
    return Outcome(wrong, counts)


_Telling = tuple[str, str, object]


def _expected(promised: Promised, found: Found) -> tuple[set[_Telling], set[_Telling]]:
    """What has to be told in the app, and by mail: (kind, reference, person or address)."""
    sent = [reference for _, reference in found.referrals]
    claimed = [reference for reference, _, _ in found.holders]
    events = ((SENT, sent, promised.hear_of_sent), (CLAIMED, claimed, promised.hear_of_claimed))
    to_tell: set[_Telling] = {
        (kind, reference, person)
        for kind, references, side in events
        for reference in references
        for person in side.people
    }
    to_mail: set[_Telling] = {
        (kind, reference, address)
        for kind, references, side in events
        for reference in references
        for address in side.addresses
    }
    return to_tell, to_mail


def wrong_holders(claims: Mapping[str, str], holders: Iterable[tuple[str, str, int]]) -> list[str]:
    """The rows (reference, holder's name, how often claimed) against what was answered."""
    held = {reference: name for reference, name, _ in holders}
    wrong = [f"{reference} was claimed {many} times" for reference, _, many in holders if many != 1]
    return wrong + [
        f"{reference} is not held by {name}, who was told so"
        for reference, name in claims.items()
        if held.get(reference) != name
    ]


def _words(tellings: Iterable[_Telling]) -> list[str]:
    return sorted(f"{kind} {reference} to {other}" for kind, reference, other in tellings)


def first_lines(wrong: Mapping[str, list[str]], most: int = 5) -> list[str]:
    """What is wrong, for the terminal: how many of each, and the first of them."""
    return [
        f"{len(lines):,} {what}: {', '.join(lines[:most])}{' ...' if len(lines) > most else ''}"
        for what, lines in wrong.items()
        if lines
    ]

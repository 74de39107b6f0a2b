"""Counts what was promised against what is there. Pure: no database, no network."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass
class Promised:
    """What the senders know: each key they sent, with every reference they were answered."""

    answers: dict[str, set[str]] = field(default_factory=dict)
    people: frozenset[int] = frozenset()  # who is to be told of each referral in the app
    addresses: frozenset[str] = frozenset()  # and by mail


@dataclass
class Found:
    """What is there. `referrals` are (key, reference), `told` (reference, person), `mails`
    (Message-ID, address, reference); `unsent` mails that the outbox still holds or gave up."""

    referrals: list[tuple[str, str]] = field(default_factory=list)
    told: list[tuple[str, int]] = field(default_factory=list)
    mails: list[tuple[str, str, str]] = field(default_factory=list)
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
    references = [reference for _, reference in found.referrals]
    told = Counter(found.told)
    mails = Counter((reference, address) for _, address, reference in found.mails)
    copies = Counter((message, address) for message, address, _ in found.mails)
    to_tell = _each(references, promised.people)
    to_mail = _each(references, promised.addresses)
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
        "app rows expected": len(to_tell),
        "app rows found": len(found.told),
        "mails expected": len(to_mail),
        "mails accepted": len(found.mails),
        "mails accepted again": sum(many - 1 for many in copies.values()),
    }
    return Outcome(wrong, counts)


def _each(references: Iterable[str], others: Iterable[object]) -> set[tuple[str, object]]:
    return {(reference, other) for reference in references for other in others}


def _words(pairs: Iterable[tuple[object, object]]) -> list[str]:
    return sorted(f"{reference} to {other}" for reference, other in pairs)


def first_lines(wrong: Mapping[str, list[str]], most: int = 5) -> list[str]:
    """What is wrong, for the terminal: how many of each, and the first of them."""
    return [
        f"{len(lines):,} {what}: {', '.join(lines[:most])}{' ...' if len(lines) > most else ''}"
        for what, lines in wrong.items()
        if lines
    ]

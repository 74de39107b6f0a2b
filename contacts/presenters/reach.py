"""How to reach a service at a moment, and whom to ring instead while it is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contacts.entry import Entry, entry_of
from contacts.models import Service
from contacts.presenters.entry_words import open_words, within_sentence
from contacts.presenters.notices import NoticeWords, notices
from portal.worktime.hours import state_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """`words` say until when, within a sentence: "open now until 17:00".

    `ring_now` is the one to ring instead, while this one is closed and that one is open.
    """

    name: str
    telephone: str
    open_now: bool
    words: str
    notices: Sequence[NoticeWords] = ()
    ring_now: "Reach | None" = None


def reach(service: Service, at: datetime, *, signed_in: bool = False) -> Reach:
    """How to reach a service, with only the contacts the reader may see."""
    return reach_of(entry_of(service, signed_in=signed_in), at)


def reach_of(entry: Entry, at: datetime) -> Reach:
    """The same for an entry."""
    state = state_at(entry.hours, at)
    instead = reach_of(entry.out_of_hours, at) if entry.out_of_hours else None
    rings = instead and instead.open_now and instead.telephone and not state.open_now
    return Reach(
        name=within_sentence(entry.name),
        telephone=entry.telephone,
        open_now=state.open_now,
        words=within_sentence(open_words(entry, state, at)),
        notices=notices(entry, at),
        ring_now=instead if rings else None,
    )

"""Entries of the directory in finished words."""

from dataclasses import dataclass
from datetime import datetime

from contacts.models import Contact, Service
from portal.worktime.hours import state_at
from portal.worktime.words import opening_words


@dataclass(frozen=True)
class RingNow:
    """Whom to ring while a service is closed."""

    name: str
    telephone: str
    words: str


@dataclass(frozen=True)
class Reach:
    """How a service is reached at a moment: its own words, and whom to ring meanwhile."""

    open_now: bool
    words: str
    ring_now: RingNow | None


def reach(service: Service, at: datetime) -> Reach:
    """Open or not, in words, with the out-of-hours service where it is closed."""
    state = state_at(service.hours(), at)
    ring = None
    if not state.open_now and service.out_of_hours:
        ring = _ring(service.out_of_hours, at)
    return Reach(open_now=state.open_now, words=opening_words(state, at), ring_now=ring)


def _ring(service: Service, at: datetime) -> RingNow | None:
    number = (
        service.contacts.filter(kind=Contact.Kind.TELEPHONE, visibility=Contact.Visibility.PUBLIC)
        .values_list("value", flat=True)
        .first()
    )
    if not number:
        return None
    words = opening_words(state_at(service.hours(), at), at)
    return RingNow(service.name, number, words[:1].lower() + words[1:])

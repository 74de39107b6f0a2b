"""The page of one directory entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contacts.entry import Entry, Way
from contacts.presenters.checked import Unchecked, last_checked, unchecked
from contacts.presenters.entry_words import (
    answered_in,
    heading,
    hours_lines,
    open_words,
)
from contacts.presenters.notices import NoticeWords
from contacts.presenters.reach import Reach, reach_of
from contacts.states import BASIS_WORDS, KIND_WORDS, Channel
from portal.ui.shapes import Answer
from portal.worktime.hours import state_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage:
    """Everything on it. `reference` is empty where no referral can be sent here."""

    title: str
    summary: str
    notices: Sequence[NoticeWords]
    box: Answer
    checked: str
    unchecked: Unchecked | None
    ring_now: Reach | None
    out_of_hours: Reach | None
    ways: Sequence[Way]
    hours: Sequence[tuple[str, str]]
    needs: Sequence[str]
    does_not_do: Sequence[str]
    ring_first: str
    threshold: str
    how_it_takes_referrals: str
    answered_in: str
    reference: str


def service_page(entry: Entry, at: datetime) -> ServicePage:
    """The page at a moment. The first telephone number stands in the box, the rest in `ways`."""
    state = state_at(entry.hours, at)
    now = reach_of(entry, at)
    first = next((way for way in entry.ways if way.kind == Channel.TELEPHONE), None)
    kind = KIND_WORDS[entry.kind]
    return ServicePage(
        title=heading(entry),
        box=Answer(
            heading="How to reach them",
            basis=f"{kind[0].upper()}{kind[1:]}. Goes by {BASIS_WORDS[entry.basis]}.",
            telephone=entry.telephone,
            open_words=open_words(entry, state, at),
            open_now=state.open_now,
        ),
        summary=entry.summary,
        notices=now.notices,
        checked=last_checked(entry, at),
        unchecked=unchecked(entry, at),
        ring_now=now.ring_now,
        out_of_hours=reach_of(entry.out_of_hours, at) if entry.out_of_hours else None,
        ways=[way for way in entry.ways if way is not first],
        hours=hours_lines(entry.hours),
        needs=entry.needs,
        does_not_do=entry.does_not_do,
        ring_first=entry.ring_first,
        threshold=entry.threshold,
        how_it_takes_referrals=entry.how_it_takes_referrals,
        answered_in=answered_in(entry),
        reference=entry.reference if entry.takes_referrals else "",
    )

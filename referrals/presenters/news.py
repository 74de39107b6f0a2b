"""What has happened to a referral since a form about it was opened, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.core.refused import Refused
from portal.ui.shapes import Event as Happening
from portal.ui.shapes import Message
from referrals.detail import Detail
from referrals.presenters.thread import message_words
from referrals.presenters.timeline import change_words, when_words
from referrals.rules import check_event
from referrals.states import Event, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Events and messages, oldest first; `why_not` where the form's event is out of place now."""

    title: str
    happened: Sequence[Happening]
    messages: Sequence[Message]
    why_not: str


def news_of(detail: Detail, made_at: datetime | None, event: Event, at: datetime) -> News:
    """Since the form was made; the last thing that happened where nobody knows when that was."""
    changes, messages = detail.since(made_at) if made_at else (detail.changes[-1:], [])
    happened = [
        Happening(what=change_words(change, detail), when=when_words(change.at, at))
        for change in changes
    ]
    since = f"Since you opened this page {when_words(made_at, at)}" if made_at else "Last"
    return News(
        title=since,
        happened=[one for one in happened if one.what],
        messages=[message_words(detail, message, at) for message in messages],
        why_not=_why_not(detail, event),
    )


def _why_not(detail: Detail, event: Event) -> str:
    status = Status(detail.referral.status)
    if event == Event.REOPEN and status == Status.CLOSED:
        event = Event.RESUME
    try:
        check_event(status, event)
    except Refused as no:
        return no.sentence
    return ""

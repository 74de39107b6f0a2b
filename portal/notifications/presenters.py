"""Notifications into finished words for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.notifications.kinds import KINDS, by_words
from portal.notifications.models import Notification
from portal.notifications.queries import MOST_COUNTED
from portal.ui.words import near_when, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notification as the reader sees it. `when` tells two alike apart."""

    pk: int
    heading: str
    reference: str
    when: str
    href: str
    new: bool
    wanted: str
    facts: Sequence[str]


def notices(rows: Sequence[Notification], now: datetime) -> list[Notice]:
    """The rows of one page, in words."""
    return [_notice(row, now) for row in rows]


def _notice(row: Notification, now: datetime) -> Notice:
    told = row.facts
    by = by_words(told.get("by", ""))
    facts = (told.get("urgency", ""), told.get("team", ""), f"by {by}" if by else "")
    return Notice(
        pk=row.pk,
        heading=KINDS[row.kind].says if row.kind in KINDS else "Something has changed",
        reference=told.get("reference", ""),
        when=near_when(row.created_at, now),
        href=row.path,
        new=row.seen_at is None,
        wanted=told.get("wanted", ""),
        facts=[fact for fact in facts if fact],
    )


def unread_words(count: int) -> str:
    """`3 you have not seen`, `more than 99 you have not seen`, or nothing."""
    if not count:
        return ""
    many = f"more than {MOST_COUNTED}" if count > MOST_COUNTED else f"{count}"
    return f"{many} you have not seen"


def arrived_words(count: int) -> str:
    """What the line above an open page says."""
    if count > MOST_COUNTED:
        return f"More than {MOST_COUNTED} new notifications have come in."
    verb = "has" if count == 1 else "have"
    return f"{plural(count, 'new notification')} {verb} come in."

"""Notifications into finished words for the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.notifications.kinds import KINDS, by_words
from portal.notifications.models import Handling, Notification
from portal.notifications.queries import MOST_COUNTED
from portal.notifications.states import ADVICE, FAILURE_NAMES, Failure
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
        heading=_heading(row),
        reference=told.get("reference", ""),
        when=near_when(row.created_at, now),
        href=row.path,
        new=row.seen_at is None,
        wanted=told.get("wanted", ""),
        facts=[fact for fact in facts if fact],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRow:
    """A mail that could not be sent, for those who look after it."""

    pk: int
    heading: str
    facts: Sequence[str]
    to: str
    why: str
    since: str
    before: str
    advice: str
    may_retry: bool


def failed_rows(rows: Sequence[Notification], now: datetime) -> list[FailedRow]:
    """Failed mails in words; recipients and what was done before are loaded."""
    return [_failed_row(row, now) for row in rows]


def _failed_row(row: Notification, now: datetime) -> FailedRow:
    why = _failure(row)
    tried = [h for h in row.handlings.all() if h.what == Handling.What.RETRIED]
    last = max(tried, key=lambda h: h.pk, default=None)
    return FailedRow(
        pk=row.pk,
        heading=_heading(row),
        facts=[row.facts[n] for n in ("reference", "urgency", "team") if row.facts.get(n)],
        to=str(row.recipient) if row.recipient else row.address or "no address",
        why=_sentence(FAILURE_NAMES[why]),
        since=near_when(row.created_at, now),
        before=f"Tried again by {last.by or 'an operator'}, {near_when(last.at, now)}"
        if last
        else "",
        advice=_advice(row, why),
        may_retry=not _holds_link(row),
    )


def _advice(row: Notification, why: Failure) -> str:
    if _holds_link(row):
        return "Ask for a new one, with the right address."
    if row.recipient is None and why is Failure.RECIPIENT:
        return (
            "Have the mailbox put right, then try again."
            " If its address has changed, tell them another way."
        )
    return ADVICE[why]


def _holds_link(row: Notification) -> bool:
    """Whether it held a secret, which is gone with the last try."""
    return row.kind in KINDS and KINDS[row.kind].must_hold_secret


def handled_lines(done: Sequence[Handling], now: datetime) -> list[str]:
    """`CG-7K4M-9QXT, a referral has come in: tried again by Mina Moss, 14:05`."""
    return [
        f"{_about(each.notification)}: {each.get_what_display()} by {each.by or 'an operator'},"
        f" {near_when(each.at, now)}"
        for each in done
    ]


def not_mailed(rows: Sequence[Notification]) -> str:
    """What a reader is told of mails to them that failed; nothing where there are none."""
    if not rows:
        return ""
    why = FAILURE_NAMES[_failure(rows[0])]
    many = "A mail" if len(rows) == 1 else "Some mails"
    return f"{many} to you could not be sent: {why}."


def _failure(row: Notification) -> Failure:
    return Failure(row.failure) if row.failure in ADVICE else Failure.UNEXPECTED


def _about(row: Notification) -> str:
    reference = row.facts.get("reference", "")
    says = _heading(row)
    return f"{reference}, {says[0].lower()}{says[1:]}" if reference else says


def _heading(row: Notification) -> str:
    return KINDS[row.kind].says if row.kind in KINDS else "Something has changed"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


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

"""Withdrawing (the sender) and closing (either side)."""

from portal.accounts.access import Reader
from portal.accounts.roles import May
from portal.core.refused import NotAllowed
from portal.core.retrying import retry_deadlocks
from referrals.actions.changing import Changing, changing
from referrals.actions.decide import close_open_ends
from referrals.actions.sides import receiving_side, sending_side
from referrals.models import Referral
from referrals.rules import check_close, check_event, check_withdraw
from referrals.states import (
    CLOSE_WORDS,
    WITHDRAW_WORDS,
    CloseReason,
    Event,
    Status,
    WithdrawReason,
)


@retry_deadlocks
def withdraw(
    *,
    by: Reader,
    reference: str,
    version: int | None,
    reason: str,
    words: str = "",
    key: str | None = None,
) -> Referral:
    """The sender takes it back before it is decided, with a coded reason."""
    with changing(
        by=by,
        reference=reference,
        for_="send",
        what="withdraw",
        version=version,
        key=key,
        body={"reason": reason, "words": words},
    ) as change:
        referral = change.referral
        if change.repeated:
            return referral
        check_event(Status(referral.status), Event.WITHDRAW)
        check_withdraw(reason=reason, words=words)
        recipients = receiving_side(referral)
        close_open_ends(change)
        row = change.record(
            Event.WITHDRAW,
            note=_in_words(WITHDRAW_WORDS[WithdrawReason(reason)], words),
            reason=reason,
            due_at=referral.due_at,
            remaining_seconds=None,
        )
        change.tell(
            f"referral.withdrawn:{row.pk}",
            "referral.withdrawn",
            recipients,
            wanted="Nothing more: the sender has withdrawn it",
        )
        return referral


@retry_deadlocks
def close(
    *,
    by: Reader,
    reference: str,
    version: int | None,
    reason: str = "",
    words: str = "",
    key: str | None = None,
) -> Referral:
    """What was accepted ends, with a coded reason; the other side is told.

    Without one, the team that works with the person says that the work is done.
    """
    with changing(
        by=by,
        reference=reference,
        for_="read",
        what="close",
        version=version,
        key=key,
        body={"reason": reason, "words": words},
    ) as change:
        referral = change.referral
        if change.repeated:
            return referral
        _check_may_close(change)
        check_event(Status(referral.status), Event.CLOSE)
        ours = change.team.pk == referral.receiving_team_id
        if ours and not reason:
            reason = CloseReason.WORK_DONE
        check_close(reason=reason, words=words, by_sender=not ours)
        note = _in_words(CLOSE_WORDS[CloseReason(reason)], words)
        row = change.record(Event.CLOSE, note=note, reason=reason)
        others = sending_side(referral) if ours else receiving_side(referral)
        change.tell(
            f"referral.closed:{row.pk}",
            "referral.closed",
            others,
            wanted="Nothing more: read how it ended",
        )
        return referral


def _in_words(coded: str, words: str) -> str:
    return f"{coded}: {words.strip()}" if words.strip() else coded


def _check_may_close(change: Changing) -> None:
    """The team that works with the person, or the one that sent it; none that handed it on."""
    referral, by = change.referral, change.by
    works = by.may(May.TRIAGE, referral.receiving_team_id)
    sent = by.may(May.REFER, referral.sending_team_id)
    if not (works or sent):
        raise NotAllowed(
            "Only the team that works with the person, or the one that sent it, closes it.",
            subject_kind="referral",
            subject=referral.reference,
        )

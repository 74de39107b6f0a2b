"""Undoing within ten minutes, by whoever did it, where nothing has been built on it.

Nothing is rewritten: what was done and that it was undone are both rows of their own.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.accounts.access import Reader
from portal.accounts.memberships import user_ids_of
from portal.accounts.models import Team, User
from portal.accounts.roles import May
from portal.core.refused import Refused
from portal.core.retrying import retry_deadlocks
from portal.notifications.taking_back import take_back
from portal.ui.words import join_words
from referrals.actions.changing import RESTORED, Changing, changing
from referrals.actions.decide import end_redirect
from referrals.actions.sides import receiving_side
from referrals.detail import detail
from referrals.models import Party, Referral, StatusChange
from referrals.states import DONE_WORDS, Event, Status
from referrals.undo_rules import check_undo

# The events under which people were told of it, before the number of its row.
_TOLD: dict[Event, tuple[str, ...]] = {
    Event.CLAIM: ("referral.claimed",),
    Event.TAKE_ON: ("referral.taken-on",),
    Event.TAKE_OVER: ("referral.taken-over",),
    Event.ASK: ("referral.asked",),
    Event.ACCEPT: ("referral.accepted", "referral.worker"),
    Event.DECLINE: ("referral.declined",),
    Event.REDIRECT: ("referral.redirected", "referral.redirected.sender"),
    Event.OUTSIDE: ("referral.outside",),
    Event.WITHDRAW: ("referral.withdrawn",),
    Event.CLOSE: ("referral.closed",),
}
# Of these, what the sender was told of something that ended the question put to them.
_TOLD_SENDER = (
    "referral.accepted",
    "referral.declined",
    "referral.outside",
    "referral.redirected.sender",
)


@retry_deadlocks
def undo(*, by: Reader, reference: str, version: int | None, key: str | None = None) -> Referral:
    """Put back what the reader's own last event changed; who was told of it is told again.

    Raises Refused with what has been built on it, Stale when somebody was quicker.
    """
    with changing(
        by=by, reference=reference, for_="read", what="undo", version=version, key=key
    ) as change:
        referral = change.referral
        if change.repeated:
            return referral
        row = last_standing(referral)
        event = Event(row.event) if row else None
        check_undo(
            event=event,
            by_id=(row.by_id or 0) if row else 0,
            by_name=row.by.name if row and row.by else "The portal",
            at=row.at if row else change.moment,
            reader_id=by.user.pk,
            moment=change.moment,
            built=detail(referral, change.team).built_since(row.at, by.user.pk) if row else "",
            note=row.note if row else "",
        )
        if row is None or event is None or row.before is None:
            raise Refused("There is nothing that can be undone.", code="nothing-to-undo")
        _check_holder_works(row.before)
        _put_back(change, row, event)
        undone = change.write_down(
            Event.UNDO,
            Status(row.from_status),
            note=_note(change, row, event),
            undoes=row,
            **{name: _read(name, row.before[name]) for name in RESTORED},
        )
        _tell(change, row, event, undone)
        return referral


def last_standing(referral: Referral) -> StatusChange | None:
    """The last change that has not been undone: two queries."""
    standing = referral.changes.exclude(event=Event.UNDO).filter(undone_by__isnull=True)
    return standing.select_related("by").order_by("-at", "-pk").first()


def _check_holder_works(before: Mapping[str, Any]) -> None:
    """Nothing is given back to somebody who no longer works in the team that would hold it."""
    holder = User.objects.filter(pk=before["held_by_id"]).first()
    if holder is None:
        return
    team = Team.objects.get(pk=before["receiving_team_id"])
    if holder.pk not in user_ids_of(team, May.TRIAGE):
        raise Refused(
            f"{holder.name} has left the team, so this can no longer be undone.", code="built-on"
        )


def _read(name: str, value: object) -> Any:
    is_moment = name.endswith(("_at", "_since")) and isinstance(value, str)
    return datetime.fromisoformat(str(value)) if is_moment else value


def _put_back(change: Changing, row: StatusChange, event: Event) -> None:
    """The rows around the referral; its own columns are in `row.before`."""
    referral = change.referral
    if event == Event.ASK:
        # No time at all was spent on it.
        referral.pauses.filter(started_at=row.at).update(ended_at=row.at)
    if event == Event.REDIRECT:
        for redirect in referral.redirects.waiting().filter(at=row.at):
            end_redirect(referral, redirect, change.moment)
    if event == Event.TAKE_ON:
        taken = referral.redirects.filter(acknowledged_at=row.at)
        taken.update(acknowledged_at=None, acknowledged_by=None)
    if row.from_status == Status.ASKED:
        # The question waits for its answer again.
        referral.pauses.filter(ended_at=row.at).update(ended_at=None)
    if event in (Event.ACCEPT, Event.DECLINE, Event.OUTSIDE, Event.WITHDRAW):
        _redirect_again(change, row)


def _redirect_again(change: Changing, row: StatusChange) -> None:
    """A redirect that ended with the decision waits again for the second team."""
    referral = change.referral
    for redirect in referral.redirects.filter(ended_at=row.at).select_related("to_team"):
        redirect.ended_at = None
        redirect.save(update_fields=["ended_at"])
        Party.objects.get_or_create(
            referral=referral,
            team=redirect.to_team,
            defaults={"role": Party.As.RECEIVER, "since": redirect.at},
        )
        change.tell(
            f"referral.redirected-again:{redirect.pk}:{row.pk}",
            "referral.undone",
            receiving_side(referral, redirect.to_team),
            wanted="Acknowledge it: that it had ended was a mistake",
        )


def _note(change: Changing, row: StatusChange, event: Event) -> str:
    """What was undone; having been read is no reason against it, but is said."""
    looked = change.referral.openings.filter(seen_at__gt=row.at).exclude(team=change.team)
    names = [opening.user.name for opening in looked.select_related("user").order_by("seen_at")]
    seen = f". Seen meanwhile by {join_words(names)}" if names else ""
    return f"It was {DONE_WORDS[event]}{seen}"


def _tell(change: Changing, row: StatusChange, event: Event, undone: StatusChange) -> None:
    """Who has been told is told; mails that have not gone are not sent at all."""
    names, mistake = _TOLD.get(event, ()), f"it was {DONE_WORDS[event]} by mistake"
    if row.from_status == Status.ASKED:
        # Their question waits again.
        change.tell(
            f"referral.undone.sender:{undone.pk}",
            "referral.undone",
            take_back([f"{name}:{row.pk}" for name in names if name in _TOLD_SENDER]),
            wanted=f"Answer the question: {mistake}, and your answer is needed after all",
        )
        names = tuple(name for name in names if name not in _TOLD_SENDER)
    # What nobody held was acknowledged with it, and is not any more.
    unheld = row.from_status == Status.SENT and event in (Event.REDIRECT, Event.OUTSIDE)
    change.tell(
        f"referral.undone:{undone.pk}",
        "referral.undone",
        take_back([f"{name}:{row.pk}" for name in names]),
        wanted=f"Nothing: {mistake}, and that is undone"
        + (". Nobody holds it now" if unheld else ""),
    )

"""The person, and their carer, invited to the person's own item: what they need and wish."""

from hashlib import sha256

from meetings.actions.running import running
from meetings.models import Guest
from meetings.outcome_rules import check_guest, check_lies_ahead
from meetings.states import Guest as GuestKind
from meetings.states import Status
from portal.accounts.access import Reader
from portal.core.refused import Stale
from portal.core.retrying import retry_deadlocks


@retry_deadlocks
def invite_guest(
    *,
    by: Reader,
    reference: str,
    item: int,
    kind: GuestKind,
    needs: str,
    wishes: str,
    told_how: str,
    comes: bool | None,
    key: str,
    seen: str = "",
) -> Guest:
    """Invite the person or the carer, or change what is known of it: there is one of each.

    `seen` is mark_of what the reader started from, "" where nobody was invited. Raises Stale
    where that has changed, so that nobody's words are overwritten unread.
    """
    typed = {"item": item, "kind": kind, "needs": needs, "wishes": wishes, "told": told_how}
    with running(
        by=by, reference=reference, what="guest", key=key, body={**typed, "comes": comes}
    ) as held:
        row = held.item(item)
        known = Guest.objects.filter(item=row, kind=kind, removed_at__isnull=True).first()
        if held.repeated and known is not None:
            return known
        check_guest(
            status=Status(held.meeting.status),
            about_somebody=row.referral_id is not None,
            told_how=told_how,
            comes=comes,
        )
        if known is not None and seen != mark_of(known):
            raise Stale(
                "They are invited already. Above is what is known: take over what should stand,"
                " then keep it again."
            )
        guest = known or Guest(item=row, kind=kind, invited_by=by.user, invited_at=held.moment)
        guest.needs, guest.wishes = needs.strip(), wishes.strip()
        guest.told_how, guest.comes = told_how.strip(), comes
        guest.save()
        held.touch()
        return guest


def mark_of(guest: Guest) -> str:
    """A digest of what is known of a guest: another one once any of it changes."""
    known = (guest.pk, guest.needs, guest.wishes, guest.told_how, guest.comes)
    return sha256(repr(known).encode()).hexdigest()[:16]


@retry_deadlocks
def uninvite_guest(*, by: Reader, reference: str, item: int, kind: GuestKind) -> None:
    """They are not invited any more; what was written stays in the history."""
    with running(by=by, reference=reference, what="guest") as held:
        row = held.item(item)
        check_lies_ahead(Status(held.meeting.status))
        known = Guest.objects.filter(item=row, kind=kind, removed_at__isnull=True)
        if known.update(removed_at=held.moment):
            held.touch()

"""The person, and their carer, invited to the person's own item: what they need and wish."""

from meetings.actions.running import running
from meetings.models import Guest
from meetings.outcome_rules import check_guest
from meetings.states import Guest as GuestKind
from meetings.states import Status
from portal.accounts.access import Reader
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
) -> Guest:
    """Invite the person or the carer, or change what is known of it: there is one of each."""
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
        guest = known or Guest(item=row, kind=kind, invited_by=by.user, invited_at=held.moment)
        guest.needs, guest.wishes = needs.strip(), wishes.strip()
        guest.told_how, guest.comes = told_how.strip(), comes
        guest.save()
        held.touch()
        return guest


@retry_deadlocks
def uninvite_guest(*, by: Reader, reference: str, item: int, kind: GuestKind) -> None:
    """They are not invited any more; what was written stays in the history."""
    with running(by=by, reference=reference, what="guest") as held:
        row = held.item(item)
        known = Guest.objects.filter(item=row, kind=kind, removed_at__isnull=True)
        if known.update(removed_at=held.moment):
            held.touch()

"""Opening a referral: recorded for the audit, and shown to the other side."""

from django.db import transaction

from portal.accounts.access import Reader
from portal.audit.actions import record_access
from portal.audit.models import AccessEvent
from portal.core.clock import now
from portal.notifications.actions import see_path
from referrals import access
from referrals.models import Opening, Referral


def open_referral(*, by: Reader, reference: str) -> Referral:
    """Read one referral: who opened it first and when is a row of its own, and so is each read."""
    with transaction.atomic():
        referral = access.get_referral(by, reference)
        team = access.team_in(by, referral)
        moment = now()
        # One statement, safe against two at once: the first opening stays, the last look moves.
        Opening.objects.bulk_create(
            [Opening(referral=referral, user=by.user, team=team, at=moment, seen_at=moment)],
            update_conflicts=True,
            unique_fields=["referral", "user"],
            update_fields=["seen_at"],
        )
        record_access(
            by=by.user,
            verb=AccessEvent.Verb.READ,
            subject_kind="referral",
            subjects=[reference],
        )
        see_path(by=by.user, path=f"/referrals/{reference}/")
        return referral

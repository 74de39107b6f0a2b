"""Opening a referral: recorded for the audit, and shown to the other side."""

from django.db import transaction

from portal.accounts.access import Reader
from portal.audit.actions import access_event
from portal.audit.models import AccessEvent
from portal.core.clock import now
from portal.core.inserting import Renewing, insert_together
from portal.notifications.actions import see_path
from referrals import access
from referrals.models import Opening, Referral
from referrals.references import path_to

_LAST_LOOK = Renewing(same=("referral", "user"), renewed=("seen_at",))


def open_referral(*, by: Reader, reference: str) -> Referral:
    """Read one referral: who opened it first and when is a row of its own, and so is each read."""
    with transaction.atomic():
        referral = access.get_referral(by, reference)
        team = access.team_in(by, referral)
        moment = now()
        # Safe against two at once: the first opening stays, the last look moves.
        insert_together(
            [
                Opening(referral=referral, user=by.user, team=team, at=moment, seen_at=moment),
                access_event(
                    by=by.user,
                    verb=AccessEvent.Verb.READ,
                    subject_kind="referral",
                    subjects=[reference],
                ),
            ],
            renewing={Opening: _LAST_LOOK},
        )
        see_path(by=by.user, path=path_to(reference))
        return referral

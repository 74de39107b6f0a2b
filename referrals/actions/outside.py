"""Handed over outside the portal: to a service that takes no referrals here. No decline."""

from datetime import datetime

from contacts.models import Service
from portal.accounts.access import Reader
from portal.core.clock import london
from portal.core.retrying import retry_deadlocks
from portal.ui.words import short_when
from referrals import access
from referrals.actions.changing import changing
from referrals.actions.decide import close_open_ends
from referrals.actions.sides import sending_side
from referrals.models import Referral
from referrals.reaching import how_to_reach
from referrals.rules import check_outside, check_own_team
from referrals.states import Event
from referrals.taking import why_none


@retry_deadlocks
def hand_over_outside(
    *,
    by: Reader,
    reference: str,
    version: int | None,
    to_service: Service,
    spoke_to: str,
    spoken_at: datetime,
    words: str = "",
    key: str | None = None,
) -> Referral:
    """Close it: somebody of the service was told of the person by `by`, who says whom and when.

    The sender is told, and reads that and how to reach the service. What was open ends as with a
    decision; who hands over what nobody holds holds it. Reopened, it is new in the inbox.
    """
    with changing(
        by=by,
        reference=reference,
        for_="triage",
        what="hand over outside",
        version=version,
        key=key,
        body={
            "to_service": to_service.pk,
            "spoke_to": spoke_to,
            "spoken_at": spoken_at,
            "words": words,
        },
    ) as change:
        referral = change.referral
        if change.repeated:
            return referral
        check_own_team(change.team.pk, referral.receiving_team_id)
        access.check_may_decide(by, referral)
        change.check_hands_on(Event.OUTSIDE)
        check_outside(
            same_service=to_service.pk == referral.service_id,
            takes_referrals=not why_none(to_service, london(change.moment).date()),
            spoke_to=spoke_to,
            spoken_at=spoken_at,
            moment=change.moment,
        )
        change.hold_if_nobody_does()
        close_open_ends(change)
        row = change.record(
            Event.OUTSIDE,
            note=_note(to_service, spoke_to.strip(), spoken_at, words.strip()),
            due_at=referral.due_at,
            remaining_seconds=None,
        )
        change.tell(
            f"referral.outside:{row.pk}",
            "referral.outside",
            sending_side(referral),
            wanted="Read which service has it now, and how to reach it",
        )
        return referral


def _note(service: Service, spoke_to: str, spoken_at: datetime, words: str) -> str:
    """What both sides read of it, also when the entry says something else one day."""
    reached = how_to_reach(service)
    where = f"{service.name}, {service.organisation.name}" + (f": {reached}" if reached else "")
    said = f"{where}. Spoke to {spoke_to}, {short_when(spoken_at)}."
    return f"{said} {words}" if words else said

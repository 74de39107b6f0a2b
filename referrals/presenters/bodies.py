"""What programs get, in the shapes of serializers.py.

Written out by hand: a serializer takes several times as long, and there is nothing to decide.
"""

from collections.abc import Iterable
from datetime import datetime

from portal.core.clock import london
from referrals.listed import Listed
from referrals.models import Referral
from referrals.presenters.rows import due_at_first
from referrals.queries import Told
from referrals.references import path_to
from referrals.rules import is_under_18

Body = dict[str, object]


def row_bodies(rows: Iterable[Listed], at: datetime) -> list[Body]:
    """Rows of a list: ReferralRow."""
    return [_row_body(row, at) for row in rows]


def _row_body(row: Listed, at: datetime) -> Body:
    return {
        "reference": row.reference,
        "url": path_to(row.reference),
        "status": row.status,
        "urgency": row.urgency,
        "person": {
            "name": row.person_name,
            "born_on": row.born_on.isoformat() if row.born_on else None,
            "nhs_number": row.nhs_number,
            "address": row.address,
            "postcode": row.postcode,
            "telephone": row.telephone,
        },
        "points": row.points,
        "service": row.service_reference,
        "sending_team": row.sending_team,
        "receiving_team": row.receiving_team,
        "held_by": row.held_by,
        "sent_at": _moment(row.sent_at),
        "due_at": _moment(row.due_at) if row.due_at else None,
        "due_words": due_at_first(row, row.hours, at),
        "version": row.version,
    }


def referral_body(referral: Referral, told: Told, at: datetime) -> Body:
    """One referral whole: ReferralOut. Its person, service, teams and holder are loaded."""
    person, holder = referral.person, referral.held_by
    return {
        "reference": referral.reference,
        "url": path_to(referral.reference),
        "status": referral.status,
        "urgency": referral.urgency,
        "person": {
            "name": person.name,
            "born_on": person.born_on.isoformat() if person.born_on else None,
            "nhs_number": person.nhs_number,
            "address": person.address,
            "postcode": person.postcode,
            "telephone": person.telephone,
        },
        "points": told.points,
        "service": referral.service.reference,
        "sending_team": referral.sending_team.name,
        "receiving_team": referral.receiving_team.name,
        "held_by": holder.name if holder else None,
        "sent_at": _moment(referral.sent_at),
        "due_at": _moment(referral.due_at) if referral.due_at else None,
        "due_words": due_at_first(referral, referral.service.hours(), at),
        "version": referral.version,
        "why_now": referral.why_now,
        "with_person": referral.with_person,
        "agreement": referral.agreement,
        "agreement_note": referral.agreement_note,
        "call_back": referral.call_back,
        "letter": referral.letter,
        "rung_whom": referral.rung_whom,
        "rung_at": _moment(referral.rung_at) if referral.rung_at else None,
        "under_18": is_under_18(person.born_on, london(referral.sent_at).date()),
        "readable_from": _moment(referral.readable_from),
        "thread": told.thread,
        "timeline": told.timeline,
    }


def _moment(at: datetime) -> str:
    """London's clocks; Z while they show UTC."""
    return london(at).isoformat().replace("+00:00", "Z")

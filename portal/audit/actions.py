"""Writing the audit. In the caller's transaction, so that nothing is seen unrecorded."""

import json
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction

from portal.audit.models import AccessEvent
from portal.core.clock import now
from portal.core.request_ids import current_request_id

_REASON_AT_MOST = 200
# By hand, because it goes with every read of a person's data.
_RECORD = """
INSERT INTO audit_accessevent (at, user_id, verb, subject_kind, subjects, reason, request_id)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def record_access(
    *,
    by: AbstractBaseUser | None,
    verb: AccessEvent.Verb,
    subject_kind: str,
    subjects: Sequence[str] = (),
    reason: str = "",
) -> None:
    """Write down one access: `subjects` are public references, never names or numbers."""
    values = [now(), by.pk if by else None, str(verb), subject_kind, json.dumps(list(subjects))]
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, [*values, reason[:_REASON_AT_MOST], current_request_id()])


def access_event(
    *,
    by: AbstractBaseUser,
    verb: AccessEvent.Verb,
    subject_kind: str,
    subjects: Sequence[str] = (),
    reason: str = "",
) -> AccessEvent:
    """What record_access writes, as a row that goes to PostgreSQL with others of its event."""
    return AccessEvent(
        user_id=by.pk,
        verb=verb,
        subject_kind=subject_kind,
        subjects=list(subjects),
        reason=reason[:_REASON_AT_MOST],
        request_id=current_request_id(),
    )


def record_refusal(
    *, by: AbstractBaseUser | None, subject_kind: str, subjects: Sequence[str], reason: str
) -> None:
    """Write down a refusal in a transaction of its own, after the caller's has rolled back."""
    with transaction.atomic(durable=False):
        record_access(
            by=by,
            verb=AccessEvent.Verb.REFUSED,
            subject_kind=subject_kind,
            subjects=subjects,
            reason=reason,
        )

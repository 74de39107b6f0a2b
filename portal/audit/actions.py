"""Writing the audit. In the caller's transaction, so that nothing is seen unrecorded."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from portal.audit.models import AccessEvent
from portal.core.request_ids import current_request_id


def record_access(
    *,
    by: AbstractBaseUser | None,
    verb: AccessEvent.Verb,
    subject_kind: str,
    subjects: Sequence[str] = (),
    reason: str = "",
) -> None:
    """Write down one access: `subjects` are public references, never names or numbers."""
    AccessEvent.objects.create(
        user_id=by.pk if by else None,
        verb=verb,
        subject_kind=subject_kind,
        subjects=list(subjects),
        reason=reason[:200],
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

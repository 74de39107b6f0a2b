"""Taking rows out of the outbox under a lease, and giving them back. All by compare-and-set.

The database's clock decides, so that processes on several machines agree.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from portal.notifications.kinds import without_secrets
from portal.notifications.models import Notification
from portal.notifications.states import ENDS_IN, Failure, State, wait_after

# Rows that are due: new ones, put off ones, and claimed ones whose lease ran out. `next_attempt_at`
# of a claimed row is the end of its lease. Never more than `most` are under a lease at once, or
# hours of a slow mail server would fill the broker with work that has long been taken again; and
# none are taken before there is room for a whole batch, because single rows cost far more.
_CLAIM = """
WITH room AS (
    SELECT CASE WHEN count(*) + %(batch)s <= %(most)s THEN %(batch)s ELSE 0 END AS free
    FROM notifications_notification
    WHERE state = 'claimed' AND next_attempt_at > statement_timestamp()
), due AS (
    SELECT id FROM notifications_notification
    WHERE state IN ('queued', 'claimed') AND next_attempt_at <= statement_timestamp()
    ORDER BY next_attempt_at, id
    LIMIT (SELECT free FROM room)
    FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE notifications_notification AS n
    SET state = 'claimed', lease_token = %(token)s, lease_until = statement_timestamp() + %(lease)s,
        next_attempt_at = statement_timestamp() + %(lease)s
    FROM due WHERE n.id = due.id
    RETURNING n.id
)
SELECT (SELECT free FROM room), array(SELECT id FROM taken ORDER BY id)
"""


@dataclass(frozen=True)
class Claim:
    """Rows taken together. `full`: as many as could be taken, so there may be more."""

    token: uuid.UUID
    ids: list[int]
    full: bool


@dataclass(frozen=True)
class Try:
    """One row, its recipient loaded; how long its lease still runs, since when it has been due."""

    row: Notification
    time_left: timedelta
    age: timedelta


def claim(*, batch: int, most: int, lease: timedelta) -> Claim:
    """Take up to `batch` due rows, so that no more than `most` are taken by anybody."""
    token = uuid.uuid4()
    values: dict[str, Any] = {"batch": batch, "most": most, "lease": lease, "token": str(token)}
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        free, ids = cursor.fetchone()
    return Claim(token=token, ids=ids, full=len(ids) == free)


def take_over(ids: Sequence[int], token: uuid.UUID, lease: timedelta) -> Claim:
    """Swap the lease of rows for a new one, so that whoever was told the old token stands back."""
    new = uuid.uuid4()
    until = Now() + lease
    rows = Notification.objects.held(token).filter(pk__in=ids)
    rows.update(lease_token=new, lease_until=until, next_attempt_at=until)
    kept = Notification.objects.held(new).order_by("pk").values_list("pk", flat=True)
    return Claim(token=new, ids=list(kept), full=False)


def give_back(ids: Sequence[int], token: uuid.UUID) -> None:
    """Put untried rows back, due as they were."""
    Notification.objects.held(token).filter(pk__in=ids).update(
        state=State.QUEUED, lease_token=None, lease_until=None, next_attempt_at=Now()
    )


def begin(ids: Sequence[int], token: uuid.UUID) -> list[Try]:
    """Begin a try of each row that is still held under the token; it is counted."""
    held = Notification.objects.held(token).filter(pk__in=ids, lease_until__gt=Now())
    if not held.update(attempts=F("attempts") + 1):
        return []
    rows = held.select_related("recipient").annotate(
        time_left=F("lease_until") - Now(), age=Now() - F("due_at")
    )
    return [
        Try(row, row.time_left, row.age)  # type: ignore[attr-defined]
        for row in rows.order_by("pk")
    ]


def finish_sent(row: Notification, token: uuid.UUID) -> bool:
    """The mail server has accepted it. False when somebody else holds the row by now."""
    return _finish(row, token, state=State.SENT, sent_at=Now(), failure="")


def finish_not_needed(row: Notification, token: uuid.UUID) -> bool:
    """The recipient has left."""
    return _finish(row, token, state=State.NOT_NEEDED, failure="")


def finish_failed(row: Notification, token: uuid.UUID, failure: Failure) -> bool:
    """The try failed: over, or to be tried again when its class says so."""
    if failure in ENDS_IN:
        return _finish(row, token, state=ENDS_IN[failure], failure=failure)
    again = Now() + wait_after(failure, row.attempts)
    rows = Notification.objects.held(token).filter(pk=row.pk)
    changed = rows.update(
        state=State.QUEUED,
        failure=failure,
        next_attempt_at=again,
        lease_token=None,
        lease_until=None,
    )
    return changed == 1


def _finish(row: Notification, token: uuid.UUID, **values: object) -> bool:
    rows = Notification.objects.held(token).filter(pk=row.pk)
    facts = without_secrets(row.kind, row.facts)
    return rows.update(facts=facts, lease_token=None, lease_until=None, **values) == 1

"""Taking rows out of the outbox under a lease, and giving them back. All by compare-and-set.

The database's clock decides, so that processes on several machines agree.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models.functions import Now

from portal.notifications.kinds import KINDS
from portal.notifications.models import Notification
from portal.notifications.states import State

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

# A try of each row that is still held, counted; with what is known of its recipient now.
_BEGIN = """
WITH begun AS (
    UPDATE notifications_notification SET attempts = attempts + 1
    WHERE id = ANY(%(ids)s) AND state = 'claimed' AND lease_token = %(token)s
        AND lease_until > statement_timestamp()
    RETURNING *
)
SELECT begun.*, account.{email} AS account_address, account.is_active AS account_is_active,
    begun.lease_until - statement_timestamp() AS time_left,
    statement_timestamp() - begun.due_at AS age
FROM begun LEFT JOIN {accounts} AS account ON account.id = begun.recipient_id
ORDER BY begun.id
"""

# What became of rows, if they are still held: all in one statement. A secret goes with the last
# try; a row that is to be tried again is due after its wait.
_FINISH = """
UPDATE notifications_notification AS n
SET state = o.state, failure = o.failure, lease_token = NULL, lease_until = NULL,
    next_attempt_at = CASE o.state WHEN 'queued' THEN statement_timestamp() + o.wait
        ELSE n.next_attempt_at END,
    sent_at = CASE o.state WHEN 'sent' THEN statement_timestamp() - o.ago END,
    facts = CASE WHEN o.state <> 'queued' AND n.kind = ANY(%(secret_kinds)s)
        THEN n.facts - %(secrets)s::text[] ELSE n.facts END
FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(failures)s::text[], %(waits)s::interval[],
    %(agos)s::interval[]) AS o (id, state, failure, wait, ago)
WHERE n.id = o.id AND n.state = 'claimed' AND n.lease_token = %(token)s
RETURNING n.id
"""
_SECRET_KINDS = sorted(kind.name for kind in KINDS.values() if kind.secret)
_SECRETS = sorted(set().union(*(kind.secret for kind in KINDS.values())))
_NO_TIME = timedelta(0)


@dataclass(frozen=True)
class Claim:
    """Rows taken together. `full`: as many as could be taken, so there may be more."""

    token: uuid.UUID
    ids: list[int]
    full: bool


@dataclass(frozen=True)
class Try:
    """One row whose try has begun. `address` is where the mail goes: a mailbox, or the address that
    the recipient's account has now; `has_left` is said of somebody whose account is closed.
    `time_left` of its lease, `age` since it was first due."""

    row: Notification
    address: str
    has_left: bool
    time_left: timedelta
    age: timedelta


@dataclass(frozen=True)
class Outcome:
    """What became of the try of one row: `wait` until the next where there is one, `ago` how long
    it has been sent."""

    pk: int
    state: State
    failure: str = ""
    wait: timedelta = _NO_TIME
    ago: timedelta = _NO_TIME


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
    rows = Notification.objects.raw(_begin_statement(), {"ids": list(ids), "token": str(token)})
    return [_try(row) for row in rows]


def _try(row: Any) -> Try:
    """The columns beside the row's own are attributes of it."""
    return Try(
        row=row,
        address=row.address if row.recipient_id is None else row.account_address,
        has_left=row.account_is_active is False,
        time_left=row.time_left,
        age=row.age,
    )


@cache
def _begin_statement() -> str:
    accounts = get_user_model()
    quote = connection.ops.quote_name
    email = quote(accounts.get_email_field_name())
    return _BEGIN.format(email=email, accounts=quote(accounts._meta.db_table))


def finish(outcomes: Sequence[Outcome], token: uuid.UUID) -> set[int]:
    """Write down what became of rows; those that were not held under the token any more are left
    alone, and missing in what is returned."""
    if not outcomes:
        return set()
    values: dict[str, Any] = {
        "token": str(token),
        "ids": [one.pk for one in outcomes],
        "states": [one.state.value for one in outcomes],
        "failures": [one.failure for one in outcomes],
        "waits": [one.wait for one in outcomes],
        "agos": [one.ago for one in outcomes],
        "secret_kinds": _SECRET_KINDS,
        "secrets": _SECRETS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FINISH, values)
        return {pk for (pk,) in cursor.fetchall()}

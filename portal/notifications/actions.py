"""Telling people, and what a reader or an operator does with what was told."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models.functions import Now
from django.utils.http import url_has_allowed_host_and_scheme

from portal.core.references import new_opaque_id
from portal.core.refused import Refused
from portal.core.request_ids import current_request_id
from portal.notifications.kinds import KINDS, checked, sealed
from portal.notifications.models import Notification
from portal.notifications.recipients import Recipient
from portal.notifications.states import FAILED, Channel, State

__all__ = ["Recipient", "retry", "see", "see_all", "see_path", "tell"]

# One statement for all recipients, the wake-up call included; NOTIFY is heard on commit only.
_TELL = """
WITH told AS (
    INSERT INTO notifications_notification (
        event, kind, recipient_id, address, channel, facts, path, state, failure, attempts,
        due_at, next_attempt_at, created_at, sent_at, request_id, message_id)
    SELECT %(event)s, %(kind)s, r.user_id, r.address, r.channel, %(facts)s, %(path)s,
        CASE r.channel WHEN 'app' THEN 'sent' ELSE 'queued' END, '', 0,
        statement_timestamp(), statement_timestamp(), statement_timestamp(),
        CASE r.channel WHEN 'app' THEN statement_timestamp() END, %(request_id)s, r.message_id
    FROM unnest(%(user_ids)s::bigint[], %(addresses)s::text[], %(channels)s::text[],
        %(message_ids)s::text[]) AS r (user_id, address, channel, message_id)
    ON CONFLICT DO NOTHING
    RETURNING channel
)
SELECT pg_notify('outbox', '') FROM told WHERE channel = 'email' LIMIT 1
"""


def tell(
    *,
    event: str,
    kind: str,
    recipients: Sequence[Recipient],
    facts: Mapping[str, str],
    path: str,
) -> None:
    """Tell everyone of one event, in the caller's transaction and in one statement.

    `event` names what happened, once ever ("referral 12 sent 3"): told again, it changes nothing.
    `kind` is one of kinds.py; `facts` hold no person; `path` is where the notification leads
    ("/referrals/CG-.../"; "" for an account's mail, whose link is a fact). Raises ValueError for
    what cannot be told, RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("People are told inside the transaction of what they are told about.")
    if path and not (path.startswith("/") and url_has_allowed_host_and_scheme(path, None)):
        raise ValueError("A notification leads to an address inside the portal.")
    # In one order, so that two events that tell the same people cannot deadlock.
    people = sorted(set(recipients), key=lambda r: (r.user_id or 0, r.address))
    rows = [(r.user_id, r.address, channel) for r in people for channel in r.channels]
    values: dict[str, Any] = {
        "event": event,
        "kind": kind,
        "facts": json.dumps(sealed(kind, checked(kind, facts))),
        "path": path,
        "request_id": current_request_id(),
        "user_ids": [user_id for user_id, _, _ in rows],
        "addresses": [address for _, address, _ in rows],
        "channels": [str(channel) for _, _, channel in rows],
        "message_ids": [_message_id() if c is Channel.EMAIL else "" for _, _, c in rows],
    }
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_TELL, values)


def _message_id() -> str:
    """Made once and kept, so that a mail that is sent twice can be known by it."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    return f"<{new_opaque_id()}@{domain}>"


def see(*, by: AbstractBaseUser, pk: int) -> int:
    """The reader has seen one notification: how many that changed (0 when it was not theirs)."""
    return Notification.objects.in_app_of(by.pk).unseen().filter(pk=pk).update(seen_at=Now())


def see_all(*, by: AbstractBaseUser, upto: int) -> int:
    """The reader has seen all up to the newest one shown; what came later stays new."""
    return Notification.objects.in_app_of(by.pk).unseen().filter(pk__lte=upto).update(seen_at=Now())


def see_path(*, by: AbstractBaseUser, path: str) -> int:
    """The reader has opened what these notifications lead to."""
    return Notification.objects.in_app_of(by.pk).unseen().filter(path=path).update(seen_at=Now())


def retry(*, pk: int) -> None:
    """Put a failed notification back into the outbox, due now and with a new day to try.

    Raises Refused when it has not failed, or when the secret it carried is gone.
    """
    row = Notification.objects.filter(pk=pk).first()
    if row is None or row.state not in FAILED:
        raise Refused(f"Notification {pk} has not failed, so there is nothing to retry.")
    if KINDS[row.kind].secret:
        raise Refused(f"Notification {pk} held a link that is gone: ask for a new one instead.")
    changed = Notification.objects.filter(pk=pk, state=row.state).update(
        state=State.QUEUED, failure="", attempts=0, due_at=Now(), next_attempt_at=Now()
    )
    if not changed:
        raise Refused(f"Notification {pk} has just been changed by somebody else.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('outbox', '')")

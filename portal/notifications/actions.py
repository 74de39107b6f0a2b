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
from portal.core.request_ids import current_request_id
from portal.notifications.kinds import KINDS, checked, sealed
from portal.notifications.models import Notification
from portal.notifications.recipients import Recipient
from portal.notifications.states import Channel
from portal.worktime.quiet import over_at

__all__ = ["Recipient", "see", "see_all", "see_path", "tell"]

# One statement for all recipients, the wake-up call included; NOTIFY is heard on commit only.
# A mail to somebody who is in a clinic is due when that is over.
_TELL = f"""
WITH told AS (
    INSERT INTO notifications_notification (
        event, kind, recipient_id, address, channel, facts, path, state, failure, attempts,
        due_at, next_attempt_at, created_at, sent_at, request_id, message_id, desk)
    SELECT %(event)s, %(kind)s, r.user_id, r.address, r.channel, %(facts)s, %(path)s,
        CASE r.channel WHEN 'app' THEN 'sent' ELSE 'queued' END, '', 0,
        coalesce(clinic.over_at, statement_timestamp()),
        coalesce(clinic.over_at, statement_timestamp()), statement_timestamp(),
        CASE r.channel WHEN 'app' THEN statement_timestamp() END, %(request_id)s, r.message_id,
        r.desk
    FROM unnest(%(user_ids)s::bigint[], %(addresses)s::text[], %(channels)s::text[],
        %(message_ids)s::text[], %(desks)s::text[], %(by_defaults)s::boolean[])
        AS r (user_id, address, channel, message_id, desk, by_default)
    LEFT JOIN LATERAL (
        SELECT {over_at("r.user_id")} AS over_at WHERE %(waits)s AND r.channel = 'email'
    ) AS clinic ON true
    WHERE r.channel = 'app' OR %(always)s OR coalesce((
        SELECT wanted FROM notifications_mailchoice AS choice
        WHERE choice.user_id = r.user_id AND choice."group" = %(group)s), r.by_default)
    ON CONFLICT DO NOTHING
    RETURNING channel
)
SELECT pg_notify('outbox', '') FROM told WHERE channel = 'email' LIMIT 1
"""  # noqa: S608 (text of ours)


def tell(
    *,
    event: str,
    kind: str,
    recipients: Sequence[Recipient],
    facts: Mapping[str, str],
    path: str,
    urgent: bool = False,
) -> None:
    """Tell everyone of one event, in the caller's transaction and in one statement.

    `event` names what happened, once ever ("referral 12 sent 3"): told again, it changes nothing.
    `kind` is one of kinds.py; `facts` hold no person; `path` is where the notification leads
    ("/referrals/CG-.../"; "" for an account's mail, whose link is a fact). Raises ValueError for
    what cannot be told, RuntimeError outside a transaction.

    People choose whether they want mails (choices.py), but not of what is `urgent` or concerns
    their account: that is mailed whatever they have chosen, and at once. Other mails to somebody
    who is in a clinic wait until it is over; a mailbox has no clinics.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("People are told inside the transaction of what they are told about.")
    if path and not (path.startswith("/") and url_has_allowed_host_and_scheme(path, None)):
        raise ValueError("A notification leads to an address inside the portal.")
    # In one order, so that two events that tell the same people cannot deadlock.
    people = sorted(set(recipients), key=lambda r: (r.user_id or 0, r.address, r.desk or ""))
    rows = [(r, channel) for r in people for channel in r.channels]
    group = KINDS[kind].group if kind in KINDS else None
    values: dict[str, Any] = {
        "event": event,
        "kind": kind,
        "facts": json.dumps(sealed(kind, checked(kind, facts))),
        "path": path,
        "request_id": current_request_id(),
        "user_ids": [recipient.user_id for recipient, _ in rows],
        "addresses": [recipient.address for recipient, _ in rows],
        "channels": [str(channel) for _, channel in rows],
        "message_ids": [_message_id() if c is Channel.EMAIL else "" for _, c in rows],
        "desks": [recipient.desk or "" for recipient, _ in rows],
        "by_defaults": [recipient.by_default for recipient, _ in rows],
        "always": urgent or group is None,
        "waits": not urgent and group is not None,
        "group": group or "",
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

"""Clears away what nobody needs any more: once a day, in small steps.

Never what somebody has not seen, and never what failed and nobody has looked after.
"""

import logging
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)

BATCH = 1_000
# A step a moment: the rest goes tomorrow, or when somebody calls again. Well below the 45 seconds
# after which Celery ends a task.
LONGEST_SECONDS = 30.0


@dataclass(frozen=True)
class Rule:
    """What may go from one table: a condition with `%(days)s`, and the setting it stands for."""

    table: str
    condition: str
    setting: str = ""


RULES = (
    # Mails that are over, but for those about which somebody did something.
    Rule(
        "notifications_notification",
        "channel = 'email' AND state IN ('sent', 'not-needed')"
        " AND created_at < now() - make_interval(days => %(days)s) AND NOT EXISTS (SELECT 1 FROM"
        " notifications_handling AS h WHERE h.notification_id = notifications_notification.id)",
        "KEEP_MAILS_DAYS",
    ),
    Rule(
        "notifications_notification",
        "channel = 'app' AND seen_at < now() - make_interval(days => %(days)s)",
        "KEEP_SEEN_DAYS",
    ),
    Rule(
        "core_onetimekey",
        "created_at < now() - make_interval(days => %(days)s)",
        "KEEP_ONE_TIME_KEYS_DAYS",
    ),
    Rule("django_session", "expire_date < now()"),
    Rule(
        "usersessions_usersession",
        "created_at < now() - interval '1 day' AND NOT EXISTS (SELECT 1 FROM django_session AS s"
        " WHERE s.session_key = usersessions_usersession.session_key)",
    ),
    Rule("accounts_parkedform", "expires_at < now()"),
    Rule("core_ratecount", "until < now()"),
)


def clear() -> dict[str, int]:
    """Clear by every rule, in batches, for half a minute at most: how many rows went from each.

    What is left of the time is shared among the rules to come, so that each has its turn.
    """
    until = time.monotonic() + LONGEST_SECONDS
    gone: dict[str, int] = {}
    for place, rule in enumerate(RULES):
        begun = time.monotonic()
        turn = begun + (until - begun) / (len(RULES) - place)
        while time.monotonic() < turn:
            count = _step(rule)
            gone[rule.table] = gone.get(rule.table, 0) + count
            if count < BATCH:
                break
    logger.info("cleared", extra={"event": "cleared", "count": sum(gone.values())})
    return gone


def clear_daily() -> None:
    """The same, for the work that comes round."""
    clear()


def _step(rule: Rule) -> int:
    """One batch in a transaction of its own; rows that somebody holds are left for later."""
    days = getattr(settings, rule.setting) if rule.setting else 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {rule.table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {rule.table}"  # noqa: S608
            f" WHERE {rule.condition} LIMIT %(batch)s FOR UPDATE SKIP LOCKED))",
            {"days": days, "batch": BATCH},
        )
        return int(cursor.rowcount)

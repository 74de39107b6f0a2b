"""What is read from the outbox: by readers in the app, by operators and by /readyz."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from portal.notifications.models import Handling, Notification

PAGE = 25
# The badge says "99+" beyond; nobody counts further, so neither does the database.
MOST_COUNTED = 99
MOST_FAILURES = 1_000


@dataclass(frozen=True)
class Page:
    """A page of a reader's notifications, newest first. `more`: there are older ones."""

    rows: list[Notification]
    more: bool


def unread_count(user_id: int) -> int:
    """How many notifications in the app the reader has not seen, at most 100 (shown as 99+)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM notifications_notification"
            " WHERE recipient_id = %s AND channel = 'app' AND seen_at IS NULL LIMIT %s) AS unseen",
            [user_id, MOST_COUNTED + 1],
        )
        return int(cursor.fetchone()[0])


def page(user_id: int, before: int | None = None) -> Page:
    """The reader's notifications, those older than the row `before` when it is given."""
    rows = Notification.objects.in_app_of(user_id).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return Page(rows=found[:PAGE], more=len(found) > PAGE)


def revision(user_id: int) -> str:
    """Changes whenever the first page or the number of unseen notifications does."""
    newest = Notification.objects.in_app_of(user_id).order_by("-pk")[:PAGE]
    shown = [f"{pk}{'' if seen else '*'}" for pk, seen in newest.values_list("pk", "seen_at")]
    text = f"{unread_count(user_id)} {' '.join(shown)}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def arrived_since(user_id: int, newest: int) -> int:
    """How many notifications have come in since the row `newest`, at most 100."""
    rows = Notification.objects.in_app_of(user_id).filter(pk__gt=newest)
    return rows[: MOST_COUNTED + 1].count()


def oldest_unsent_seconds() -> int:
    """How long the oldest mail that is due has been waiting; 0 when none waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM statement_timestamp() - min(due_at)), 0)"
            " FROM notifications_notification"
            " WHERE state IN ('queued', 'claimed') AND due_at <= statement_timestamp()"
        )
        return int(cursor.fetchone()[0])


def failed_count(desks: Collection[str], more: QuerySet[Any, Any] | None = None) -> int:
    """How many failed mails wait for somebody at these desks, at most 100; `more` selects names of
    further desks."""
    if not desks and more is None:
        return 0
    wanted = Q(desk__in=desks)
    if more is not None:
        wanted |= Q(desk__in=more)
    rows = Notification.objects.failed().filter(wanted)
    return rows[: MOST_COUNTED + 1].count()


def failed_at(desks: Collection[str], limit: int = 100) -> list[Notification]:
    """The failed mails at these desks, newest first, with recipient and what was done before."""
    rows = Notification.objects.failed().filter(desk__in=desks).select_related("recipient")
    return list(rows.prefetch_related("handlings__by").order_by("-pk")[:limit])


def handled_at(desks: Collection[str], limit: int = 20) -> list[Handling]:
    """What was last done about mails at these desks."""
    rows = Handling.objects.filter(notification__desk__in=desks)
    return list(rows.select_related("notification", "by").order_by("-pk")[:limit])


def failed_to(user_id: int) -> list[Notification]:
    """The mails to one person that failed, newest first: a handful is enough to say so."""
    rows = Notification.objects.failed().filter(recipient_id=user_id)
    return list(rows.order_by("-pk")[:5])


def failures() -> int:
    """How many failed mails wait for anybody, at most 1,000: for /readyz."""
    return Notification.objects.failed()[:MOST_FAILURES].count()


def counts() -> dict[tuple[str, str], int]:
    """How many rows there are by channel and state. Reads the whole table: for operators only."""
    found = Notification.objects.values_list("channel", "state").annotate(many=Count("pk"))
    return {(channel, state): many for channel, state, many in found.order_by("channel", "state")}


def failed(limit: int = 50) -> list[Notification]:
    """The newest rows that somebody has to look at."""
    return list(Notification.objects.failed().order_by("-pk")[:limit])

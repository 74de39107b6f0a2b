"""What people do about mails that failed: try again, or say that they have told them."""

from collections.abc import Callable, Collection

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction
from django.db.models.functions import Now

from portal.core.refused import NotYours, Refused
from portal.notifications.kinds import KINDS
from portal.notifications.models import Handling, Notification
from portal.notifications.states import FAILED, State


@transaction.atomic
def try_again(
    *,
    by: AbstractBaseUser | None,
    pk: int,
    desks: Collection[str] | None,
    check: Callable[[Notification], None] = lambda _: None,
) -> None:
    """Put a failed mail back into the outbox, due now and with a new day to try.

    `desks` are those that `by` looks after; None, on the command line, is all of them. `check`
    refuses it for reasons that only rooms above know. Raises NotYours where it is at none of these,
    Refused when it has not failed (any more), or when the secret it carried is gone.
    """
    row = _failed(pk, desks)
    if row.kind in KINDS and KINDS[row.kind].must_hold_secret:
        raise Refused("This mail held a link that is gone: ask for a new one instead.")
    check(row)
    Notification.objects.filter(pk=pk).update(
        state=State.QUEUED, failure="", attempts=0, due_at=Now(), next_attempt_at=Now()
    )
    _write(row, by, Handling.What.RETRIED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('outbox', '')")


@transaction.atomic
def told_another_way(*, by: AbstractBaseUser, pk: int, desks: Collection[str]) -> None:
    """No mail is needed any more: the recipient knows by other means. Raises as above."""
    row = _failed(pk, desks)
    Notification.objects.filter(pk=pk).update(state=State.HANDLED)
    _write(row, by, Handling.What.TOLD)


def _write(row: Notification, by: AbstractBaseUser | None, what: str) -> None:
    Handling.objects.create(notification=row, by_id=by.pk if by else None, what=what, at=Now())


def _failed(pk: int, desks: Collection[str] | None) -> Notification:
    """The failed row, locked, so that of two people at once the second is told."""
    rows = Notification.objects.select_for_update().filter(pk=pk, channel="email")
    if desks is not None:
        rows = rows.filter(desk__in=[desk for desk in desks if desk])
    row = rows.first()
    if row is None:
        if desks is None:
            raise Refused(f"There is no mail {pk}.")
        raise NotYours("mail", str(pk))
    if row.state == State.NOT_NEEDED:
        raise Refused("Nobody needs this mail any more.", code="not-failed")
    if row.state not in FAILED:
        raise Refused("Somebody has seen to this mail already.", code="not-failed")
    return row

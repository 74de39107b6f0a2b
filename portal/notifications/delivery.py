"""Sends mails for rows held under a lease: outside any transaction, each finished on its own."""

import logging
import time
import uuid
from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import transaction

from portal.core.request_ids import working_on
from portal.notifications import claims
from portal.notifications.claims import Try
from portal.notifications.composing import compose, sound_address
from portal.notifications.courier import Courier
from portal.notifications.failures import classify, concerns_every_mail
from portal.notifications.models import Notification
from portal.notifications.states import BACKOFF, GIVE_UP_AFTER, Failure

logger = logging.getLogger(__name__)


def _never() -> bool:
    return False


def deliver(ids: Sequence[int], token: uuid.UUID, *, stop: Callable[[], bool] = _never) -> int:
    """Send the rows held under `token`, one after the other; how many were tried.

    Rows that are held under another token by now are left alone. The rest is given back untried
    when the lease has not long enough to run or `stop` says so, and put off when the mail server
    is away. Raises RuntimeError inside a transaction.
    """
    began = time.monotonic()
    with transaction.atomic(durable=True):  # raises inside another: no mail in a transaction
        tries = claims.begin(ids, token)
    with Courier() as courier:
        for place, one in enumerate(tries):
            if place and (_is_short(one, time.monotonic() - began) or stop()):
                claims.give_back([rest.row.pk for rest in tries[place:]], token)
                return place
            with working_on(one.row.request_id):
                failure = _deliver_one(one, token, courier)
            if failure and concerns_every_mail(failure):
                for rest in tries[place + 1 :]:
                    _finish(rest, token, failure)
                return place + 1
    return len(tries)


def _is_short(one: Try, passed: float) -> bool:
    """Whether the lease may run out while one more mail meets a slow server."""
    whole = one.time_left.total_seconds()
    return whole - passed < min(settings.EMAIL_TIMEOUT, whole / 2)


def _deliver_one(one: Try, token: uuid.UUID, courier: Courier) -> Failure | None:
    """Send and finish one row; the class of the failure, None when there was none."""
    row = one.row
    if row.recipient and not row.recipient.is_active:
        claims.finish_not_needed(row, token)
        return None
    began = time.monotonic()
    failure = _try(row, courier)
    ours = _finish(one, token, failure)
    outcome = failure or ("sent" if ours else "sent, but the lease had run out")
    logger.log(
        logging.WARNING if failure or not ours else logging.INFO,
        "notification %d",
        row.pk,
        extra={
            "kind": row.kind,
            "attempt": row.attempts,
            "outcome": str(outcome),
            "seconds": round(time.monotonic() - began, 3),
        },
    )
    return failure


def _finish(one: Try, token: uuid.UUID, failure: Failure | None) -> bool:
    """Write down how it went; False when somebody else holds the row by now."""
    if failure is None:
        return claims.finish_sent(one.row, token)
    if failure in BACKOFF and one.age > GIVE_UP_AFTER:
        failure = Failure.GAVE_UP
    return claims.finish_failed(one.row, token, failure)


def _try(row: Notification, courier: Courier) -> Failure | None:
    address = sound_address(_address_of(row))
    if not address:
        return Failure.NO_ADDRESS
    try:
        mail = compose(row, address)
    except Exception:
        logger.exception("notification %d could not be composed", row.pk)
        return Failure.COMPOSING
    try:
        courier.carry(mail)
    except Exception as error:
        failure = classify(error)
        if failure is Failure.UNEXPECTED:
            logger.exception("notification %d could not be sent", row.pk)
        return failure
    return None


def _address_of(row: Notification) -> str:
    """A mailbox's address, or the one that the recipient's account has now."""
    if row.recipient is None:
        return row.address
    return str(getattr(row.recipient, row.recipient.get_email_field_name()))

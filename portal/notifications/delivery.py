"""Sends mails for rows held under a lease: outside any transaction, finished a few at a time."""

import logging
import time
import uuid
from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import transaction

from portal.core.request_ids import working_on
from portal.notifications import claims
from portal.notifications.claims import Outcome, Try
from portal.notifications.composing import compose, sound_address
from portal.notifications.courier import Courier
from portal.notifications.failures import classify, concerns_every_mail, is_out_of_time
from portal.notifications.ledger import Ledger
from portal.notifications.states import (
    BACKOFF,
    ENDS_IN,
    GIVE_UP_AFTER,
    Failure,
    State,
    wait_after,
)

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
    with Courier() as courier, Ledger(token) as ledger:
        for place, one in enumerate(tries):
            if place and (_is_short(one, time.monotonic() - began) or stop()):
                claims.give_back([other.row.pk for other in tries[place:]], token)
                return place
            rest = tries[place + 1 :]
            failure = _deliver_one(one, courier, ledger, bool(rest))
            if failure and concerns_every_mail(failure):
                for other in rest:
                    ledger.note(other.row, _failed(other, failure))
                return place + 1
    return len(tries)


def _is_short(one: Try, passed: float) -> bool:
    """Whether the lease may run out while one more mail meets a slow server."""
    whole = one.time_left.total_seconds()
    return whole - passed < min(settings.EMAIL_TIMEOUT, whole / 2)


def _deliver_one(one: Try, courier: Courier, ledger: Ledger, before_others: bool) -> Failure | None:
    """Send one row and note it; the class of the failure, None when there was none."""
    if one.has_left:
        ledger.note(one.row, Outcome(one.row.pk, State.NOT_NEEDED))
        return None
    began = time.monotonic()
    with working_on(one.row.request_id):
        failure = _try(one, courier)
    outcome = Outcome(one.row.pk, State.SENT)
    if failure:
        # It may be this one at which the server hangs: it waits for longer than those that are put
        # off because of it, or it would stand before them again.
        outcome = _failed(
            one, failure, steps=1 if before_others and concerns_every_mail(failure) else 0
        )
    ledger.note(one.row, outcome, time.monotonic() - began)
    return failure


def _failed(one: Try, failure: Failure, steps: int = 0) -> Outcome:
    """What becomes of a row whose try failed: over, or to be tried again."""
    if failure in BACKOFF and one.age > GIVE_UP_AFTER:
        failure = Failure.GAVE_UP
    if failure in ENDS_IN:
        return Outcome(one.row.pk, ENDS_IN[failure], failure)
    wait = wait_after(failure, one.row.attempts + steps)
    return Outcome(one.row.pk, State.QUEUED, failure, wait)


def _try(one: Try, courier: Courier) -> Failure | None:
    address = sound_address(one.address)
    if not address:
        return Failure.NO_ADDRESS
    try:
        mail = compose(one.row, address)
    except Exception as error:
        if is_out_of_time(error):
            return Failure.CONNECTION
        logger.exception("notification %d could not be composed", one.row.pk)
        return Failure.COMPOSING
    try:
        courier.carry(mail)
    except Exception as error:
        failure = classify(error)
        if failure is Failure.UNEXPECTED:
            logger.exception("notification %d could not be sent", one.row.pk)
        return failure
    return None

"""What went wrong decides whether it is tried again, and when."""

import smtplib
import ssl
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import BadHeaderError

from portal.notifications.failures import classify, concerns_every_mail
from portal.notifications.states import (
    BACKOFF,
    ENDS_IN,
    FAILURE_NAMES,
    STATE_NAMES,
    TRANSITIONS,
    Failure,
    State,
    wait_after,
)

TO = "someone@example.org"


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (ConnectionRefusedError(), Failure.CONNECTION),
        (TimeoutError(), Failure.CONNECTION),
        (ssl.SSLCertVerificationError(), Failure.CONNECTION),
        (smtplib.SMTPServerDisconnected("gone"), Failure.CONNECTION),
        (smtplib.SMTPConnectError(554, b"no"), Failure.CONNECTION),
        (smtplib.SMTPHeloError(500, b"no"), Failure.CONNECTION),
        (smtplib.SMTPNotSupportedError("STARTTLS is not supported"), Failure.CONNECTION),
        (SoftTimeLimitExceeded(), Failure.CONNECTION),
        (smtplib.SMTPRecipientsRefused({TO: (421, b"closing")}), Failure.CONNECTION),
        (smtplib.SMTPAuthenticationError(535, b"no"), Failure.SIGN_IN),
        (smtplib.SMTPSenderRefused(550, b"no", "portal@example.org"), Failure.SENDER),
        (smtplib.SMTPSenderRefused(451, b"later", "portal@example.org"), Failure.DEFERRED),
        (smtplib.SMTPRecipientsRefused({TO: (450, b"greylisted")}), Failure.DEFERRED),
        (smtplib.SMTPDataError(452, b"full"), Failure.DEFERRED),
        (smtplib.SMTPRecipientsRefused({TO: (550, b"unknown")}), Failure.RECIPIENT),
        (smtplib.SMTPDataError(554, b"spam"), Failure.CONTENT),
        (BadHeaderError("newline"), Failure.COMPOSING),
        (KeyError("ours"), Failure.UNEXPECTED),
    ],
)
def test_classes_of_failure(error: Exception, failure: Failure) -> None:
    assert classify(error) is failure


def test_every_failure_is_either_tried_again_or_ends_it_and_has_words() -> None:
    assert set(BACKOFF) | set(ENDS_IN) == set(Failure)
    assert not set(BACKOFF) & set(ENDS_IN)
    assert set(FAILURE_NAMES) == set(Failure)
    assert set(STATE_NAMES) == set(State) == set(TRANSITIONS)


def test_only_temporary_failures_are_taken_to_concern_every_mail() -> None:
    assert all(failure in BACKOFF for failure in Failure if concerns_every_mail(failure))


def test_the_first_retry_comes_at_once_and_later_ones_are_spaced() -> None:
    waits = [wait_after(Failure.DEFERRED, attempts) for attempts in range(1, 12)]
    assert waits[0] == timedelta(seconds=5)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=3)


def test_a_mail_server_that_was_away_for_long_is_asked_again_within_two_minutes() -> None:
    assert wait_after(Failure.CONNECTION, 500) == timedelta(minutes=2)

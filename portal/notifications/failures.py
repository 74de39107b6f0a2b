"""What went wrong with a mail: whose fault it is, and whether it is worth another try."""

import smtplib

from celery.exceptions import SoftTimeLimitExceeded

from portal.notifications.states import Failure


def classify(error: Exception) -> Failure:
    """The class of what sending raised.

    4xx is temporary and 5xx about this address or mail is permanent (RFC 5321, 4.2.1); a refused
    sender or sign-in is temporary, because it concerns every mail and an operator mends it.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _by_code(_first_code(error), Failure.RECIPIENT)
    if isinstance(error, smtplib.SMTPDataError):
        return _by_code(error.smtp_code, Failure.CONTENT)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Failure.SIGN_IN
    if isinstance(error, smtplib.SMTPSenderRefused):
        return _by_code(error.smtp_code, Failure.SENDER)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        # Raised by starttls as well, but then nobody has seen an address yet.
        return Failure.RECIPIENT if "SMTPUTF8" in str(error) else Failure.CONNECTION
    if isinstance(error, OSError | SoftTimeLimitExceeded):  # every other SMTPException too
        return Failure.CONNECTION
    if isinstance(error, ValueError):  # BadHeaderError, UnicodeError: before the server was asked
        return Failure.COMPOSING
    return Failure.UNEXPECTED


def is_out_of_time(error: Exception) -> bool:
    """Whether the worker's time limit struck, which may be anywhere in the code."""
    return isinstance(error, SoftTimeLimitExceeded)


def concerns_every_mail(failure: Failure) -> bool:
    """Whether the next mail on the same connection would fail alike."""
    return failure in {Failure.CONNECTION, Failure.SIGN_IN, Failure.SENDER}


def _by_code(code: int, permanent: Failure) -> Failure:
    # 421 is said to any command when the server is going down.
    if code == 421:
        return Failure.CONNECTION
    return Failure.DEFERRED if 400 <= code < 500 else permanent


def _first_code(error: smtplib.SMTPRecipientsRefused) -> int:
    return next((code for code, _ in error.recipients.values()), 550)

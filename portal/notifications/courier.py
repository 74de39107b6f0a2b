"""One connection to the mail server for a handful of mails."""

from contextlib import suppress
from types import TracebackType

from django.core.mail import EmailMessage, get_connection

from portal.notifications.failures import classify
from portal.notifications.states import Failure


class Courier:
    """Opened when first needed, closed at the end of the block."""

    def __init__(self) -> None:
        self._server = get_connection(fail_silently=False)
        self._carried = 0

    def __enter__(self) -> "Courier":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        with suppress(OSError):  # the mails have been accepted, whatever becomes of the QUIT
            self._server.close()

    def carry(self, mail: EmailMessage) -> None:
        """Send one mail; raises what smtplib and sockets raise.

        A server may close a connection after some mails: then once more on a new one.
        """
        try:
            self._send(mail)
        except Exception as error:
            if classify(error) is not Failure.CONNECTION:
                raise
            self._drop()
            if not self._carried or isinstance(error, TimeoutError):
                raise
            self._carried = 0
            self._send(mail)
        self._carried += 1

    def _send(self, mail: EmailMessage) -> None:
        self._server.open()
        self._server.send_messages([mail])

    def _drop(self) -> None:
        """Close without a word: a server that hangs would make us wait for its goodbye."""
        for name in ("connection", "_partial_connection"):
            line = getattr(self._server, name, None)
            if line is not None:
                line.close()
                setattr(self._server, name, None)

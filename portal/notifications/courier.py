"""One connection to the mail server for a handful of mails."""

import smtplib
from contextlib import suppress
from email.utils import parseaddr
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
                self._begin_anew()
                raise
            self._drop()
            if not self._carried or isinstance(error, TimeoutError):
                raise
            self._carried = 0
            self._send(mail)
        self._carried += 1

    def _send(self, mail: EmailMessage) -> None:
        self._server.open()
        line = getattr(self._server, "connection", None)
        if isinstance(line, smtplib.SMTP) and _is_plain(mail):
            line.ehlo_or_helo_if_needed()
            if line.has_extn("pipelining"):
                _send_at_once(line, mail)
                return
        self._server.send_messages([mail])

    def _begin_anew(self) -> None:
        """Ready for the next mail after one that was refused: smtplib leaves some of them open."""
        line = getattr(self._server, "connection", None)
        if isinstance(line, smtplib.SMTP):
            try:
                line.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()

    def _drop(self) -> None:
        """Close without a word: a server that hangs would make us wait for its goodbye."""
        for name in ("connection", "_partial_connection"):
            line = getattr(self._server, name, None)
            if line is not None:
                line.close()
                setattr(self._server, name, None)


def _is_plain(mail: EmailMessage) -> bool:
    """Whether the addresses of the envelope need no encoding."""
    return mail.from_email.isascii() and mail.to[0].isascii()


def _send_at_once(line: smtplib.SMTP, mail: EmailMessage) -> None:
    """The envelope in one go (RFC 2920): two waits for a mail instead of four.

    Raises what `smtplib.SMTP.sendmail` raises for each answer.
    """
    sender, to = parseaddr(mail.from_email)[1], mail.to[0]
    line.send(f"MAIL FROM:<{sender}>\r\nRCPT TO:<{to}>\r\nDATA\r\n")
    by_sender, by_recipient, by_data = line.getreply(), line.getreply(), line.getreply()
    if by_sender[0] == 250 and by_recipient[0] in (250, 251) and by_data[0] == 354:
        line.send(_quoted(mail) + b".\r\n")
        answer = line.getreply()
        if answer[0] != 250:
            raise smtplib.SMTPDataError(*answer)
        return
    if by_data[0] == 354:  # it would take a mail that is for nobody: an empty one
        line.send(".\r\n")
        line.getreply()
    if by_sender[0] != 250:
        raise smtplib.SMTPSenderRefused(*by_sender, sender)
    if by_recipient[0] not in (250, 251):
        raise smtplib.SMTPRecipientsRefused({to: by_recipient})
    raise smtplib.SMTPDataError(*by_data)


def _quoted(mail: EmailMessage) -> bytes:
    """The mail as it goes over the line: a full stop at the beginning of a line is doubled."""
    content = mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    end = b"" if content.endswith(b"\r\n") else b"\r\n"
    return content.replace(b"\r\n.", b"\r\n..") + end

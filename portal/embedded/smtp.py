"""The receiving side of SMTP (RFC 5321, with SIZE, 8BITMIME, SMTPUTF8 and PIPELINING), in plain.

For mails that go no further: whoever speaks to it is on this machine and may send to anybody. All
that has come in is answered at once, so that a conversation costs a handful of system calls.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

LARGEST_MAIL = 5_000_000
_LONGEST_LINE = 4_096
_MOST_RECIPIENTS = 1_000
# A client that says nothing for so long has gone (RFC 5321, 4.5.3.2.7: at least five minutes).
_IDLE_SECONDS = 300.0
_END = b"\r\n.\r\n"
_PATH = re.compile(r"(?:FROM|TO):\s*<([^<>\s]*)>(.*)", re.IGNORECASE | re.DOTALL)
_SIZE = re.compile(r"\bSIZE=(\d{1,20})\b", re.IGNORECASE)


@dataclass
class Envelope:
    """Who sends a mail, and to whom."""

    sender: str | None = None
    recipients: list[str] = field(default_factory=list)


# Keeps a mail with its envelope; the answer, "250 ..." where it was kept.
Keep = Callable[[Envelope, bytes], str]


class Conversation(asyncio.Protocol):
    """One connection."""

    def __init__(self, keep: Keep, name: str = "Common Ground") -> None:
        self._keep = keep
        self._name = name
        self._envelope = Envelope()
        self._waiting = bytearray()
        self._in_mail = False
        self._too_large = False
        self._searched = 0
        self._transport: asyncio.Transport | None = None
        self._idle: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(f"220 127.0.0.1 {self._name}\r\n".encode())
        self._wait_on()

    def connection_lost(self, error: Exception | None) -> None:
        """What was not answered with 250 is not kept."""
        if self._idle is not None:
            self._idle.cancel()
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Answer all that is whole."""
        self._waiting += data
        answers: list[str] = []
        while self._transport is not None and (answer := self._next()) is not None:
            answers.append(answer)
            if answer.startswith(("221", "421")):
                break
        if self._transport is None:
            return
        if answers:
            self._transport.write("".join(f"{answer}\r\n" for answer in answers).encode())
            if answers[-1].startswith(("221", "421")):
                self._transport.close()
                self._transport = None
        self._wait_on()

    def _wait_on(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        if self._transport is not None:
            loop = asyncio.get_running_loop()
            self._idle = loop.call_later(_IDLE_SECONDS, self._transport.abort)

    def _next(self) -> str | None:
        """The answer to the next command or mail; None where it is not whole yet."""
        if self._in_mail:
            return self._mail()
        end = self._waiting.find(b"\r\n")
        if end < 0:
            return "421 5.5.6 Line too long" if len(self._waiting) > _LONGEST_LINE else None
        line = self._waiting[:end].decode("utf-8", "replace")
        del self._waiting[: end + 2]
        word, _, rest = line.partition(" ")
        return self._command(word.upper(), rest.strip())

    def _command(self, word: str, rest: str) -> str:
        known = {
            "EHLO": self._ehlo,
            "HELO": self._helo,
            "MAIL": self._mail_from,
            "RCPT": self._rcpt_to,
            "DATA": self._data,
            "RSET": self._rset,
        }
        if word in known:
            return known[word](rest)
        plain = {"NOOP": "250 2.0.0 OK", "QUIT": "221 2.0.0 Bye", "VRFY": "252 2.0.0 Perhaps"}
        return plain.get(word, "500 5.5.2 No such command")

    def _ehlo(self, rest: str) -> str:
        self._envelope = Envelope()
        able = ("127.0.0.1", f"SIZE {LARGEST_MAIL}", "8BITMIME", "SMTPUTF8", "PIPELINING")
        return "\r\n".join([*(f"250-{one}" for one in able), "250 HELP"])

    def _helo(self, rest: str) -> str:
        self._envelope = Envelope()
        return "250 127.0.0.1"

    def _rset(self, rest: str) -> str:
        self._envelope = Envelope()
        return "250 2.0.0 OK"

    def _mail_from(self, rest: str) -> str:
        found = _PATH.fullmatch(rest)
        if found is None:
            return "501 5.5.4 MAIL FROM:<address>"
        if self._envelope.sender is not None:
            return "503 5.5.1 One sender for a mail"
        size = _SIZE.search(found[2])
        if size and int(size[1]) > LARGEST_MAIL:
            return "552 5.3.4 The mail is too large"
        self._envelope.sender = found[1]
        return "250 2.1.0 OK"

    def _rcpt_to(self, rest: str) -> str:
        found = _PATH.fullmatch(rest)
        if self._envelope.sender is None:
            return "503 5.5.1 MAIL first"
        if found is None or not found[1]:
            return "501 5.5.4 RCPT TO:<address>"
        if len(self._envelope.recipients) >= _MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        self._envelope.recipients.append(found[1])
        return "250 2.1.5 OK"

    def _data(self, rest: str) -> str:
        if not self._envelope.recipients:
            return "503 5.5.1 RCPT first"
        self._in_mail, self._too_large, self._searched = True, False, 0
        return "354 End with a full stop on a line of its own"

    def _mail(self) -> str | None:
        """Take the mail up to its end. Lines end in CRLF only: nobody hides a second mail in it."""
        mail = self._waiting
        if mail.startswith(_END[2:]):
            end, length = 0, len(_END) - 2
        else:
            end, length = mail.find(_END, max(0, self._searched - len(_END))), len(_END)
        if end < 0:
            if len(mail) > LARGEST_MAIL:
                self._too_large = True
                del mail[: -len(_END)]
            self._searched = len(mail)
            return None
        content = bytes(mail[:end])
        del mail[: end + length]
        envelope, self._envelope = self._envelope, Envelope()
        self._in_mail = False
        if self._too_large or end > LARGEST_MAIL:
            return "552 5.3.4 The mail is too large"
        content = content.removeprefix(b".") if content.startswith(b"..") else content
        return self._keep(envelope, content.replace(b"\r\n..", b"\r\n.") + b"\r\n")

"""A mail server that does what a test tells it."""

import asyncio
import threading
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

HANG_UP, HANG = "hang up", "hang"


def _cut(line: SMTP) -> None:
    """End a connection without a word."""
    if isinstance(line.transport, asyncio.Transport):
        line.transport.abort()


class Line(SMTP):
    """One connection; at each stage it does what was prepared for it."""

    async def _prepared(self, stage: str) -> bool:
        """Whether something was prepared for the stage; it has been done then."""
        prepared = self.event_handler.at.get(stage)
        if not prepared:
            return False
        answer = prepared.pop(0)
        if answer == HANG:
            while self.transport is not None and not self.transport.is_closing():
                await asyncio.sleep(0.01)
        elif answer == HANG_UP:
            _cut(self)
        else:
            await self.push(answer)
        return True

    # The names of the commands are aiosmtpd's.
    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802
        """Say hello."""
        if not await self._prepared("EHLO"):
            await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname: str) -> None:  # noqa: N802
        """Say hello to a client that was refused before."""
        if not await self._prepared("HELO"):
            await super().smtp_HELO(hostname)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        """Begin a mail."""
        if not await self._prepared("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        """Name a recipient."""
        if not await self._prepared("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """Take the mail."""
        if not await self._prepared("DATA"):
            await super().smtp_DATA(arg)


@dataclass(frozen=True)
class Received:
    """One mail that the server accepted."""

    to: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        """The subject line."""
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The body as it is read; an invitation stands beside it."""
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())


async def _answer(server: SMTP, prepared: str) -> str:
    """The prepared answer to a whole mail; the line is cut or hangs before it is given."""
    line = server.transport
    assert line is not None
    if prepared == HANG_UP:
        _cut(server)
    while prepared == HANG and not line.is_closing():
        await asyncio.sleep(0.01)
    return prepared if prepared[:1].isdigit() else "451 Nobody hears this"


class MailServer:
    """An SMTP server on a thread of this process, which does what a test tells it.

    `answers[address]` are answers to RCPT TO, used up one by one before the address is accepted;
    `after_data` the same for whole mails. While `holding`, no mail is accepted: the sender waits;
    `pause` is how many seconds each mail takes.
    After `hang_up_after` mails the connection is cut once, when the next one begins.
    `at[stage]` are answers to the commands "EHLO", "MAIL", "RCPT" and "DATA" and to a whole "mail",
    used up one by one; HANG_UP cuts the line instead, and HANG says nothing any more. With
    `pipelining` several commands may come at once, as at most real servers.
    """

    def __init__(self) -> None:
        self.mails: list[Received] = []
        self.answers: dict[str, list[str]] = {}
        self.after_data: list[str] = []
        self.holding = False
        self.pause = 0.0
        self.waiting = 0
        self.hang_up_after = 0
        self.at: dict[str, list[str]] = {}
        self.pipelining = False
        self.lines_taken = 0
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self._lines: set[SMTP] = set()

    @property
    def url(self) -> str:
        """Its address, the same after `stop` and `start`."""
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[Received]:
        """What was accepted for one address."""
        return [mail for mail in self.mails if mail.to == address]

    def __enter__(self) -> "MailServer":
        self._thread.start()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.holding = False
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    def start(self) -> None:
        """Listen."""
        self._do(self._start())

    def stop(self) -> None:
        """Be gone: connections are refused and open ones are cut."""
        self._do(self._stop())

    def _do(self, work: "asyncio.Future[None] | object") -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)  # type: ignore[arg-type]

    async def _start(self) -> None:
        self._server = await self._loop.create_server(self._line, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for line in list(self._lines):
            _cut(line)
        self._lines.clear()
        # Let the handlers notice, so that none is left when the loop ends.
        for _ in range(3):
            await asyncio.sleep(0.01)

    def _line(self) -> SMTP:
        line = Line(self, loop=self._loop, ident="test", hostname="test")
        self._lines.add(line)
        self.lines_taken += 1
        return line

    # The names of the handlers are aiosmtpd's.
    async def handle_EHLO(  # noqa: N802
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Say what it can do."""
        session.host_name = hostname
        able = ["250-PIPELINING"] if self.pipelining else []
        return [responses[0], *able, *responses[1:]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept a sender, or hang up."""
        if self.hang_up_after and len(self.mails) >= self.hang_up_after:
            self.hang_up_after = 0
            _cut(server)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept a recipient, or give the next of the prepared answers."""
        prepared = self.answers.get(address)
        if prepared:
            return prepared.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Accept a mail."""
        self.waiting += 1
        await asyncio.sleep(self.pause)
        while self.holding:
            await asyncio.sleep(0.01)
        self.waiting -= 1
        if self.after_data:
            return self.after_data.pop(0)
        if prepared := self.at.get("mail"):
            return await _answer(server, prepared.pop(0))
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, EmailMessage, policy=policy.default)
        self.mails += [Received(address, message) for address in envelope.rcpt_tos]
        return "250 OK"

"""A mail server that writes one line for every mail that it accepts, before it says so.

python -m script.storm.mailbox --fd N --ledger FILE

A line holds the Message-ID, the address and the referral's reference, with tabs between.
"""

import argparse
import asyncio
import re
import signal
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

_REFERENCE = re.compile(r"\bCG-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


class Ledger:
    """Takes mails from aiosmtpd."""

    def __init__(self, path: Path) -> None:
        """Append to the file `path`."""
        self._file = path.open("a", encoding="utf-8")

    # The name is aiosmtpd's.
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Write the mail down, then accept it."""
        assert isinstance(envelope.content, bytes)  # noqa: S101 (it is what aiosmtpd hands over)
        mail = message_from_bytes(envelope.content, EmailMessage, policy=policy.default)
        for address in envelope.rcpt_tos:
            for reference in sorted(references(mail)):
                self._file.write(f"{mail['Message-ID']}\t{address}\t{reference}\n")
        self._file.flush()
        return "250 2.0.0 Kept"


def references(mail: EmailMessage) -> set[str]:
    """The referrals that a mail is about."""
    return set(_REFERENCE.findall(f"{mail['Subject']}\n{mail.get_content()}"))


def read(path: Path) -> list[tuple[str, str, str]]:
    """What was accepted: (Message-ID, address, reference), a mail that came twice two times."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    parts = (line.split("\t") for line in lines)
    return [(message, address, reference) for message, address, reference in parts]


async def _serve(listener: socket.socket, ledger: Ledger) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    server = await loop.create_server(
        lambda: SMTP(ledger, enable_SMTPUTF8=True, ident="storm"), sock=listener
    )
    await stop.wait()
    server.close()


def main() -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m script.storm.mailbox")
    parser.add_argument("--fd", type=int, required=True)
    parser.add_argument("--ledger", type=Path, required=True)
    given = parser.parse_args()
    asyncio.run(_serve(socket.socket(fileno=given.fd), Ledger(given.ledger)))


if __name__ == "__main__":
    main()

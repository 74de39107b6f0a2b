"""A local SMTP server that keeps every mail it is given in a Maildir, and sends none on.

    python -m portal.embedded.mailserver --folder DIR (--port N | --fd N) [--keep 2000]

The envelope is kept as the headers Return-Path and Delivered-To (one for each recipient).
"""

import argparse
import asyncio
import errno
import itertools
import os
import signal
import socket
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

from portal.embedded.smtp import LARGEST_MAIL, Conversation, Envelope

__all__ = ["LARGEST_MAIL", "Keeper", "greets", "listen"]

MOST_MAILS = 2_000


class Keeper:
    """Keeps the newest `keep` mails.

    A mail that was answered with 250 outlives this process, but is not written out to the disk: a
    demonstration is not asked to keep its mails through a power cut.
    """

    def __init__(self, folder: Path, keep: int = MOST_MAILS) -> None:
        """Open the Maildir `folder`, making it where there is none."""
        for name in ("tmp", "new", "cur"):
            (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._keep = keep
        self._kept = deque(_by_age(folder))
        self._names = (f"{time.time_ns()}.P{os.getpid()}Q{n}.local" for n in itertools.count())
        self._forget_oldest()

    def take(self, envelope: Envelope, mail: bytes) -> str:
        """The answer to a mail: kept, or a reason to come back later."""
        headers = [f"Return-Path: <{envelope.sender or ''}>"]
        headers += [f"Delivered-To: {address}" for address in envelope.recipients]
        try:
            self._add("\r\n".join([*headers, ""]).encode() + mail)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                return "452 4.3.1 The disk is full"
            return "451 4.3.0 The mail could not be kept"
        self._forget_oldest()
        return "250 2.0.0 Kept"

    def _add(self, mail: bytes) -> None:
        """Under its name in `new` once it is whole, as a Maildir wants it."""
        name = next(self._names)
        unfinished, path = self._folder / "tmp" / name, self._folder / "new" / name
        try:
            unfinished.write_bytes(mail.replace(b"\r\n", b"\n"))
            unfinished.rename(path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        self._kept.append(path)

    def _forget_oldest(self) -> None:
        while len(self._kept) > self._keep:
            self._kept.popleft().unlink(missing_ok=True)


def _by_age(folder: Path) -> list[Path]:
    """The mails of a Maildir, the oldest first."""
    found = []
    for name in ("new", "cur"):
        for path in (folder / name).iterdir():
            with suppress(FileNotFoundError):  # a mail program has moved it meanwhile
                found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found)]


def listen(port: int = 0) -> socket.socket:
    """A listening socket on the loopback address; port 0 takes any free one."""
    listener = socket.create_server(("127.0.0.1", port), backlog=128)
    listener.set_inheritable(True)
    return listener


def greets(port: int) -> bool:
    """Whether an SMTP server greets on the port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.settimeout(2)
            greeting = connection.recv(128)
            connection.sendall(b"QUIT\r\n")
    except OSError:
        return False
    return greeting.startswith(b"220")


async def serve(listener: socket.socket, keeper: Keeper) -> None:
    """Take mails until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)

    server = await loop.create_server(lambda: Conversation(keeper.take), sock=listener)
    await stop.wait()
    server.close()


def main(argv: list[str] | None = None) -> int:
    """Run the server; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m portal.embedded.mailserver")
    parser.add_argument("--folder", type=Path, required=True, help="the Maildir")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--port", type=int, help="port on 127.0.0.1")
    where.add_argument("--fd", type=int, help="a socket that already listens")
    parser.add_argument("--keep", type=int, default=MOST_MAILS, help="how many mails are kept")
    options = parser.parse_args(argv)
    try:
        inherited = options.fd is not None
        listener = socket.socket(fileno=options.fd) if inherited else listen(options.port)
    except OSError as error:
        print(f"mailserver: {error}", file=sys.stderr)
        return 1
    asyncio.run(serve(listener, Keeper(options.folder, options.keep)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

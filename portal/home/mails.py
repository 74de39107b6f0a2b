"""The mails that the demonstration's own mail server has taken: in a demonstration only.

Public there, because whoever tries the portal has to read the mails of everybody.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.ui.words import short_when

SHOWN = 100
_ADDRESS = re.compile(r"(https?://\S+)")


class Stored(NamedTuple):
    """A mail's file, and when it was taken in nanoseconds since 1970."""

    taken: int
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail. `key` is made from the file's name, so that an address names no file."""

    key: str
    subject: str
    to: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a text: with `href` it is a link into this portal."""

    text: str
    href: str = ""


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest mails."""
    files = _files()
    mails = [_mail(stored, _parsed(stored, headers_only=True)) for stored in files[:SHOWN]]
    context = {"mails": mails, "more": len(files) > SHOWN, "shown": SHOWN}
    return render(request, "home/mails.jinja", context)


@login_not_required
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One mail with its text."""
    stored = next((stored for stored in _files() if _key(stored.path) == key), None)
    if stored is None:
        raise Http404
    message = _parsed(stored)
    body = message.get_body(preferencelist=("plain",))
    text = str(body.get_content()) if body else ""
    context = {"mail": _mail(stored, message), "lines": [_pieces(x) for x in text.splitlines()]}
    return render(request, "home/mail.jinja", context)


def _files() -> list[Stored]:
    """The files of the Maildir, newest first. Raises Http404 where it is not a demonstration."""
    if settings.PRODUCTION:
        raise Http404
    boxes = (settings.STATE_DIR / "mail" / name for name in ("new", "cur"))
    found = [stored for box in boxes if box.is_dir() for stored in _stored(box)]
    return sorted(found, reverse=True)


def _stored(box: Path) -> Iterator[Stored]:
    for path in box.iterdir():
        with suppress(FileNotFoundError):  # the mail server forgets the oldest
            yield Stored(path.stat().st_mtime_ns, path)


def _parsed(stored: Stored, headers_only: bool = False) -> EmailMessage:
    parser = BytesParser(EmailMessage, policy=policy.default)
    try:
        with stored.path.open("rb") as file:
            return parser.parse(file, headersonly=headers_only)
    except FileNotFoundError:
        raise Http404 from None


def _key(path: Path) -> str:
    return hashlib.sha256(path.name.encode()).hexdigest()[:20]


def _mail(stored: Stored, message: EmailMessage) -> Mail:
    to = str(message.get("Delivered-To") or message.get("To") or "")
    subject = str(message.get("Subject") or "(no subject)")
    taken = datetime.fromtimestamp(stored.taken / 1e9, UTC)
    return Mail(key=_key(stored.path), subject=subject, to=to, when=short_when(taken))


def _pieces(line: str) -> list[Piece]:
    """The line, with addresses of this portal as links and all others as text."""
    ours = settings.BASE_URL + "/"
    return [
        Piece(text=part, href=part.removeprefix(settings.BASE_URL) if part.startswith(ours) else "")
        for part in _ADDRESS.split(line)
        if part
    ]

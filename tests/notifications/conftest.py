"""People to tell, and a real mail server to tell them through."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from portal.accounts.desks import desk_of_team
from portal.accounts.models import Team, User
from portal.notifications.actions import Recipient, tell
from portal.notifications.models import Notification
from tests.mail_server import MailServer

FACTS = {
    "urgency": "Today",
    "team": "Trafford front door",
    "wanted": "A decision",
    "by": "Tue 8 Dec 13:05",
    "reference": "CG-7K4M-9QXT",
}


def make_people(count: int = 2) -> list[User]:
    """People with accounts, and nothing else."""
    return User.objects.bulk_create(
        User(email=f"reader{number}@example.org", name=f"Reader {number}", password="!")
        for number in range(count)
    )


def told(event: str, *recipients: Recipient, **changes: Any) -> None:
    """Tell of a referral that has come in, in a transaction of its own."""
    given: dict[str, Any] = {
        "kind": "referral.sent",
        "facts": FACTS,
        "path": "/referrals/CG-7K4M-9QXT/",
        **changes,
    }
    with transaction.atomic():
        tell(event=event, recipients=recipients, **given)


def mail_row(event: str) -> Notification:
    """The one mail about an event."""
    return Notification.objects.get(event=event, channel="email")


def failed_mail(team: Team) -> int:
    """The number of a mail that failed, of those that the team's leads look after."""
    mails = Notification.objects.filter(channel="email", desk=desk_of_team(team.pk))
    mails.update(state="failed-permanently", failure="recipient-refused", sent_at=None)
    return int(mails.latest("pk").pk)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a path short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="cg-", dir="/tmp") as path:
        yield Path(path)


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A mail server, to which mail from this process goes as well."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server

"""Whoever writes to a team that is closed is told when it is read."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client

from portal.core.clock import standing_at
from tests.cast import Cast
from tests.conftest import send


def test_the_sender_reads_when_a_message_is_read(cast: Cast, as_: Callable[[str], Client]) -> None:
    """Sent on a Friday, looked at on a Sunday: the team opens on Monday."""
    with standing_at(datetime(2026, 11, 20, 10, tzinfo=UTC)):
        sent = send(cast)
    with standing_at(datetime(2026, 11, 22, 14, tzinfo=UTC)):
        path = f"/referrals/{sent.reference}/"
        sender = as_("alice").get(path).content.decode()
        receiver = as_("sam").get(path).content.decode()
    assert "nobody reads this before tomorrow 0" in sender
    assert "nobody reads this before" not in receiver

"""What the database holds after a storm: asked in plain SQL, from outside of the portal."""

import time
from pathlib import Path
from typing import Any

import psycopg2

from .compare import Found
from .mailbox import read

_OPEN = "SELECT count(*) FROM notifications_notification WHERE state IN ('queued', 'claimed')"
_REFERRALS = "SELECT why_now, reference FROM referrals_referral ORDER BY id"
_TOLD = """
SELECT facts ->> 'reference', recipient_id FROM notifications_notification
WHERE channel = 'app' AND kind = 'referral.sent' ORDER BY id
"""
_UNSENT = """
SELECT count(*) FROM notifications_notification
WHERE channel = 'email' AND state NOT IN ('sent', 'not-needed')
"""


class Database:
    """A connection of our own, for reading."""

    def __init__(self, url: str) -> None:
        self._line = psycopg2.connect(url)
        self._line.autocommit = True

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        with self._line.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall())

    def drained(self, within: float) -> float | None:
        """Wait until the outbox holds nothing that is still to go; the seconds it took, or None."""
        began = time.monotonic()
        while self.rows(_OPEN)[0][0]:
            if time.monotonic() - began > within:
                return None
            time.sleep(0.2)
        return time.monotonic() - began

    def found(self, ledger: Path) -> Found:
        """Everything that was kept, told and accepted."""
        return Found(
            referrals=self.rows(_REFERRALS),
            told=self.rows(_TOLD),
            mails=read(ledger),
            unsent=self.rows(_UNSENT)[0][0],
        )

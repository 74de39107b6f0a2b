"""What the database holds after a storm: asked in plain SQL, from outside of the portal."""

import time
from pathlib import Path
from typing import Any

import psycopg2

from .compare import CLAIMED, SENT, Found
from .mailbox import read

UNKNOWN = "of no row"
_OPEN = "SELECT count(*) FROM notifications_notification WHERE state IN ('queued', 'claimed')"
_REFERRALS = "SELECT why_now, reference FROM referrals_referral ORDER BY id"
_HOLDERS = """
SELECT r.reference, u.name, count(c.id)
FROM referrals_referral AS r
JOIN accounts_user AS u ON u.id = r.held_by_id
JOIN referrals_statuschange AS c ON c.referral_id = r.id AND c.event = 'claim'
GROUP BY r.reference, u.name
"""
_TOLD = """
SELECT kind, facts ->> 'reference', recipient_id FROM notifications_notification
WHERE channel = 'app' AND kind IN ('referral.sent', 'referral.acknowledged') ORDER BY id
"""
_KINDS = "SELECT message_id, kind FROM notifications_notification WHERE channel = 'email'"
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

    def holders(self) -> list[tuple[Any, ...]]:
        """(reference, holder's name, how often it was claimed) of what somebody holds."""
        return self.rows(_HOLDERS)

    def found(self, ledger: Path) -> Found:
        """Everything that was kept, told and accepted."""
        kinds = dict(self.rows(_KINDS))
        mails = [
            (message, address, kinds.get(message, UNKNOWN), reference)
            for message, address, reference in read(ledger)
        ]
        return Found(
            referrals=self.rows(_REFERRALS),
            holders=self.holders(),
            told=self.rows(_TOLD),
            mails=[mail for mail in mails if mail[2] in (SENT, CLAIMED, UNKNOWN)],
            unsent=self.rows(_UNSENT)[0][0],
        )

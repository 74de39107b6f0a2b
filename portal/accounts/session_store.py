"""Sessions in PostgreSQL, as Django keeps them, read by a statement of our own.

Every request of every reader reads its session: building the statement from the model took longer
than PostgreSQL takes to answer it.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

_READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own but for `load`; rows, keys and signatures are the same."""

    def load(self) -> dict[str, Any]:
        """What the session holds; empty, and without its key, where it is unknown or over."""
        row = None
        # Django's own keys are letters and digits; a NUL in a cookie is nothing PostgreSQL takes.
        if self.session_key and self.session_key.isalnum():
            with connection.cursor() as cursor:
                cursor.execute(_READ, [self.session_key, timezone.now()])
                row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])  # type: ignore[no-any-return]

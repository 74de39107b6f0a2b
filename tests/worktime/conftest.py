"""People with working weeks, and nothing else."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from portal.accounts.models import User
from portal.worktime.actions.patterns import set_pattern
from portal.worktime.given import SessionGiven
from portal.worktime.models import Pattern
from portal.worktime.states import SessionKind

# A GP's: two surgeries a day, Monday to Friday.
SURGERIES = [
    SessionGiven(0, weekday, starts, ends, SessionKind.CLINIC)
    for weekday in range(5)
    for starts, ends in ((time(8, 30), time(11, 30)), (time(14, 30), time(17, 30)))
]


@pytest.fixture
def people(db: None) -> list[User]:
    """Three with accounts."""
    return User.objects.bulk_create(
        User(email=f"worker{number}@example.org", name=f"Worker {number}", password="!")
        for number in range(3)
    )


@pytest.fixture
def weekly() -> Callable[..., Pattern]:
    """`weekly(ann)`: she has two surgeries a day at Park Practice; `changes` are set_pattern's."""

    def set_for(user: User, **changes: Any) -> Pattern:
        given: dict[str, Any] = {
            "by": user,
            "user_id": user.pk,
            "place": "Park Practice",
            "nation": "England",
            "weeks": 1,
            "starts_on": date(2026, 1, 5),
            "sessions": SURGERIES,
            **changes,
        }
        return set_pattern(**given)

    return set_for

"""Deadlocks and lost exclusion races are tried again; everything else is not."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

P = ParamSpec("P")
R = TypeVar("R")

RETRIED = {"40P01", "40001"}  # deadlock detected, serialization failure
ATTEMPTS = 4


def retry_deadlocks(action: Callable[P, R]) -> Callable[P, R]:
    """Run the action again after a deadlock, unless it is part of a larger transaction."""

    @wraps(action)
    def retried(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return action(*args, **kwargs)
            except OperationalError as error:
                code = getattr(error.__cause__, "pgcode", None)
                if code not in RETRIED or connection.in_atomic_block or attempt == ATTEMPTS:
                    raise
                time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311 (not a secret)
        raise AssertionError("unreachable")

    return retried

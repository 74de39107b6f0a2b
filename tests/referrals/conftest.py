"""What several tests of referrals can ask for."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.cast import Cast
from tests.referrals.surrey import BEFORE, surrey_hands_over


@pytest.fixture
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    """Two days before Surrey hands over; the clock stands until it is moved."""
    surrey_hands_over(cast)
    with time_machine.travel(BEFORE, tick=False) as travel:
        yield travel

"""A worker's sign of life: taken back while it is away from its broker, given again at once."""

import time

import pytest

from portal.notifications import heartbeats
from portal.notifications.heartbeats import EVERY, Pulse
from tests.processes import wait_until


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_who_is_back_at_work_says_so_long_before_the_next_sign_is_due() -> None:
    at_work = True
    pulse = Pulse("worker:one@host", at_work=lambda: at_work)
    pulse.start()
    try:
        wait_until(lambda: heartbeats.is_alive("worker"), "it is at work")
        at_work = False
        wait_until(lambda: not heartbeats.is_alive("worker"), "it has noticed", EVERY * 3)
        at_work = True
        back = time.monotonic()
        wait_until(lambda: heartbeats.is_alive("worker"), "it is back")
        assert time.monotonic() - back < EVERY / 2
    finally:
        pulse.stop()
    assert not heartbeats.is_alive("worker")

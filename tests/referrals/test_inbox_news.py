"""What an inbox counts as news is counted among what the reader has not seen."""

import pytest

from portal.core.clock import now
from referrals import listed, queries
from referrals.actions.look import open_referral
from referrals.actions.write import write
from tests.cast import Cast
from tests.conftest import send


@pytest.mark.parametrize("unseen", [0, 1, 2])
def test_what_has_been_seen_does_not_hide_what_has_not(cast: Cast, unseen: int) -> None:
    """However many the count goes to, here one: those that were looked at take no place in it."""
    old = [send(cast).reference for _ in range(3)]
    made_at = now()
    for number, reference in enumerate(old):
        write(by=cast.reader("alice"), reference=reference, body="She fell again.")
        if number != unseen:
            open_referral(by=cast.reader("sam"), reference=reference)
    values = {
        **queries.STATUSES,
        "teams": [cast.teams["front_door"].pk],
        "reader": cast.sam.pk,
        "since": made_at,
        "made_at": made_at,
        "at": now(),
        "counted_to": 1,
    }
    assert listed.read_since(values) == (0, 1, 0)
    send(cast)
    send(cast)
    assert listed.read_since({**values, "at": now()}) == (1, 1, 0)

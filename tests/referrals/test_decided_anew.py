"""Which decision stands, and how long it took, once it has been reopened or withdrawn."""

from datetime import timedelta

from portal.core.clock import now, standing_at
from referrals.actions.claim import claim
from referrals.actions.decide import accept, decline
from referrals.actions.end import withdraw
from referrals.actions.reopen import reopen
from referrals.detail import Detail, detail
from referrals.models import Referral
from referrals.presenters.clocks import clocks
from referrals.states import Status
from tests.cast import Cast
from tests.conftest import send

_OLD = now() - timedelta(days=7)


def declined(cast: Cast) -> Referral:
    """Declined a week ago."""
    with standing_at(_OLD):
        held = claim(by=cast.reader("sam"), reference=send(cast).reference)
        at = {"reference": held.reference, "version": held.version}
        return decline(by=cast.reader("sam"), reason="other", words="Not now.", **at)


def reopened(cast: Cast) -> Referral:
    """Sent anew by its sender, a day after that."""
    no = declined(cast)
    with standing_at(_OLD + timedelta(days=1)):
        at = {"reference": no.reference, "version": no.version}
        return reopen(by=cast.reader("alice"), words="She is back.", **at)


def read(cast: Cast, referral: Referral) -> Detail:
    """As the receiving team reads it."""
    return detail(Referral.objects.get(pk=referral.pk), cast.teams["front_door"])


def test_the_decision_of_before_is_none_once_it_is_withdrawn(cast: Cast) -> None:
    again = reopened(cast)
    with standing_at(_OLD + timedelta(days=6)):
        at = {"reference": again.reference, "version": again.version}
        withdraw(by=cast.reader("alice"), reason="own-arrangements", **at)
    found = read(cast, again)
    assert found.decision is None
    # Five days at the most, three working ones at the least: 8.5 hours each.
    (clock,) = clocks(found, now(), for_sender=False, with_us=True)
    assert int(clock.time.split(" h")[0]) >= 25


def test_the_decision_of_after_is_the_one_that_stands(cast: Cast) -> None:
    again = reopened(cast)
    held = claim(by=cast.reader("sam"), reference=again.reference)
    assert read(cast, held).decision is None
    at = {"reference": held.reference, "version": held.version}
    accept(by=cast.reader("sam"), worker_id=cast.sam.pk, **at)
    decision = read(cast, held).decision
    assert decision is not None
    assert decision.status == Status.ACCEPTED


def test_what_was_declined_has_its_decision(cast: Cast) -> None:
    decision = read(cast, declined(cast)).decision
    assert decision is not None
    assert decision.words == "Not now."

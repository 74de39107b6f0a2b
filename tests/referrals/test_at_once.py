"""Several people at the same moment, on real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from portal.accounts.access import reader_for
from portal.core.refused import HeldByAnother, Refused
from portal.notifications.models import Notification
from referrals.actions.claim import claim
from referrals.actions.decide import accept, decline
from referrals.actions.send import send_referral
from referrals.models import Decision, Referral, StatusChange
from tests.cast import make_cast
from tests.conftest import answers, send

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run them in threads that start together: what each returned, or the Refused it raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait(10)
            return act()
        except Refused as no:
            return no
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(30) for future in [pool.submit(run, act) for act in acts]]


@pytest.mark.parametrize("again", range(4))
def test_one_wins_the_claim_and_the_others_are_told_who(again: int) -> None:
    cast = make_cast()
    reference = send(cast).reference
    readers = [cast.reader(name) for name in ("sam", "tess", "mina")]
    results = at_once(*[lambda r=r: claim(by=r, reference=reference) for r in readers])
    assert sum(isinstance(r, Referral) for r in results) == 1
    holder = Referral.objects.get().held_by
    assert holder
    losers = [str(no) for no in results if isinstance(no, HeldByAnother)]
    assert losers == [f"{holder.name} already holds this referral."] * 2
    assert StatusChange.objects.filter(event="claim").count() == 1


def test_one_key_from_eight_browsers_is_one_referral() -> None:
    cast = make_cast()
    by, team, service = cast.reader("alice"), cast.teams["park"], cast.services["front_door"]

    def press() -> Referral:
        return send_referral(
            by=by, team=team, service=service, answers=answers(), key="the-same-key-8"
        )

    results = at_once(*[press] * 8)
    assert {r.reference for r in results if isinstance(r, Referral)} == {
        Referral.objects.get().reference
    }
    told = Notification.objects.filter(kind="referral.sent", channel="app")
    assert told.count() == 3


def test_accepting_and_declining_at_once_gives_one_decision() -> None:
    cast = make_cast()
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    sam = reader_for(cast.sam)
    results = at_once(
        lambda: accept(
            by=sam, reference=held.reference, version=held.version, worker_id=cast.sam.pk
        ),
        lambda: decline(
            by=sam, reference=held.reference, version=held.version, reason="other", words="No."
        ),
    )
    assert sum(isinstance(r, Refused) for r in results) == 1
    assert Decision.objects.count() == 1

"""Redirecting: whose it is meanwhile, who may do what, and who hears of it."""

import pytest
from django.http import Http404

from portal.accounts.actions.leaving import leave
from portal.core.clock import today
from portal.core.refused import HeldByAnother, NotAllowed, Refused
from portal.notifications.models import Notification
from referrals.actions.ask import ask
from referrals.actions.claim import claim, release, take_over
from referrals.actions.decide import accept
from referrals.actions.end import close, withdraw
from referrals.actions.look import open_referral
from referrals.actions.redirect import redirect
from referrals.actions.write import write
from referrals.models import Referral
from referrals.states import WithdrawReason
from tests.cast import Cast
from tests.conftest import send


def claimed(cast: Cast) -> Referral:
    """A referral that Sam holds."""
    return claim(by=cast.reader("sam"), reference=send(cast).reference)


def test_redirecting_keeps_it_until_the_second_team_acknowledges(cast: Cast) -> None:
    held = claimed(cast)
    reference = held.reference
    handed = redirect(
        by=cast.reader("sam"),
        reference=reference,
        to_service=cast.services["other_front_door"],
        reason="The person moved on Monday",
        version=held.version,
    )
    assert handed.receiving_team == cast.teams["front_door"]
    assert handed.held_by == cast.sam
    due = handed.due_at
    taken = claim(by=cast.reader("oscar"), reference=reference)
    assert (taken.receiving_team, taken.held_by) == (cast.teams["other_front_door"], cast.oscar)
    assert taken.due_at == due
    # The first team still sees what became of it.
    open_referral(by=cast.reader("sam"), reference=reference)


def handed_on(cast: Cast) -> Referral:
    """A referral that Sam holds and has redirected to the hub, which has not acknowledged it."""
    held = claimed(cast)
    return redirect(
        by=cast.reader("sam"),
        reference=held.reference,
        to_service=cast.services["hub"],
        reason="Going home from hospital",
        version=held.version,
    )


def test_what_is_handed_on_stays_as_it_was(cast: Cast) -> None:
    handed = handed_on(cast)
    sam, hugo = cast.reader("sam"), cast.reader("hugo")
    at = {"reference": handed.reference, "version": handed.version}
    with pytest.raises(Refused, match="has not acknowledged it yet"):
        ask(by=sam, body="?", until=today(), with_person="Nobody", **at)
    with pytest.raises(Refused, match="has not acknowledged it yet"):
        release(by=sam, **at)
    with pytest.raises(Refused, match="another team's until yours acknowledges it"):
        take_over(by=hugo, **at)
    with pytest.raises(HeldByAnother):
        release(by=cast.reader("tess"), **at)
    taken = claim(by=hugo, reference=handed.reference)
    assert (taken.receiving_team, taken.held_by) == (cast.teams["hub"], cast.hugo)


def test_the_second_team_acknowledges_also_when_the_first_holder_has_left(cast: Cast) -> None:
    handed = handed_on(cast)
    leave(by=cast.olga, user=cast.sam)
    taken = claim(by=cast.reader("hugo"), reference=handed.reference)
    assert taken.held_by == cast.hugo


def test_a_team_that_handed_it_on_does_not_close_it(cast: Cast) -> None:
    handed = handed_on(cast)
    taken = claim(by=cast.reader("hugo"), reference=handed.reference)
    done = accept(
        by=cast.reader("hugo"),
        reference=taken.reference,
        version=taken.version,
        worker_id=cast.hugo.pk,
    )
    with pytest.raises(NotAllowed):
        close(by=cast.reader("tess"), reference=done.reference, version=done.version)


def test_a_redirect_that_ends_is_told_and_no_longer_theirs(cast: Cast) -> None:
    handed = handed_on(cast)
    withdraw(
        by=cast.reader("alice"),
        reference=handed.reference,
        version=handed.version,
        reason=WithdrawReason.OWN_ARRANGEMENTS,
    )
    assert Notification.objects.filter(kind="referral.withdrawn", recipient=cast.hugo).exists()
    with pytest.raises(Http404):
        open_referral(by=cast.reader("hugo"), reference=handed.reference)


def test_everyone_hears_a_team_that_it_is_redirected_to(cast: Cast) -> None:
    handed = handed_on(cast)
    write(by=cast.reader("hugo"), reference=handed.reference, body="We cannot take this.")
    told = set(
        Notification.objects.filter(kind="referral.message", channel="app").values_list(
            "recipient", flat=True
        )
    )
    assert {cast.alice.pk, cast.sam.pk} <= told

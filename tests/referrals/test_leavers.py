"""Somebody has left the team: who is told instead, and what they are not given back."""

from datetime import timedelta

import pytest

from portal.accounts.actions.leaving import leave
from portal.accounts.models import Membership
from portal.core.clock import today
from portal.core.refused import Refused
from portal.notifications.models import Notification
from referrals.actions.claim import claim, release, take_over
from referrals.actions.decide import accept
from referrals.actions.end import close, withdraw
from referrals.actions.hand_over import hand_over
from referrals.actions.reopen import reopen
from referrals.actions.undo import undo
from referrals.actions.write import write
from referrals.detail import detail
from referrals.models import Referral, StatusChange
from referrals.states import Event, Status
from tests.cast import Cast
from tests.conftest import send


def accepted(cast: Cast) -> Referral:
    """Sam is the named worker."""
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    at = {"reference": held.reference, "version": held.version}
    return accept(by=cast.reader("sam"), worker_id=cast.sam.pk, **at)


def end_today(cast: Cast, name: str) -> None:
    """Their membership runs out by itself: nothing is handed over."""
    Membership.objects.filter(user=cast.users[name]).update(until=today() - timedelta(days=1))


def told(kind: str) -> set[int | None]:
    """Who reads of it in the app."""
    rows = Notification.objects.filter(kind=kind, channel="app")
    return set(rows.values_list("recipient", flat=True))


def test_a_message_reaches_the_team_when_the_holder_has_left(cast: Cast) -> None:
    done = accepted(cast)
    end_today(cast, "sam")
    write(by=cast.reader("alice"), reference=done.reference, body="She fell again.")
    assert told("referral.message") == {cast.tess.pk, cast.mina.pk}


def test_a_message_reaches_the_holder_alone_while_they_work_there(cast: Cast) -> None:
    write(by=cast.reader("alice"), reference=accepted(cast).reference, body="She fell again.")
    assert told("referral.message") == {cast.sam.pk}


def test_what_was_accepted_has_no_worker_when_they_leave_and_the_team_knows(cast: Cast) -> None:
    done = accepted(cast)
    leave(by=cast.olga, user=cast.sam)
    after = Referral.objects.get()
    assert (after.status, after.held_by, after.version) == (
        Status.ACCEPTED,
        None,
        done.version + 1,
    )
    assert told("referral.taken-over") == {cast.tess.pk, cast.mina.pk}
    last = StatusChange.objects.order_by("pk").last()
    assert last.note == "Sam Sharp left the team: nobody holds it now"


def test_reopened_without_the_worker_who_has_left_and_the_team_is_told(cast: Cast) -> None:
    done = accepted(cast)
    closed = close(by=cast.reader("sam"), reference=done.reference, version=done.version)
    leave(by=cast.olga, user=cast.sam)
    again = reopen(
        by=cast.reader("alice"),
        reference=done.reference,
        version=closed.version,
        words="She fell again.",
    )
    assert (again.status, again.held_by, again.held_since) == (Status.ACCEPTED, None, None)
    assert {cast.tess.pk, cast.mina.pk} <= told("referral.reopened")
    assert cast.sam.pk not in told("referral.reopened")


def test_nothing_is_given_back_to_who_has_left(cast: Cast) -> None:
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    over = take_over(by=cast.reader("tess"), reference=held.reference, version=held.version)
    leave(by=cast.olga, user=cast.sam)
    at = {"reference": over.reference, "version": over.version}
    with pytest.raises(Refused, match=r"Sam Sharp has left the team, so this can no longer be un"):
        undo(by=cast.reader("tess"), **at)
    assert Referral.objects.get().held_by == cast.tess


def test_a_withdrawal_is_not_undone_for_a_holder_who_has_left(cast: Cast) -> None:
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    at = {"reference": held.reference, "version": held.version}
    gone = withdraw(by=cast.reader("alice"), reason="own-arrangements", **at)
    leave(by=cast.olga, user=cast.sam)
    with pytest.raises(Refused, match="has left the team"):
        undo(by=cast.reader("alice"), reference=gone.reference, version=gone.version)
    assert Referral.objects.get().status == Status.WITHDRAWN


def test_what_was_handed_over_is_not_undone_by_who_ended_the_role(cast: Cast) -> None:
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    # Tess administers the accounts as well.
    hand_over(user=cast.sam, teams=[cast.teams["front_door"]], by=cast.tess)
    now_it = Referral.objects.get()
    assert (now_it.status, StatusChange.objects.last().event) == (Status.SENT, Event.RELEASE)
    assert detail(now_it, cast.teams["front_door"]).undoable(cast.tess.pk) is None
    with pytest.raises(Refused, match="nothing that can be undone"):
        undo(by=cast.reader("tess"), reference=held.reference, version=now_it.version)
    assert Referral.objects.get().held_by is None


def test_ones_own_release_can_still_be_undone(cast: Cast) -> None:
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    back = release(by=cast.reader("sam"), reference=held.reference, version=held.version)
    again = undo(by=cast.reader("sam"), reference=back.reference, version=back.version)
    assert again.held_by == cast.sam

"""Redirecting: whose it is meanwhile, who may do what, and who hears of it."""

import pytest
from django.http import Http404

from portal.accounts.actions.leaving import leave
from portal.core.clock import now, today
from portal.core.refused import HeldByAnother, NotAllowed, Refused, Stale
from portal.notifications.models import Notification
from referrals.actions.ask import answer, ask
from referrals.actions.changing import RESTORED
from referrals.actions.claim import claim, release, take_over
from referrals.actions.decide import accept
from referrals.actions.end import close, withdraw
from referrals.actions.look import open_referral
from referrals.actions.redirect import redirect
from referrals.actions.undo import undo
from referrals.actions.write import write
from referrals.detail import detail
from referrals.models import Referral
from referrals.presenters.thread import thread
from referrals.presenters.timeline import timeline
from referrals.states import Status, WithdrawReason
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


def question(cast: Cast, held: Referral) -> Referral:
    """Sam, who holds it, asks the sender."""
    return ask(
        by=cast.reader("sam"),
        reference=held.reference,
        body="Where does she stay?",
        until=today(),
        with_person="Husband",
        version=held.version,
    )


def to_hub(cast: Cast, name: str, found: Referral, version: int | None = None) -> Referral:
    """Somebody redirects it to the hub."""
    return redirect(
        by=cast.reader(name),
        reference=found.reference,
        to_service=cast.services["hub"],
        reason="Going home from hospital",
        version=version or found.version,
    )


def told_sender(cast: Cast, kind: str) -> list[str]:
    """What the sender is told in the app is wanted of them, newest last."""
    found = Notification.objects.filter(kind=kind, recipient=cast.alice, channel="app")
    return [told.facts["wanted"] for told in found.order_by("pk")]


def before(cast: Cast, status: Status) -> Referral:
    """A referral that is sent, held or asked about."""
    if status == Status.SENT:
        return send(cast)
    held = claimed(cast)
    return held if status == Status.ACKNOWLEDGED else question(cast, held)


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (Status.SENT, "it is acknowledged"),
        (Status.ACKNOWLEDGED, "handed to another service"),
        (Status.ASKED, "no answer to the question"),
    ],
)
def test_redirected_in_one_step_from_wherever_it_is_and_the_sender_is_told(
    cast: Cast, status: Status, wanted: str
) -> None:
    found = before(cast, status)
    first = found.due_at
    handed = to_hub(cast, "sam", found)
    assert (handed.status, handed.held_by) == (Status.ACKNOWLEDGED, cast.sam)
    assert handed.receiving_team == cast.teams["front_door"]
    assert handed.due_at is not None
    assert first is None or handed.due_at == first
    assert handed.remaining_seconds is None
    (words,) = told_sender(cast, "referral.redirected")
    assert wanted in words
    assert Notification.objects.filter(kind="referral.redirected", recipient=cast.hugo).exists()
    taken = claim(by=cast.reader("hugo"), reference=handed.reference)
    assert (taken.receiving_team, taken.held_by) == (cast.teams["hub"], cast.hugo)


def test_what_a_colleague_holds_is_not_redirected_over_their_head(cast: Cast) -> None:
    held = claimed(cast)
    with pytest.raises(HeldByAnother, match="Sam Sharp holds this referral"):
        to_hub(cast, "tess", held)
    with pytest.raises(Stale):
        to_hub(cast, "tess", held, version=held.version - 1)
    assert not held.redirects.exists()


def test_the_team_that_it_is_redirected_to_does_not_hand_it_further(cast: Cast) -> None:
    """Nobody of the first team holds it any more, and it is still theirs."""
    handed = handed_on(cast)
    leave(by=cast.olga, user=cast.sam)
    handed.refresh_from_db()
    assert handed.status == Status.SENT
    with pytest.raises(Refused, match="already being redirected"):
        redirect(
            by=cast.reader("hugo"),
            reference=handed.reference,
            to_service=cast.services["other_front_door"],
            reason="Not ours",
            version=handed.version,
        )


@pytest.mark.parametrize("status", [Status.SENT, Status.ACKNOWLEDGED, Status.ASKED])
def test_a_redirect_undone_leaves_it_where_it_was(cast: Cast, status: Status) -> None:
    found = before(cast, status)
    kept = Referral.objects.values("status", *RESTORED).get()
    handed = to_hub(cast, "sam", found)
    undo(by=cast.reader("sam"), reference=handed.reference, version=handed.version)
    assert Referral.objects.values("status", *RESTORED).get() == kept
    (words,) = told_sender(cast, "referral.undone")
    if status != Status.ASKED:
        assert words.startswith("Nothing: it was redirected by mistake")
        return
    assert words.startswith("Answer the question")
    assert answer(by=cast.reader("ada"), reference=found.reference, body="At home.").due_at


def test_a_question_that_a_redirect_ended_is_history_and_needs_no_answer(cast: Cast) -> None:
    asked = question(cast, claimed(cast))
    handed = to_hub(cast, "sam", asked)
    pause = handed.pauses.get()
    assert pause.ended_at == handed.redirects.get().at > pause.started_at
    with pytest.raises(Refused, match="no longer waits for this answer"):
        answer(by=cast.reader("ada"), reference=handed.reference, body="At home.")
    shown = detail(handed, cast.teams["park"])
    assert "question ended, no answer needed" in thread(shown, now())[0].about
    lines = [event.what for event in timeline(shown, now())]
    assert any("The question needs no answer now" in line for line in lines)


def test_the_timeline_says_that_redirecting_was_receiving(cast: Cast) -> None:
    handed = to_hub(cast, "sam", send(cast))
    lines = timeline(detail(handed, cast.teams["park"]), now())
    (line,) = [line for line in lines if "redirected to Care transfer hub" in line.what]
    assert line.what.startswith("Acknowledged by Sam Sharp, social worker, who holds it, and")
    assert "that is “received”" in line.when

"""Several people at the same moment, on real connections."""

from datetime import timedelta

import pytest

from portal.accounts.access import Reader, reader_for
from portal.core.clock import today
from portal.core.refused import HeldByAnother, Refused, Stale
from portal.notifications.models import Notification
from referrals.actions.ask import answer, ask
from referrals.actions.claim import claim
from referrals.actions.decide import accept, decline
from referrals.actions.end import withdraw
from referrals.actions.redirect import redirect
from referrals.actions.remind import remind_of_late_answers
from referrals.actions.reopen import reopen
from referrals.actions.send import send_referral
from referrals.actions.succeed import move_with_their_councils
from referrals.actions.undo import undo
from referrals.models import Decision, Message, Pause, Redirect, Referral, StatusChange
from tests.at_once import at_once
from tests.cast import Cast, make_cast
from tests.conftest import answers, send
from tests.referrals.surrey import EAST, sent_from, surrey_hands_over

pytestmark = pytest.mark.django_db(transaction=True)


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


@pytest.mark.parametrize("again", range(4))
def test_undoing_while_the_other_side_goes_on_gives_one_of_the_two(again: int) -> None:
    cast = make_cast()
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    sam, ada = reader_for(cast.sam), reader_for(cast.ada)
    at = {"reference": held.reference, "version": held.version}
    results = at_once(
        lambda: undo(by=sam, **at),
        lambda: withdraw(by=ada, reason="died", **at),
    )
    (no,) = [result for result in results if isinstance(result, Refused)]
    assert "has changed since you opened it" in str(no)
    (change,) = StatusChange.objects.filter(event__in=["undo", "withdraw"])
    done = Referral.objects.get()
    assert done.status == ("sent" if change.event == "undo" else "withdrawn")


def test_undoing_a_question_while_it_is_answered_loses_no_answer() -> None:
    cast = make_cast()
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    asked = ask(
        by=cast.reader("sam"),
        reference=held.reference,
        body="Is it new?",
        until=today(),
        with_person="Husband",
        version=held.version,
    )
    sam, ada = reader_for(cast.sam), reader_for(cast.ada)
    results = at_once(
        lambda: undo(by=sam, reference=asked.reference, version=asked.version),
        lambda: answer(by=ada, reference=asked.reference, body="Yes, since Monday."),
    )
    (no,) = [result for result in results if isinstance(result, Refused)]
    answered = Message.objects.filter(voice="answer").exists()
    # Whoever lost is told: it has changed, or nothing waits for an answer any more.
    assert ("changed since" in str(no)) == answered
    assert Referral.objects.get().status == "acknowledged"
    assert not Pause.objects.filter(ended_at__isnull=True).exists()


def test_two_who_redirect_what_nobody_holds_redirect_it_once() -> None:
    cast = make_cast()
    sent = send(cast)
    readers = [cast.reader(name) for name in ("sam", "tess", "mina")]
    results = at_once(*[lambda r=r: _to_hub(cast, r, sent) for r in readers])
    assert sum(isinstance(result, Referral) for result in results) == 1
    redirected = Redirect.objects.get()
    assert Referral.objects.get().held_by_id == redirected.by_id
    assert StatusChange.objects.filter(event="redirect").count() == 1


def test_redirecting_while_a_colleague_claims_gives_one_holder_who_did_it() -> None:
    cast = make_cast()
    sent = send(cast)
    sam, tess = cast.reader("sam"), cast.reader("tess")
    results = at_once(
        lambda: _to_hub(cast, sam, sent), lambda: claim(by=tess, reference=sent.reference)
    )
    (no,) = [result for result in results if isinstance(result, Refused)]
    held = Referral.objects.get()
    assert Redirect.objects.exists() == (held.held_by_id == cast.sam.pk)
    assert isinstance(no, HeldByAnother if Redirect.objects.exists() else Stale)


@pytest.mark.parametrize("again", range(2))
def test_redirecting_while_the_sender_answers_loses_no_answer(again: int) -> None:
    cast = make_cast()
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    sam, ada = cast.reader("sam"), cast.reader("ada")
    asked = ask(
        by=sam,
        reference=held.reference,
        body="Is it new?",
        until=today(),
        with_person="Husband",
        version=held.version,
    )
    results = at_once(
        lambda: _to_hub(cast, sam, asked),
        lambda: answer(by=ada, reference=asked.reference, body="Yes, since Monday."),
    )
    (no,) = [result for result in results if isinstance(result, Refused)]
    answered = Message.objects.filter(voice="answer").exists()
    assert isinstance(no, Stale) == answered
    assert Redirect.objects.exists() != answered
    assert Referral.objects.get().status == "acknowledged"
    assert not Pause.objects.filter(ended_at__isnull=True).exists()


def _to_hub(cast: Cast, by: Reader, found: Referral) -> Referral:
    return redirect(
        by=by,
        reference=found.reference,
        to_service=cast.services["hub"],
        reason="Going home",
        version=found.version,
    )


def test_two_who_reopen_at_once_reopen_it_once() -> None:
    cast = make_cast()
    sent = send(cast)
    gone = withdraw(
        by=cast.reader("ada"), reference=sent.reference, version=sent.version, reason="died"
    )
    readers = [reader_for(cast.ada), reader_for(cast.alice)]
    results = at_once(
        *[
            lambda r=r: reopen(by=r, reference=gone.reference, version=gone.version, words="Back.")
            for r in readers
        ]
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert StatusChange.objects.filter(event="reopen").count() == 1


def test_two_reminders_at_once_remind_once() -> None:
    cast = make_cast()
    held = claim(by=cast.reader("sam"), reference=send(cast).reference)
    ask(
        by=cast.reader("sam"),
        reference=held.reference,
        body="Is it new?",
        until=today(),
        with_person="Husband",
        version=held.version,
    )
    Pause.objects.update(until=today() - timedelta(days=1))
    at_once(*[remind_of_late_answers] * 4)
    told = Notification.objects.filter(kind="referral.answer-late", channel="app")
    assert told.count() == 3


@pytest.mark.parametrize("again", range(3))
def test_two_processes_move_with_the_council_once_and_a_claim_is_before_or_too_late(
    again: int,
) -> None:
    cast = make_cast()
    surrey_hands_over(cast, on=today())
    reference = sent_from(cast, EAST).reference
    for _ in range(3):
        sent_from(cast, EAST)
    sam = cast.reader("sam")
    at_once(
        move_with_their_councils,
        move_with_their_councils,
        lambda: claim(by=sam, reference=reference),
    )
    moved = Referral.objects.filter(service=cast.services["east"], status="sent", held_by=None)
    assert moved.count() == 4
    assert StatusChange.objects.filter(event="succeed").count() == 4
    told = Notification.objects.filter(kind="referral.moved", recipient=cast.east, channel="app")
    assert told.count() == 4

"""What happens to a referral, event by event, through the same actions as page and API."""

from datetime import timedelta

import pytest
from django.http import Http404

from portal.accounts.actions.leaving import leave
from portal.core.clock import now, today
from portal.core.refused import HeldByAnother, NotAllowed, Refused, Stale
from portal.notifications.models import Notification
from referrals.actions.ask import answer, ask
from referrals.actions.claim import claim, release, take_over
from referrals.actions.decide import accept, decline
from referrals.actions.end import close, withdraw
from referrals.actions.look import open_referral
from referrals.actions.send import send_referral
from referrals.actions.write import write
from referrals.models import Message, Referral, StatusChange
from referrals.states import Audience, DeclineReason, Status, WithdrawReason
from tests.cast import Cast
from tests.conftest import answers, send


def claimed(cast: Cast) -> Referral:
    """A referral that Sam holds."""
    return claim(by=cast.reader("sam"), reference=send(cast).reference)


def test_the_same_key_gives_the_same_referral(cast: Cast) -> None:
    sent = [
        send_referral(
            by=cast.reader("alice"),
            team=cast.teams["park"],
            service=cast.services["front_door"],
            answers=answers(),
            key="pressed-twice-0001",
        )
        for _ in range(2)
    ]
    assert sent[0].reference == sent[1].reference
    assert Referral.objects.count() == 1


def test_everyone_who_triages_is_told_and_no_person_is_in_it(cast: Cast) -> None:
    send(cast)
    rows = Notification.objects.filter(kind="referral.sent")
    assert {row.recipient_id for row in rows} == {cast.sam.pk, cast.tess.pk, cast.mina.pk}
    assert "Margaret" not in str(list(rows.values()))


def test_a_referral_needs_no_more_than_the_six_answers(cast: Cast) -> None:
    sent = send(cast)
    assert sent.status == Status.SENT
    assert sent.due_at is not None


def test_a_stranger_can_neither_see_nor_send(cast: Cast) -> None:
    sent = send(cast)
    with pytest.raises(Http404):
        open_referral(by=cast.reader("oscar"), reference=sent.reference)
    with pytest.raises(NotAllowed):
        send(cast, by="oscar")


def test_claiming_is_the_acknowledgement(cast: Cast) -> None:
    held = claimed(cast)
    assert (held.status, held.held_by) == (Status.ACKNOWLEDGED, cast.sam)
    told = Notification.objects.filter(kind="referral.acknowledged")
    assert cast.alice.pk in {row.recipient_id for row in told}


def test_the_second_to_claim_is_told_who_holds_it(cast: Cast) -> None:
    held = claimed(cast)
    with pytest.raises(HeldByAnother, match="Sam Sharp already holds"):
        claim(by=cast.reader("tess"), reference=held.reference)


def test_claiming_what_one_holds_changes_nothing(cast: Cast) -> None:
    held = claimed(cast)
    again = claim(by=cast.reader("sam"), reference=held.reference)
    assert again.version == held.version
    assert StatusChange.objects.filter(event="claim").count() == 1


def test_the_sender_cannot_triage_and_the_receiver_cannot_withdraw(cast: Cast) -> None:
    sent = send(cast)
    with pytest.raises(NotAllowed):
        claim(by=cast.reader("alice"), reference=sent.reference)
    with pytest.raises(NotAllowed):
        withdraw(
            by=cast.reader("sam"),
            reference=sent.reference,
            version=1,
            reason=WithdrawReason.SENT_IN_ERROR,
        )


def test_asking_pauses_the_clock_and_the_answer_runs_it_on(cast: Cast) -> None:
    held = claimed(cast)
    asked = ask(
        by=cast.reader("sam"),
        reference=held.reference,
        body="Is the dizziness new?",
        until=today() + timedelta(days=2),
        with_person="Husband",
        version=held.version,
    )
    assert (asked.status, asked.due_at) == (Status.ASKED, None)
    assert asked.remaining_seconds
    answered = answer(by=cast.reader("ada"), reference=held.reference, body="Yes, since Monday.")
    assert answered.status == Status.ACKNOWLEDGED
    assert answered.due_at is not None
    assert abs(answered.due_at - held.due_at) < timedelta(seconds=30)
    assert list(Message.objects.values_list("voice", flat=True)) == ["question", "answer"]


def test_only_the_holder_asks_and_a_stale_one_is_refused(cast: Cast) -> None:
    held = claimed(cast)
    question = {"body": "?", "until": today(), "with_person": "Nobody"}
    with pytest.raises(HeldByAnother):
        ask(by=cast.reader("tess"), reference=held.reference, version=held.version, **question)
    with pytest.raises(Stale):
        ask(by=cast.reader("sam"), reference=held.reference, version=1, **question)


def test_accepted_for_a_named_worker_of_the_team(cast: Cast) -> None:
    held = claimed(cast)
    with pytest.raises(Refused, match="not in your team"):
        accept(
            by=cast.reader("sam"),
            reference=held.reference,
            version=held.version,
            worker_id=cast.oscar.pk,
        )
    done = accept(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        worker_id=cast.tess.pk,
    )
    assert done.status == Status.ACCEPTED


def test_accepted_onto_the_waiting_list_needs_a_date_ahead(cast: Cast) -> None:
    held = claimed(cast)
    with pytest.raises(Refused, match="today or later"):
        accept(
            by=cast.reader("sam"),
            reference=held.reference,
            version=held.version,
            waiting_until=today() - timedelta(days=1),
        )
    until = today() + timedelta(days=40)
    done = accept(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        waiting_until=until,
    )
    assert done.decisions.get().waiting_until == until


@pytest.mark.parametrize(
    ("reason", "words"), [("", "Words"), ("residence", "Words"), ("other", "  ")]
)
def test_declining_needs_a_code_and_words(cast: Cast, reason: str, words: str) -> None:
    held = claimed(cast)
    with pytest.raises(Refused):
        decline(
            by=cast.reader("sam"),
            reference=held.reference,
            version=held.version,
            reason=reason,
            words=words,
        )


def test_declined_with_a_code_and_words(cast: Cast) -> None:
    held = claimed(cast)
    done = decline(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        reason=DeclineReason.ADVICE_GIVEN,
        words="We rang her. She knows the lunch club.",
    )
    assert done.status == Status.DECLINED
    assert done.decisions.get().words.startswith("We rang her")


def test_withdrawn_closed_and_not_again(cast: Cast) -> None:
    sent = send(cast)
    gone = withdraw(
        by=cast.reader("ada"),
        reference=sent.reference,
        version=sent.version,
        reason=WithdrawReason.OWN_ARRANGEMENTS,
    )
    assert gone.status == Status.WITHDRAWN
    with pytest.raises(Refused, match="withdrawn by the sender"):
        claim(by=cast.reader("sam"), reference=sent.reference)
    held = claimed(cast)
    done = accept(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        worker_id=cast.sam.pk,
    )
    closed = close(
        by=cast.reader("alice"),
        reference=done.reference,
        version=done.version,
        reason="declined-by-person",
        words="She rang us: no more help, please.",
    )
    assert closed.status == Status.CLOSED


def test_given_back_and_taken_over(cast: Cast) -> None:
    held = claimed(cast)
    back = release(by=cast.reader("sam"), reference=held.reference, version=held.version)
    assert (back.status, back.held_by) == (Status.SENT, None)
    again = claim(by=cast.reader("tess"), reference=held.reference)
    over = take_over(by=cast.reader("mina"), reference=held.reference, version=again.version)
    assert over.held_by == cast.mina
    told = Notification.objects.filter(kind="referral.taken-over", recipient=cast.tess)
    assert told.exists()


def test_a_note_for_ones_own_team_tells_nobody_else(cast: Cast) -> None:
    sent = send(cast)
    before = Notification.objects.count()
    write(
        by=cast.reader("alice"),
        reference=sent.reference,
        body="Daughter's new number put on the record.",
        audience=Audience.OWN_TEAM,
    )
    assert Notification.objects.count() == before


def test_what_happened_cannot_be_rewritten(cast: Cast) -> None:
    send(cast)
    change = StatusChange.objects.get()
    with pytest.raises(Exception, match="append_only"):
        StatusChange.objects.filter(pk=change.pk).update(at=now())


def test_a_service_that_takes_no_referrals_says_so(cast: Cast) -> None:
    cast.services["front_door"].receiving_team = None
    with pytest.raises(Refused, match="does not take referrals here"):
        send(cast)


def test_who_leaves_hands_over_what_they_hold(cast: Cast) -> None:
    held, asked = claimed(cast), claimed(cast)
    ask(
        by=cast.reader("sam"),
        reference=asked.reference,
        body="Is the dizziness new?",
        until=today(),
        with_person="Husband",
        version=asked.version,
    )
    leave(by=cast.olga, user=cast.sam)
    held.refresh_from_db()
    asked.refresh_from_db()
    assert (held.status, held.held_by) == (Status.SENT, None)
    assert (asked.status, asked.held_by) == (Status.ASKED, cast.tess)
    told = Notification.objects.filter(kind="referral.taken-over", recipient=cast.tess)
    assert told.filter(channel="app").count() == 2


def test_other_words_under_the_same_key_are_not_lost_in_silence(cast: Cast) -> None:
    reference = send(cast).reference
    write(by=cast.reader("alice"), reference=reference, body="First", key="one-time-key-1")
    write(by=cast.reader("alice"), reference=reference, body="First", key="one-time-key-1")
    with pytest.raises(Refused, match="sent before with other contents"):
        write(by=cast.reader("alice"), reference=reference, body="Second", key="one-time-key-1")
    assert Message.objects.count() == 1


def test_a_service_that_never_opens_is_no_place_to_send_to(cast: Cast) -> None:
    cast.services["front_door"].opening_hours.all().delete()
    with pytest.raises(Refused, match="has not said when it is open"):
        send(cast)
    assert not Referral.objects.exists()

"""Closed with a reason, reopened with words, handed back by a second team, reminded of answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from portal.core.clock import now, standing_at, today
from portal.core.refused import NotAllowed, Refused
from portal.notifications.models import Notification
from referrals.actions.ask import answer, ask
from referrals.actions.claim import claim
from referrals.actions.decide import accept, decline
from referrals.actions.end import close, withdraw
from referrals.actions.hand_back import hand_back
from referrals.actions.look import open_referral
from referrals.actions.redirect import redirect
from referrals.actions.remind import remind_of_late_answers
from referrals.actions.reopen import reopen
from referrals.models import Pause, Referral, StatusChange
from referrals.states import DECLINE_WORDS, Event, Status
from tests.cast import Cast
from tests.conftest import send


def claimed(cast: Cast) -> Referral:
    """A referral that Sam holds."""
    return claim(by=cast.reader("sam"), reference=send(cast).reference)


def on_the_waiting_list(cast: Cast) -> Referral:
    """Accepted, with a date."""
    held = claimed(cast)
    return accept(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        waiting_until=today() + timedelta(days=40),
    )


def declined(cast: Cast) -> Referral:
    held = claimed(cast)
    return decline(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        reason="not-reached",
        words="She was not at home.",
    )


def told(kind: str) -> set[int | None]:
    """Who reads of it in the app."""
    rows = Notification.objects.filter(kind=kind, channel="app")
    return set(rows.values_list("recipient", flat=True))


def test_the_side_that_waits_closes_with_a_reason_and_words(cast: Cast) -> None:
    done = on_the_waiting_list(cast)
    at = {"by": cast.reader("alice"), "reference": done.reference, "version": done.version}
    with pytest.raises(Refused, match="Choose why it is closed"):
        close(**at)
    with pytest.raises(Refused, match="why you close it"):
        close(**at, reason="no-longer-needed")
    closed = close(**at, reason="no-longer-needed", words="Her daughter moved in.")
    change = StatusChange.objects.get(event=Event.CLOSE)
    assert (closed.status, change.reason) == (Status.CLOSED, "no-longer-needed")
    assert change.note == "It is no longer needed: Her daughter moved in."
    with pytest.raises(Refused, match="Say what the other reason is"):
        close(by=cast.reader("sam"), reason="other", **another(cast))


def another(cast: Cast) -> dict[str, Any]:
    """A second accepted one."""
    done = on_the_waiting_list(cast)
    return {"reference": done.reference, "version": done.version}


def test_what_was_closed_goes_on_where_it_was(cast: Cast) -> None:
    done = on_the_waiting_list(cast)
    closed = close(by=cast.reader("sam"), reference=done.reference, version=done.version)
    at = {"reference": done.reference, "version": closed.version}
    with pytest.raises(Refused, match="Say why it is reopened"):
        reopen(by=cast.reader("alice"), words=" ", **at)
    again = reopen(by=cast.reader("alice"), words="She fell again.", **at)
    assert (again.status, again.held_by) == (Status.ACCEPTED, done.held_by)
    assert cast.sam.pk in told("referral.reopened")


@pytest.mark.parametrize("name", ["alice", "tess"])
def test_what_was_declined_is_new_in_the_inbox_with_a_clock(cast: Cast, name: str) -> None:
    no = declined(cast)
    with standing_at(now() + timedelta(days=9)):
        again = reopen(
            by=cast.reader(name), reference=no.reference, version=no.version, words="She is back."
        )
        assert (again.status, again.held_by) == (Status.SENT, None)
        assert again.due_at is not None
        assert again.due_at > now()
    everybody = {cast.sam.pk, cast.tess.pk, cast.mina.pk, cast.alice.pk, cast.ada.pk}
    assert told("referral.reopened") == everybody - {cast.users[name].pk}
    assert claim(by=cast.reader("tess"), reference=no.reference).status == Status.ACKNOWLEDGED


def test_only_the_sender_reopens_what_the_sender_has_withdrawn(cast: Cast) -> None:
    held = claimed(cast)
    gone = withdraw(
        by=cast.reader("ada"),
        reference=held.reference,
        version=held.version,
        reason="treatment-changed",
    )
    at = {"reference": gone.reference, "version": gone.version, "words": "Home on Friday."}
    with pytest.raises(NotAllowed, match="Only the team that sent it"):
        reopen(by=cast.reader("sam"), **at)
    assert reopen(by=cast.reader("alice"), **at).status == Status.SENT


def test_what_ended_long_ago_or_has_not_ended_is_not_reopened(cast: Cast) -> None:
    no, open_one = declined(cast), send(cast)
    at = {"reference": no.reference, "version": no.version, "words": "She is back."}
    with standing_at(now() + timedelta(days=29)), pytest.raises(Refused, match="28 days"):
        reopen(by=cast.reader("alice"), **at)
    with pytest.raises(Refused):
        reopen(
            by=cast.reader("alice"),
            reference=open_one.reference,
            version=open_one.version,
            words="?",
        )


def test_a_second_team_hands_it_back_with_words(cast: Cast) -> None:
    held = claimed(cast)
    handed = redirect(
        by=cast.reader("sam"),
        reference=held.reference,
        to_service=cast.services["hub"],
        reason="In hospital",
        version=held.version,
    )
    at = {"reference": handed.reference, "version": handed.version}
    with pytest.raises(Refused, match="not being redirected to your team"):
        hand_back(by=cast.reader("sam"), words="?", **at)
    with pytest.raises(Refused, match="why your team does not"):
        hand_back(by=cast.reader("hugo"), words=" ", **at)
    back = hand_back(by=cast.reader("hugo"), words="She left on Monday.", **at)
    assert (back.receiving_team, back.held_by) == (cast.teams["front_door"], cast.sam)
    assert back.due_at == held.due_at
    assert told("referral.handed-back") == {cast.sam.pk, cast.alice.pk, cast.ada.pk}
    with pytest.raises(Http404):
        open_referral(by=cast.reader("hugo"), reference=back.reference)
    # The first team can decide now, or try another service.
    assert declined_now(cast, back).status == Status.DECLINED


def declined_now(cast: Cast, held: Referral) -> Referral:
    return decline(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        reason="other",
        words="Nobody else does this either.",
    )


def test_no_reason_to_decline_is_about_residence() -> None:
    words = " ".join([*DECLINE_WORDS, *DECLINE_WORDS.values()]).lower()
    for forbidden in ("resid", "lives", "area", "address", "council"):
        assert forbidden not in words


def test_both_sides_are_reminded_once_when_the_day_has_passed(cast: Cast) -> None:
    held, other_one = claimed(cast), claimed(cast)
    for each in (held, other_one):
        ask(
            by=cast.reader("sam"),
            reference=each.reference,
            body="New?",
            until=today(),
            with_person="Husband",
            version=each.version,
        )
    remind_of_late_answers()
    assert not told("referral.answer-late")
    answer(by=cast.reader("ada"), reference=other_one.reference, body="Yes")
    with standing_at(now() + timedelta(days=1)):
        remind_of_late_answers()
        remind_of_late_answers()
    assert told("referral.answer-late") == {cast.sam.pk, cast.alice.pk, cast.ada.pk}
    rows = Notification.objects.filter(kind="referral.answer-late", channel="app")
    assert rows.count() == 3
    assert Pause.objects.get(reminded_at__isnull=False).referral_id == held.pk

"""Undone within ten minutes: what comes back, who hears of it, and what bars it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.http import Http404

from portal.core.clock import now, standing_at, today
from portal.core.refused import Refused, Stale
from portal.notifications.models import Notification
from portal.notifications.states import Channel, State
from referrals.actions.ask import answer, ask
from referrals.actions.changing import RESTORED
from referrals.actions.claim import claim, release, take_over
from referrals.actions.decide import accept, decline
from referrals.actions.end import close, withdraw
from referrals.actions.look import open_referral
from referrals.actions.meetings import record
from referrals.actions.redirect import redirect
from referrals.actions.undo import undo
from referrals.actions.write import write
from referrals.detail import detail
from referrals.models import MeetingEntry, Party, Referral, StatusChange
from referrals.states import Audience, Event, Status
from tests.cast import Cast
from tests.conftest import send

Verb = MeetingEntry.Verb


def claimed(cast: Cast) -> Referral:
    """A referral that Sam holds."""
    return claim(by=cast.reader("sam"), reference=send(cast).reference)


def do(cast: Cast, event: Event, held: Referral) -> Referral:
    """One event upon a referral that Sam holds, by Sam or for the sender by Alice."""
    at = {"reference": held.reference, "version": held.version}
    sam, alice = cast.reader("sam"), cast.reader("alice")
    acts: dict[Event, Callable[[], Referral]] = {
        Event.RELEASE: lambda: release(by=sam, **at),
        Event.ASK: lambda: ask(by=sam, body="New?", until=today(), with_person="Husband", **at),
        Event.ACCEPT: lambda: accept(by=sam, worker_id=cast.tess.pk, **at),
        Event.DECLINE: lambda: decline(by=sam, reason="advice-given", words="Lunch club.", **at),
        Event.REDIRECT: lambda: redirect(
            by=sam, to_service=cast.services["hub"], reason="In hospital now", **at
        ),
        Event.WITHDRAW: lambda: withdraw(by=alice, reason="own-arrangements", **at),
        Event.TAKE_OVER: lambda: take_over(by=cast.reader("tess"), **at),
    }
    return acts[event]()


def doer(event: Event) -> str:
    """Who of the cast did it."""
    return {Event.WITHDRAW: "alice", Event.TAKE_OVER: "tess"}.get(event, "sam")


def kept(reference: str) -> dict[str, object]:
    """Status and all that undoing puts back."""
    return Referral.objects.values("status", *RESTORED).get(reference=reference)


@contextmanager
def later(minutes: float) -> Iterator[None]:
    """As if so much time had passed."""
    with standing_at(now() + timedelta(minutes=minutes)):
        yield


EVENTS = [
    Event.RELEASE,
    Event.ASK,
    Event.ACCEPT,
    Event.DECLINE,
    Event.REDIRECT,
    Event.WITHDRAW,
    Event.TAKE_OVER,
]


@pytest.mark.parametrize("event", EVENTS)
def test_everything_is_as_it_was_and_both_are_written_down(cast: Cast, event: Event) -> None:
    held = claimed(cast)
    before = kept(held.reference)
    done = do(cast, event, held)
    assert kept(held.reference) != before or event == Event.REDIRECT
    undone = undo(by=cast.reader(doer(event)), reference=done.reference, version=done.version)
    assert kept(held.reference) == before
    assert undone.version == done.version + 1
    assert not undone.redirects.waiting().exists()
    assert not undone.pauses.filter(ended_at__isnull=True).exists()
    last = StatusChange.objects.order_by("pk").last()
    assert (last.event, last.undoes.event) == (Event.UNDO, event)
    # Nothing stands in the way of doing the right thing now.
    assert do(cast, Event.DECLINE, undone).status == Status.DECLINED


def test_a_claim_is_undone_and_a_colleague_can_claim_it(cast: Cast) -> None:
    held = claimed(cast)
    back = undo(by=cast.reader("sam"), reference=held.reference, version=held.version)
    assert (back.status, back.held_by) == (Status.SENT, None)
    assert claim(by=cast.reader("tess"), reference=held.reference).held_by == cast.tess


def test_what_was_closed_by_mistake_is_accepted_again(cast: Cast) -> None:
    done = do(cast, Event.ACCEPT, claimed(cast))
    closed = close(
        by=cast.reader("tess"), reference=done.reference, version=done.version, reason="died"
    )
    back = undo(by=cast.reader("tess"), reference=done.reference, version=closed.version)
    assert (back.status, back.held_by) == (Status.ACCEPTED, cast.tess)


def test_the_second_team_gives_up_what_it_acknowledged_by_mistake(cast: Cast) -> None:
    handed = do(cast, Event.REDIRECT, claimed(cast))
    before = kept(handed.reference)
    taken = claim(by=cast.reader("hugo"), reference=handed.reference)
    undo(by=cast.reader("hugo"), reference=taken.reference, version=taken.version)
    assert kept(handed.reference) == before
    assert handed.redirects.waiting().get().to_team == cast.teams["hub"]
    assert claim(by=cast.reader("hugo"), reference=handed.reference).held_by == cast.hugo


def test_a_redirect_that_ended_with_the_decision_waits_again(cast: Cast) -> None:
    handed = do(cast, Event.REDIRECT, claimed(cast))
    gone = do(cast, Event.WITHDRAW, handed)
    with pytest.raises(Http404):
        open_referral(by=cast.reader("hugo"), reference=gone.reference)
    undo(by=cast.reader("alice"), reference=gone.reference, version=gone.version)
    open_referral(by=cast.reader("hugo"), reference=gone.reference)
    assert claim(by=cast.reader("hugo"), reference=gone.reference).held_by == cast.hugo


def test_a_redirect_undone_is_no_longer_the_second_teams_to_read(cast: Cast) -> None:
    handed = do(cast, Event.REDIRECT, claimed(cast))
    undo(by=cast.reader("sam"), reference=handed.reference, version=handed.version)
    assert not Party.objects.filter(team=cast.teams["hub"]).exists()


def test_after_the_question_of_a_decision_undone_the_clock_stands_again(cast: Cast) -> None:
    asked = do(cast, Event.ASK, claimed(cast))
    before = kept(asked.reference)
    done = do(cast, Event.DECLINE, asked)
    undo(by=cast.reader("sam"), reference=done.reference, version=done.version)
    assert kept(asked.reference) == before
    assert answer(by=cast.reader("ada"), reference=asked.reference, body="Yes").due_at


def test_a_colleague_cannot_undo_it_and_after_ten_minutes_nobody(cast: Cast) -> None:
    done = do(cast, Event.DECLINE, claimed(cast))
    at = {"reference": done.reference, "version": done.version}
    with pytest.raises(Refused, match=r"Sam Sharp has done more since: it was declined\."):
        undo(by=cast.reader("tess"), **at)
    with later(10.1), pytest.raises(Refused, match="10 minutes only"):
        undo(by=cast.reader("sam"), **at)
    with later(9.9):
        assert undo(by=cast.reader("sam"), **at).status == Status.ACKNOWLEDGED


def test_a_message_of_the_other_side_is_built_on_it_and_a_private_note_is_not(cast: Cast) -> None:
    done = do(cast, Event.DECLINE, claimed(cast))
    alice, at = cast.reader("alice"), {"reference": done.reference, "version": done.version}
    write(by=alice, reference=done.reference, body="Hm.", audience=Audience.OWN_TEAM)
    write(by=cast.reader("sam"), reference=done.reference, body="Sorry, a mistake.")
    assert undo(by=cast.reader("sam"), **at).status == Status.ACKNOWLEDGED
    again = do(cast, Event.DECLINE, Referral.objects.get())
    write(by=alice, reference=done.reference, body="Why?")
    with pytest.raises(Refused, match="Dr Alice Abbot has written since"):
        undo(by=cast.reader("sam"), reference=again.reference, version=again.version)


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (Verb.ARRANGED, "Dr Alice Abbot has arranged a meeting about it since"),
        (Verb.DECIDED, "Dr Alice Abbot has added to it from a meeting since"),
        (Verb.ACTION, "Dr Alice Abbot has added to it from a meeting since"),
    ],
)
def test_what_a_meeting_of_somebody_else_left_is_built_on_it(
    cast: Cast, verb: Verb, words: str
) -> None:
    left(cast, "alice", verb, claimed(cast))
    done = do(cast, Event.DECLINE, Referral.objects.get())
    assert offered_to_undo(cast, done)
    left(cast, "sam", verb, done)
    assert offered_to_undo(cast, done)
    left(cast, "alice", verb, done)
    assert not offered_to_undo(cast, done)
    with pytest.raises(Refused, match=f"{words}, so it can no longer be undone"):
        undo(by=cast.reader("sam"), reference=done.reference, version=done.version)


def left(cast: Cast, name: str, verb: Verb, referral: Referral) -> None:
    """A meeting of theirs leaves something on it."""
    record(
        referral=referral,
        verb=verb,
        meeting="MT-2222-3333",
        path="/meetings/MT-2222-3333/",
        by=cast.reader(name),
        team=cast.teams["park" if name == "alice" else "front_door"],
        at=now(),
        text="Try the step-down bed first",
    )


def offered_to_undo(cast: Cast, referral: Referral) -> bool:
    """Whether the page offers Sam to undo his last event."""
    return detail(referral, cast.teams["front_door"]).undoable(cast.sam.pk) is not None


def test_an_answer_is_built_on_the_question(cast: Cast) -> None:
    asked = do(cast, Event.ASK, claimed(cast))
    answered = answer(by=cast.reader("ada"), reference=asked.reference, body="Yes")
    with pytest.raises(Stale):
        undo(by=cast.reader("sam"), reference=asked.reference, version=asked.version)
    with pytest.raises(Refused, match="Ada Archer has done more since: it was answered"):
        undo(by=cast.reader("sam"), reference=asked.reference, version=answered.version)


def test_having_been_read_bars_nothing_and_is_said(cast: Cast) -> None:
    done = do(cast, Event.DECLINE, claimed(cast))
    open_referral(by=cast.reader("alice"), reference=done.reference)
    undo(by=cast.reader("sam"), reference=done.reference, version=done.version)
    note = StatusChange.objects.get(event=Event.UNDO).note
    assert note == "It was declined. Seen meanwhile by Dr Alice Abbot"


def test_a_mail_that_has_not_gone_is_not_sent_and_one_that_has_is_followed(cast: Cast) -> None:
    done = do(cast, Event.DECLINE, claimed(cast))
    mails = Notification.objects.filter(kind="referral.declined", channel=Channel.EMAIL)
    assert mails.count() == 2
    mails.filter(recipient=cast.ada).update(state=State.SENT, sent_at=now())
    undo(by=cast.reader("sam"), reference=done.reference, version=done.version)
    states = dict(mails.values_list("recipient", "state"))
    assert states == {cast.ada.pk: State.SENT, cast.alice.pk: State.NOT_NEEDED}
    follow = Notification.objects.filter(kind="referral.undone")
    assert set(follow.values_list("recipient", "channel")) == {
        (cast.alice.pk, Channel.APP),
        (cast.ada.pk, Channel.APP),
        (cast.ada.pk, Channel.EMAIL),
    }


def test_undone_twice_with_one_key_is_undone_once(cast: Cast) -> None:
    done = do(cast, Event.DECLINE, claimed(cast))
    at = {"reference": done.reference, "version": done.version, "key": "undo-key-0001"}
    for _ in "12":
        undo(by=cast.reader("sam"), **at)
    assert StatusChange.objects.filter(event=Event.UNDO).count() == 1


def test_nothing_is_left_to_undo_in_what_was_only_sent(cast: Cast) -> None:
    sent = send(cast)
    with pytest.raises(Refused, match="nothing that can be undone"):
        undo(by=cast.reader("alice"), reference=sent.reference, version=sent.version)

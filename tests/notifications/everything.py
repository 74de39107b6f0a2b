"""Everything that can happen to a referral and tells somebody, one after the other."""

import re
from datetime import timedelta
from pathlib import Path

import referrals.actions
from portal.accounts.actions.leaving import leave
from portal.accounts.models import Membership
from portal.core.clock import now, standing_at, today
from portal.notifications.kinds import KINDS
from portal.notifications.models import Notification
from referrals.actions.ask import answer, ask
from referrals.actions.claim import claim, take_over
from referrals.actions.decide import accept, decline
from referrals.actions.end import close, withdraw
from referrals.actions.hand_back import hand_back
from referrals.actions.outside import hand_over_outside
from referrals.actions.redirect import redirect
from referrals.actions.remind import remind_of_late_answers
from referrals.actions.reopen import reopen
from referrals.actions.succeed import move_with_their_councils
from referrals.actions.undo import undo
from referrals.actions.write import write
from referrals.models import Referral
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.surrey import BEFORE, DAY, EAST, ELSEWHERE, sent_from, surrey_hands_over

_SOURCE = Path(referrals.actions.__file__).parent
# What the actions tell of, read from their own text, so that a new event cannot be forgotten here;
# a decision is named by its kind.
EVENTS = {
    name.rstrip(".")
    for path in _SOURCE.glob("*.py")
    for name in re.findall(r'f"(referral\.[a-z.-]+)[:{]', path.read_text(encoding="utf-8"))
} | {"referral.accepted", "referral.declined"}
KINDS_OF_REFERRALS = {kind for kind in KINDS if kind.startswith("referral.")}


def everything_happens(cast: Cast) -> None:
    """Sent, held, asked about, handed on, decided, undone, ended, left and moved."""
    _asked(cast)
    _decided_while_asked(cast)
    _redirected(cast)
    _handed_outside(cast)
    _ended(cast)
    _left(cast)
    _moved(cast)


def teams_of_everybody() -> list[tuple[int, int]]:
    """Users with the teams that they are or were in."""
    rows = Membership.objects.filter(team__isnull=False)
    return [(user, team or 0) for user, team in rows.values_list("user_id", "team_id")]


def _mails_go_out() -> None:
    """Only of what has gone out is it told by mail that it was undone."""
    Notification.objects.filter(channel="email").update(state="sent", sent_at=now())


def _held(cast: Cast) -> Referral:
    return claim(by=cast.reader("sam"), reference=send(cast).reference)


def _ask(cast: Cast, held: Referral, by: str = "sam") -> Referral:
    return ask(
        by=cast.reader(by),
        reference=held.reference,
        body="New?",
        until=today(),
        with_person="Husband",
        version=held.version,
    )


def _accept(cast: Cast, held: Referral, by: str, worker: str) -> Referral:
    return accept(
        by=cast.reader(by),
        reference=held.reference,
        version=held.version,
        worker_id=cast.users[worker].pk,
    )


def _asked(cast: Cast) -> None:
    held, reference = _held(cast), send(cast).reference
    write(by=cast.reader("alice"), reference=held.reference, body="She fell again.")
    held = take_over(by=cast.reader("tess"), reference=held.reference, version=held.version)
    _ask(cast, held, by="tess")
    with standing_at(now() + timedelta(days=1)):
        remind_of_late_answers()
    answer(by=cast.reader("ada"), reference=held.reference, body="Yes.")
    write(by=cast.reader("sam"), reference=reference, body="Who has a key?")


def _decided_while_asked(cast: Cast) -> None:
    """And undone: the question waits again."""
    done = _accept(cast, _ask(cast, _held(cast)), "sam", "sam")
    _mails_go_out()
    undo(by=cast.reader("sam"), reference=done.reference, version=done.version)


def _redirected(cast: Cast) -> None:
    held = _to_the_hub(cast, _held(cast))
    hugo, sam = cast.reader("hugo"), cast.reader("sam")
    at = {"reference": held.reference, "version": held.version}
    held = _to_the_hub(cast, hand_back(by=hugo, words="She left on Monday.", **at))
    done = _accept(cast, held, "sam", "tess")
    _mails_go_out()
    undo(by=sam, reference=done.reference, version=done.version)
    taken = claim(by=hugo, reference=done.reference)
    _accept(cast, taken, "hugo", "hugo")


def _to_the_hub(cast: Cast, held: Referral) -> Referral:
    return redirect(
        by=cast.reader("sam"),
        reference=held.reference,
        to_service=cast.services["hub"],
        reason="In hospital",
        version=held.version,
    )


def _handed_outside(cast: Cast) -> None:
    held = _held(cast)
    silent = cast.services["hub"]
    silent.receiving_team = None
    silent.save(update_fields=["receiving_team"])
    hand_over_outside(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        to_service=silent,
        spoke_to="Duty desk",
        spoken_at=now() - timedelta(minutes=5),
    )


def _moved(cast: Cast) -> None:
    """With the council on the day on which it hands over; one of them has nowhere to go."""
    with standing_at(BEFORE):
        surrey_hands_over(cast)
        for postcode in (EAST, ELSEWHERE):
            sent_from(cast, postcode)
    with standing_at(DAY):
        move_with_their_councils()


def _ended(cast: Cast) -> None:
    alice, sam = cast.reader("alice"), cast.reader("sam")
    held = _held(cast)
    at = {"reference": held.reference, "version": held.version}
    no = decline(by=sam, reason="not-reached", words="She was not at home.", **at)
    again = {"words": "She is back.", "version": no.version}
    reopen(by=cast.reader("tess"), reference=no.reference, **again)
    held = _held(cast)
    withdraw(by=alice, reference=held.reference, version=held.version, reason="own-arrangements")
    done = _accept(cast, _held(cast), "sam", "sam")
    closed = close(by=sam, reference=done.reference, version=done.version)
    reopen(by=alice, reference=done.reference, version=closed.version, words="She fell again.")


def _left(cast: Cast) -> None:
    """Sam holds one that is asked about, one that is accepted, and one that waits."""
    _ask(cast, _held(cast))
    _accept(cast, _held(cast), "sam", "sam")
    _held(cast)
    leave(by=cast.olga, user=cast.sam)

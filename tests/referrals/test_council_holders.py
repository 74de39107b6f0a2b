"""Who holds a referral as its council hands over, and what of it is open."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from contacts.models import Service
from portal.accounts.models import Team
from portal.core.clock import now
from portal.core.refused import Refused
from portal.notifications.models import Notification
from referrals.actions.ask import answer, ask
from referrals.actions.claim import claim
from referrals.actions.decide import accept, decline
from referrals.actions.look import open_referral
from referrals.actions.succeed import move_with_their_councils
from referrals.actions.undo import undo
from referrals.detail import detail
from referrals.models import Referral, StatusChange
from referrals.oversight import oversight
from referrals.presenters.rows import board_rows
from referrals.queries import board
from referrals.states import DeclineReason, Event, Status
from tests.cast import Cast
from tests.referrals.surrey import (
    DAY,
    EAST,
    WEST,
    joins,
    nobody_works,
    sent_from,
    told_of,
)

As = Callable[[str], Client]


def test_whose_holder_stays_behind_waits_in_the_new_inbox(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    held = claim(by=cast.reader("sam"), reference=sent_from(cast, EAST).reference)
    clock.move_to(DAY)
    move_with_their_councils()
    after = Referral.objects.get()
    assert (after.status, after.held_by, after.held_since) == (Status.SENT, None, None)
    assert (after.due_at, after.status_since) == (held.due_at, DAY)
    row = StatusChange.objects.get(event=Event.SUCCEED)
    assert (row.from_status, row.to_status) == (Status.ACKNOWLEDGED, Status.SENT)
    assert row.before["held_by_id"] == cast.sam.pk
    assert row.note == (
        "Contact centre, East Surrey Council: Surrey County Council handed over on 1 April 2027."
        " Sam Sharp held it until then"
    )
    # The holder alone is told on the old side, as of everything else about it.
    assert set(told_of("referral.moved")) == {cast.sam.pk, cast.east.pk, cast.alice.pk, cast.ada.pk}


def test_whoever_goes_along_holds_it_still(cast: Cast, clock: time_machine.Traveller) -> None:
    held = claim(by=cast.reader("sam"), reference=sent_from(cast, EAST).reference)
    joins(cast, "sam", "east")
    clock.move_to(DAY)
    move_with_their_councils()
    after = Referral.objects.get()
    assert (after.status, after.held_by) == (Status.ACKNOWLEDGED, cast.sam)
    assert after.held_since == held.held_since
    assert told_of("referral.moved")[cast.sam.pk].startswith("You hold it still")
    accept(
        by=cast.reader("sam"),
        reference=after.reference,
        version=after.version,
        worker_id=cast.sam.pk,
    )


def asked(cast: Cast, postcode: str) -> Referral:
    held = claim(by=cast.reader("sam"), reference=sent_from(cast, postcode).reference)
    return ask(
        by=cast.reader("sam"),
        reference=held.reference,
        version=held.version,
        body="Does she have stairs?",
        until=date(2027, 4, 9),
        with_person="Husband",
    )


def test_an_open_question_stays_open_and_the_lead_of_the_new_team_holds_it(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    before = asked(cast, WEST)
    clock.move_to(DAY)
    move_with_their_councils()
    after = Referral.objects.get()
    assert (after.status, after.held_by) == (Status.ASKED, cast.west)
    assert (after.due_at, after.remaining_seconds) == (None, before.remaining_seconds)
    assert after.pauses.get().ended_at is None
    answer(by=cast.reader("alice"), reference=after.reference, body="No.", version=after.version)
    after.refresh_from_db()
    assert (after.status, after.held_by) == (Status.ACKNOWLEDGED, cast.west)
    assert after.due_at is not None


def test_an_open_question_waits_until_somebody_works_there(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    asked(cast, WEST)
    nobody_works(cast, "west")
    clock.move_to(DAY)
    move_with_their_councils()
    assert Referral.objects.get().held_by == cast.sam
    assert "Nobody works in West Surrey Council front door yet" in told_of(
        "referral.left-behind"
    ).get(cast.mina.pk, "")
    (left,) = oversight(cast.reader("mina"), now()).left
    assert left.why == ""
    joins(cast, "sam", "west")
    move_with_their_councils()
    assert Referral.objects.get().receiving_team == cast.teams["west"]
    assert oversight(cast.reader("mina"), now()).left == []


@pytest.mark.parametrize("status", [Status.SENT, Status.ACKNOWLEDGED, Status.ACCEPTED])
def test_it_stays_while_nobody_works_in_the_new_team(
    cast: Cast, clock: time_machine.Traveller, as_: As, status: Status
) -> None:
    sam = cast.reader("sam")
    referral = sent_from(cast, EAST)
    if status != Status.SENT:
        referral = claim(by=sam, reference=referral.reference)
    if status == Status.ACCEPTED:
        which = {"reference": referral.reference, "version": referral.version}
        referral = accept(by=sam, worker_id=cast.sam.pk, **which)
    nobody_works(cast, "east")
    clock.move_to(DAY)
    move_with_their_councils()
    after = Referral.objects.get()
    assert (after.status, after.receiving_team) == (status, cast.teams["front_door"])
    assert (after.held_by, after.version) == (referral.held_by, referral.version)
    why = "Help it on. Nobody works in East Surrey Council front door yet."
    assert told_of("referral.left-behind") == dict.fromkeys((cast.tess.pk, cast.mina.pk), why)
    html = as_("mina").get("/referrals/team/").content.decode()
    assert "It moves by itself, minutes after somebody works in the team" in html
    joins(cast, "sam", "east")
    move_with_their_councils()
    after.refresh_from_db()
    assert (after.status, after.receiving_team) == (status, cast.teams["east"])


def test_the_sender_reads_that_it_was_opened_only_when_the_new_team_has(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    reference = sent_from(cast, EAST).reference

    def held_by() -> str:
        found = board(cast.reader("alice"), now())
        (row,) = board_rows([*found.for_them, *found.overdue], now())
        return row.held_by

    open_referral(by=cast.reader("sam"), reference=reference)
    assert held_by() == "Opened, nobody holds it"
    clock.move_to(DAY)
    move_with_their_councils()
    assert held_by() == "Not opened yet"
    open_referral(by=cast.reader("sam"), reference=reference)
    assert held_by() == "Not opened yet"
    open_referral(by=cast.reader("east"), reference=reference)
    assert held_by() == "Opened, nobody holds it"


def test_it_was_opened_where_who_opened_it_has_come_along(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    open_referral(by=cast.reader("sam"), reference=sent_from(cast, EAST).reference)
    joins(cast, "sam", "east")
    clock.move_to(DAY)
    move_with_their_councils()
    found = board(cast.reader("alice"), now())
    (row,) = board_rows([*found.for_them, *found.overdue], now())
    assert row.held_by == "Opened, nobody holds it"


def test_what_was_accepted_stays_accepted_and_ended_ones_stay(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    by = cast.reader("sam")
    one, other = (claim(by=by, reference=sent_from(cast, EAST).reference) for _ in range(2))
    accept(by=by, reference=one.reference, version=one.version, worker_id=cast.sam.pk)
    decline(
        by=by,
        reference=other.reference,
        version=other.version,
        reason=DeclineReason.OTHER,
        words="Done.",
    )
    clock.move_to(DAY)
    move_with_their_councils()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.status, one.held_by, one.receiving_team) == (
        Status.ACCEPTED,
        None,
        cast.teams["east"],
    )
    assert (other.status, other.receiving_team) == (Status.DECLINED, cast.teams["front_door"])


def test_the_same_team_reads_for_the_new_council(cast: Cast, clock: time_machine.Traveller) -> None:
    """A team's row keeps its organisation: people who carry on just carry on."""
    held = claim(by=cast.reader("sam"), reference=sent_from(cast, EAST).reference)
    Service.objects.filter(pk=cast.services["east"].pk).update(
        receiving_team=cast.teams["front_door"]
    )
    clock.move_to(DAY)
    move_with_their_councils()
    after = Referral.objects.get()
    assert (after.service, after.receiving_team) == (
        cast.services["east"],
        cast.teams["front_door"],
    )
    assert (after.status, after.held_by, after.held_since) == (
        Status.ACKNOWLEDGED,
        cast.sam,
        held.held_since,
    )
    assert set(told_of("referral.moved")) == {cast.sam.pk, cast.alice.pk, cast.ada.pk}


def test_a_mailbox_that_goes_along_is_told_once(cast: Cast, clock: time_machine.Traveller) -> None:
    """Not that it has it now, and in another mail that it has it no longer."""
    for name in ("front_door", "east"):
        Team.objects.filter(pk=cast.teams[name].pk).update(mailbox="care@surrey.example")
    sent_from(cast, EAST)
    clock.move_to(DAY)
    move_with_their_councils()
    (mail,) = Notification.objects.filter(kind="referral.moved", address="care@surrey.example")
    assert mail.facts["wanted"].startswith("Claim it")


def test_what_was_done_just_before_can_no_longer_be_undone(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    clock.move_to(DAY - timedelta(minutes=3))
    held = claim(by=cast.reader("sam"), reference=sent_from(cast, EAST).reference)
    joins(cast, "sam", "east")
    clock.move_to(DAY)
    move_with_their_councils()
    after = Referral.objects.get()
    with pytest.raises(Refused, match=r"The portal has done more since: it was moved to the new"):
        undo(by=cast.reader("sam"), reference=held.reference, version=after.version)
    assert detail(after, cast.teams["east"]).undoable(cast.sam.pk) is None

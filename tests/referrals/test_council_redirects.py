"""A council hands over while a redirect waits: away from it, to it, or to the one that comes."""

import pytest
import time_machine

from contacts.models import Service
from portal.accounts.models import Membership
from portal.accounts.roles import Role
from portal.core.clock import now
from portal.core.refused import NotYours
from portal.notifications.models import Notification
from referrals.actions.claim import claim
from referrals.actions.redirect import redirect
from referrals.actions.succeed import move_with_their_councils
from referrals.models import Referral, StatusChange
from referrals.oversight import oversight
from referrals.states import Event, Status
from tests.cast import Cast
from tests.conftest import send
from tests.referrals.surrey import DAY, EAST, WEST, home, nobody_works, told_of


def redirected(cast: Cast, by: str, onto: str, **sent: object) -> Referral:
    held = claim(by=cast.reader(by), reference=send(cast, **sent).reference)
    return redirect(
        by=cast.reader(by),
        reference=held.reference,
        to_service=cast.services[onto],
        reason="She lives there",
        version=held.version,
    )


def test_a_redirect_to_the_new_council_ends_as_it_comes_there_by_itself(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    redirected(cast, "sam", "east", person=home(EAST))
    clock.move_to(DAY)
    move_with_their_councils()
    after = Referral.objects.get()
    assert (after.status, after.receiving_team) == (Status.SENT, cast.teams["east"])
    assert not after.redirects.waiting().exists()
    assert claim(by=cast.reader("east"), reference=after.reference).held_by == cast.east


def test_a_redirect_elsewhere_waits_on(cast: Cast, clock: time_machine.Traveller) -> None:
    redirected(cast, "sam", "other_front_door", person=home(EAST))
    clock.move_to(DAY)
    move_with_their_councils()
    after = Referral.objects.get()
    assert after.receiving_team == cast.teams["east"]
    assert after.redirects.waiting().get().to_service == cast.services["other_front_door"]
    assert claim(by=cast.reader("oscar"), reference=after.reference).held_by == cast.oscar


def test_a_redirect_to_the_old_council_waits_for_the_new_one(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    before = redirected(cast, "oscar", "front_door", to="other_front_door", person=home(WEST))
    clock.move_to(DAY)
    for _ in "12":
        move_with_their_councils()
    after = Referral.objects.get()
    assert (after.receiving_team, after.held_by) == (cast.teams["other_front_door"], cast.oscar)
    assert after.version == before.version + 1
    waiting = after.redirects.waiting().get()
    assert (waiting.to_service, waiting.by) == (cast.services["west"], cast.oscar)
    assert waiting.reason == "She lives there"
    with pytest.raises(NotYours):
        claim(by=cast.reader("sam"), reference=after.reference)
    taken = claim(by=cast.reader("west"), reference=after.reference)
    assert (taken.service, taken.held_by) == (cast.services["west"], cast.west)
    told = told_of("referral.moved")
    both = {cast.west.pk, cast.oscar.pk, cast.alice.pk, cast.ada.pk}
    # Whoever it has waited for as well.
    assert set(told) == both | {cast.sam.pk, cast.tess.pk, cast.mina.pk}
    assert told[cast.sam.pk].endswith("it waits for you no longer")
    rows = Notification.objects.filter(kind="referral.moved")
    assert "Margaret" not in " ".join(str(row.facts) for row in rows)


def test_a_redirect_waits_for_the_old_council_while_nobody_works_in_the_new_team(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    redirected(cast, "oscar", "front_door", to="other_front_door", person=home(WEST))
    Membership.objects.filter(user=cast.oscar).update(role=Role.MANAGER)
    nobody_works(cast, "west")
    clock.move_to(DAY)
    move_with_their_councils()
    waiting = Referral.objects.get().redirects.waiting().get()
    assert waiting.to_service == cast.services["front_door"]
    why = "Help it on. Nobody works in West Surrey Council front door yet."
    assert told_of("referral.left-behind") == {cast.oscar.pk: why}
    assert claim(by=cast.reader("sam"), reference=waiting.referral.reference).held_by == cast.sam


def test_a_redirect_to_whom_the_first_team_reads_for_ends_and_all_are_told(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    redirected(cast, "oscar", "front_door", to="other_front_door", person=home(WEST))
    ours = cast.teams["other_front_door"]
    Service.objects.filter(pk=cast.services["west"].pk).update(receiving_team=ours)
    clock.move_to(DAY)
    for _ in "12":
        move_with_their_councils()
    after = Referral.objects.get()
    assert (after.receiving_team, after.held_by) == (ours, cast.oscar)
    assert not after.redirects.waiting().exists()
    told = told_of("referral.moved")
    assert told[cast.oscar.pk].startswith("Decide: it is yours still")
    stays = "Nothing now: it stays with the first team, which reads for the new council"
    assert told[cast.alice.pk] == told[cast.ada.pk] == stays
    assert told[cast.sam.pk].endswith("it waits for you no longer")
    note = StatusChange.objects.get(event=Event.SUCCEED).note
    assert note.endswith("1 April 2027. Manchester front door has it already")


def test_a_redirect_that_cannot_be_led_on_is_shown_to_the_first_team(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    Membership.objects.filter(user=cast.oscar).update(role=Role.MANAGER)
    redirected(cast, "oscar", "front_door", to="other_front_door")
    clock.move_to(DAY)
    move_with_their_councils()
    assert set(told_of("referral.left-behind")) == {cast.oscar.pk}
    (left,) = oversight(cast.reader("oscar"), now()).left
    assert left.council == "Surrey County Council"
